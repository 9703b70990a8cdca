// `npm run mutate`: changes the engine in one place after another and asks whether a test notices. Kept out of
// `npm test`, since it runs the tests some hundred times.
import { fileURLToPath } from 'node:url';

export default {
  mutate: ['src/**/*.ts', '!src/**/*.test.ts', '!src/testing/**', '!src/index.ts', '!src/default-policy.ts'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: {
    projectType: 'custom',
    // One test file that imports the others (see there why), so there is nothing to find by relation.
    enableFindRelatedTests: false,
    // Written out here because the sandbox holds this package only, not the workspace's jest configuration.
    config: {
      // Named by its path: the runner would look for the short name from the sandbox.
      testEnvironment: fileURLToPath(import.meta.resolve('jest-environment-node')),
      testMatch: ['<rootDir>/all-tests.mjs'],
      moduleFileExtensions: ['js', 'mjs', 'ts', 'json', 'node'],
      extensionsToTreatAsEsm: ['.ts'],
      transform: {
        '^.+\\.ts$': [
          '@swc/jest',
          {
            jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
            module: { type: 'es6' },
            sourceMaps: 'inline',
          },
        ],
      },
      moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
    },
  },
  plugins: ['@stryker-mutator/jest-runner'],
  coverageAnalysis: 'perTest',
  concurrency: 1,
  timeoutMS: 10_000,
  reporters: ['clear-text', 'progress', 'html', 'json'],
  htmlReporter: { fileName: 'reports/mutation.html' },
  jsonReporter: { fileName: 'reports/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false },
  thresholds: { high: 95, low: 90, break: 85 },
};
