// One jest for the whole workspace: real ES modules, compiled by swc, no type check (that is `npm run check`'s work).
// Run it with `node --experimental-vm-modules node_modules/jest/bin/jest.js [path]`.
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

/** lit's decorators are the only syntax beyond plain TypeScript, and only the widgets use them. */
const swc = (decorators) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators },
      transform: { legacyDecorator: true, useDefineForClassFields: !decorators },
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

// The order matters: in a test, a workspace package is its source, so that no build is needed before a test runs.
const moduleNameMapper = {
  '^@aixin/points-engine$': `${root}packages/points-engine/src/index.ts`,
  '^@aixin/api$': `${root}packages/api/src/index.ts`,
  '^@aixin/api/internals$': `${root}packages/api/src/internals.ts`,
  '^@aixin/api/checks$': `${root}packages/api/checks/index.ts`,
  '^@aixin/proof$': `${root}packages/proof/src/verify-proof.ts`,
  '^@aixin/widgets$': `${root}packages/widgets/src/index.ts`,
  '^(\\.{1,2}/.*)\\.js$': '$1',
};

const project = (displayName, folder, more = {}) => ({
  displayName,
  rootDir: `${root}${folder}`,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/.stryker-tmp/'],
  modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  transform: { '^.+\\.ts$': swc(displayName === 'widgets') },
  moduleNameMapper,
  ...more,
});

// Jest runs a project's global setup only when one of its tests is among those asked for, and a file named twice only once.
const withMongo = {
  globalSetup: `${root}packages/api/test/global-setup.mjs`,
  globalTeardown: `${root}packages/api/test/global-teardown.mjs`,
};

export default {
  // Only a test that fails meets it: a slow and busy machine takes a minute where a quick one takes ten seconds.
  testTimeout: 600_000,
  // A worker keeps something of each file's modules: one that has grown is begun anew, before its collector of memory is the slowest part.
  workerIdleMemoryLimit: '1200MB',
  reporters: ['default', `${root}scripts/test-progress.mjs`],
  projects: [
    project('points-engine', 'packages/points-engine'),
    project('proof', 'packages/proof'),
    project('api', 'packages/api', withMongo),
    project('widgets', 'packages/widgets'),
    project('scripts', 'scripts', withMongo),
    project('examples', 'examples', withMongo),
  ],
};
