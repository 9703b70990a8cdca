import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import browserslistToEsbuild from 'browserslist-to-esbuild';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Three builds of one source:
 * - default → `dist/`: ES modules, `aixin.js` and chunks that a browser loads as pages are opened. The API serves this folder.
 * - `--mode standalone` → `dist/standalone/aixin.js`: everything in one file, for hosts that can only place one script.
 * - `--mode verify` → `dist/verify.html`: the check of a proof as one file that works from a stick, without a network.
 */
export default defineConfig(({ mode }) => {
  const standalone = mode === 'standalone';
  const verify = mode === 'verify';
  return {
    define: { 'process.env.NODE_ENV': '"production"' },
    // Its source, so that the widgets are built and tested without another build before.
    resolve: { alias: { '@aixin/proof': here('../proof/src/verify-proof.ts') } },
    plugins: verify ? [oneFile()] : [],
    build: {
      // The floor stands in package.json, as `browserslist`.
      target: browserslistToEsbuild(),
      outDir: standalone ? 'dist/standalone' : 'dist',
      emptyOutDir: mode === 'production',
      sourcemap: !verify,
      reportCompressedSize: false,
      modulePreload: false,
      lib: verify
        ? { entry: { verify: 'src/verify/page.ts' }, formats: ['iife'], name: 'aixinVerify' }
        : { entry: { aixin: 'src/index.ts' }, formats: ['es'] },
      rolldownOptions: {
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          codeSplitting: !standalone && !verify,
          minify: true,
        },
      },
    },
  };
});

const PAGE_STYLE = 'html{color-scheme:light dark}body{margin:0}aixin-verify{min-height:100vh}';

/** Puts the program into its page. The page's own policy lets it run that program and ask nobody but its own origin. */
function oneFile(): Plugin {
  return {
    name: 'one-file',
    generateBundle(_options, bundle) {
      const chunk = bundle['verify.js'];
      if (chunk?.type !== 'chunk') throw new Error('the page has no program');
      // A script ends at the first of these, wherever it stands; the backslash changes nothing within a text.
      const script = chunk.code.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
      const policy = [
        "default-src 'none'",
        `script-src '${sourceHash(script)}'`,
        `style-src '${sourceHash(PAGE_STYLE)}'`,
        "connect-src 'self'",
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; ');
      const page = readFileSync(here('src/verify/verify-page.html'), 'utf8')
        .replace('%POLICY%', () => policy)
        .replace('<!--style-->', () => `<style>${PAGE_STYLE}</style>`)
        .replace('<!--script-->', () => `<script>${script}</script>`);
      delete bundle['verify.js'];
      this.emitFile({ type: 'asset', fileName: 'verify.html', source: page });
    },
  };
}

function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
