import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findChromium } from './chromium.mjs';
import { projectRoot } from './project-root.mjs';

/** Far more than the whole suite takes: only a run that hangs meets it. */
const RUN_LIMIT_MS = 30 * 60_000;

export interface TestOutcome {
  passed: number;
  failed: number;
  ok: boolean;
}

const jestReport = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numRuntimeErrorTestSuites: z.number().int(),
});

/** Runs jest over all projects; `args` (paths, options) go to jest as they are. */
export async function runTests(args: string[]): Promise<TestOutcome> {
  await prepareBrowser(args);
  const folder = mkdtempSync(join(tmpdir(), 'aixin-tests-'));
  const report = join(folder, 'report.json');
  try {
    const exitCode = await runJest([...args, '--json', `--outputFile=${report}`]);
    return outcomeOf(readReport(report), exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Exported for its test: what jest's own numbers and exit code amount to. */
export function outcomeOf(report: unknown, exitCode: number): TestOutcome {
  const parsed = jestReport.safeParse(report);
  // No report means that jest itself could not run: nothing has passed, and silence must not look like success.
  if (!parsed.success) return { passed: 0, failed: 1, ok: false };
  const failed = parsed.data.numFailedTests + parsed.data.numRuntimeErrorTestSuites;
  return { passed: parsed.data.numPassedTests, failed, ok: failed === 0 && exitCode === 0 };
}

/** Only tests that open a browser need one: whoever runs a single unit test waits for no download. */
async function prepareBrowser(args: string[]): Promise<void> {
  const list = spawnSync(process.execPath, [...jestCommand, ...args, '--listTests'], {
    cwd: projectRoot(),
    encoding: 'utf8',
  });
  const files = list.stdout.split('\n').filter((line) => line.endsWith('.test.ts'));
  if (!files.some((file) => /chromium|playwright/i.test(readFileSync(file, 'utf8')))) return;
  try {
    await findChromium();
  } catch (error) {
    // The tests that need it will fail one by one; all others still have something to say.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

const jestCommand = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join(projectRoot(), 'node_modules/jest/bin/jest.js'),
];

async function runJest(args: string[]): Promise<number> {
  const inOneProcess = args.some((arg) => /^(-i|--runInBand|-w|--maxWorkers)/.test(arg));
  const workers = inOneProcess ? [] : ['--maxWorkers=2'];
  const child = spawn(process.execPath, [...jestCommand, ...workers, ...args], {
    cwd: projectRoot(),
    // Jest says everything on standard error but the place of its report, which is ours alone.
    stdio: ['inherit', 'ignore', 'inherit'],
  });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGTERM', forward).on('SIGINT', forward);
  const limit = setTimeout(() => {
    process.stderr.write(`the tests did not end within ${RUN_LIMIT_MS / 60_000} minutes; ending them\n`);
    child.kill('SIGKILL');
  }, RUN_LIMIT_MS);
  const code = await new Promise<number>((resolve) => child.once('close', (value) => resolve(value ?? 1)));
  clearTimeout(limit);
  process.removeListener('SIGTERM', forward).removeListener('SIGINT', forward);
  return code;
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
