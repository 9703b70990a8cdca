// `npm run check`: everything that must hold before a change goes in. All steps run, so that one sight shows all faults;
// the very last line is the tests' `N passed, N failed`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './project-root.mjs';
import { runTests } from './run-tests.js';

interface Step {
  name: string;
  /** What is wrong, for a person to read; null where nothing is. */
  run: () => Promise<string | null>;
}

/** A tool that is not done after this long hangs: the longest takes five minutes on the slowest machine we know. */
const STEP_LIMIT_MS = 45 * 60_000;
const bin = (file: string): string => join(projectRoot(), 'node_modules', file);

const steps: Step[] = [
  { name: 'types', run: () => tool(bin('typescript/bin/tsc'), ['-p', 'tsconfig.check.json', '--pretty', 'false']) },
  {
    name: 'types of the widgets',
    run: () => tool(bin('typescript/bin/tsc'), ['-p', 'packages/widgets', '--noEmit', '--pretty', 'false']),
  },
  {
    name: 'types of the oldest browser',
    run: () =>
      tool(bin('typescript/bin/tsc'), ['-p', 'packages/widgets/tsconfig.floor.json', '--noEmit', '--pretty', 'false']),
  },
  { name: 'lint', run: () => tool(bin('eslint/bin/eslint.js'), ['.', '--max-warnings', '0']) },
  {
    name: 'boundaries',
    run: () =>
      tool(bin('dependency-cruiser/bin/dependency-cruise.mjs'), ['packages', 'scripts', 'examples', '--config']),
  },
  {
    name: 'style',
    run: () => tool(bin('jest/bin/jest.js'), ['scripts/style/style.test.ts'], ['--experimental-vm-modules']),
  },
  {
    name: 'schema drift',
    run: () => tool(join(projectRoot(), 'packages/api/dist/src/graphql/print-schema.js'), ['--check']),
  },
  { name: 'unused code', run: () => tool(bin('knip/bin/knip.js'), ['--no-config-hints']) },
  { name: 'format', run: () => tool(bin('prettier/bin/prettier.cjs'), ['--check', '--log-level', 'warn', '.']) },
];

const faulty: string[] = [];
for (const step of steps) {
  const startedMs = Date.now();
  const fault = await step.run();
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(`${fault === null ? 'ok    ' : 'FAULTY'}  ${step.name} (${seconds} s)\n`);
  if (fault === null) continue;
  faulty.push(step.name);
  process.stdout.write(`${fault.trimEnd()}\n\n`);
}
const staticOnly = process.argv.includes('--no-tests');
const tests = staticOnly ? null : await runTests(process.argv.slice(2));
if (tests && !tests.ok) faulty.push('tests');
process.stdout.write(faulty.length === 0 ? 'check: everything holds\n' : `check: faulty: ${faulty.join(', ')}\n`);
if (tests) process.stdout.write(`${tests.passed} passed, ${tests.failed} failed\n`);
process.exitCode = faulty.length === 0 ? 0 : 1;

function tool(file: string, args: string[], nodeOptions: string[] = []): Promise<string | null> {
  const child = spawn(process.execPath, [...nodeOptions, file, ...args], {
    cwd: projectRoot(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: STEP_LIMIT_MS,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
    child.once('close', (code) => {
      resolve(code === 0 ? null : said || `it ended with ${code}`);
    });
  });
}
