import { defineConfig } from 'vite';

/**
 * Two builds of one source:
 * - default → `dist/`: ES modules, `aixin.js` and chunks that a browser loads as pages are opened. The API serves this folder.
 * - `--mode standalone` → `dist/standalone/aixin.js`: everything in one file, for hosts that can only place one script.
 */
export default defineConfig(({ mode }) => {
  const standalone = mode === 'standalone';
  return {
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      outDir: standalone ? 'dist/standalone' : 'dist',
      emptyOutDir: !standalone,
      sourcemap: true,
      reportCompressedSize: false,
      modulePreload: false,
      lib: { entry: { aixin: 'src/index.ts' }, formats: ['es'] },
      rolldownOptions: {
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          codeSplitting: !standalone,
          minify: true,
        },
      },
    },
  };
});
