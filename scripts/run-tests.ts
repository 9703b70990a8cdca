import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findChromium } from './chromium.mjs';
import { projectRoot } from './project-root.mjs';

/** A run in which no test file ends for this long hangs: the longest file takes five minutes on the slowest machine we know. */
const SILENCE_LIMIT_MS = 30 * 60_000;
const SILENCE_POLL_MS = 10_000;

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

/** What the reporter beside jest's own kept when the last file ended. */
const testProgress = z.object({ passed: z.number().int(), failed: z.number().int() });

/** Runs jest over all projects; `args` (paths, options) go to jest as they are. */
export async function runTests(args: string[]): Promise<TestOutcome> {
  await prepareBrowser(args);
  const folder = mkdtempSync(join(tmpdir(), 'aixin-tests-'));
  const report = join(folder, 'report.json');
  const progress = join(folder, 'progress.json');
  try {
    const exitCode = await runJest([...args, '--json', `--outputFile=${report}`], progress);
    return outcomeOf(readJson(report), readJson(progress), exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Exported for its test: what jest's own numbers and exit code amount to, and what had run where jest was ended early. */
export function outcomeOf(report: unknown, progress: unknown, exitCode: number): TestOutcome {
  const parsed = jestReport.safeParse(report);
  // No report means that jest did not come to its end: what it had not run counts as one failure, as silence is no success.
  if (!parsed.success) {
    const ran = testProgress.safeParse(progress);
    return { passed: ran.data?.passed ?? 0, failed: (ran.data?.failed ?? 0) + 1, ok: false };
  }
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

async function runJest(args: string[], progressFile: string): Promise<number> {
  const inOneProcess = args.some((arg) => /^(-i|--runInBand|-w|--maxWorkers)/.test(arg));
  const workers = inOneProcess ? [] : ['--maxWorkers=2'];
  const child = spawn(process.execPath, [...jestCommand, ...workers, ...args], {
    cwd: projectRoot(),
    env: { ...process.env, AIXIN_TEST_PROGRESS: progressFile },
    // Jest says everything on standard error but the place of its report, which is ours alone.
    stdio: ['inherit', 'ignore', 'inherit'],
  });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGTERM', forward).on('SIGINT', forward);
  const watch = setInterval(() => {
    if (Date.now() - lastChangeMs(progressFile) < SILENCE_LIMIT_MS) return;
    process.stderr.write(`no test file has ended for ${SILENCE_LIMIT_MS / 60_000} minutes; ending the run\n`);
    child.kill('SIGKILL');
  }, SILENCE_POLL_MS);
  const code = await new Promise<number>((resolve) => child.once('close', (value) => resolve(value ?? 1)));
  clearInterval(watch);
  process.removeListener('SIGTERM', forward).removeListener('SIGINT', forward);
  return code;
}

/** Before the run's first word nothing can be silent: then it is now. */
function lastChangeMs(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
