// `npm test [path …] [jest's options]`: every test of the workspace, or those asked for. The very last line is
// `N passed, N failed`, where a suite that could not run counts as failed.
import { runTests } from './run-tests.js';

const { passed, failed, ok } = await runTests(process.argv.slice(2));
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = ok ? 0 : 1;
