import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from './project-root.mjs';

const PIN = (JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { packageManager: string })
  .packageManager;

/** A workspace in which pnpm and the compiler only say that they were called. */
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'aixin-run-'));
  for (const name of ['run.mjs', 'lock.mjs', 'pnpm.mjs', 'project-root.mjs']) {
    write(`scripts/${name}`, '');
    copyFileSync(join(projectRoot(), 'scripts', name), join(root, 'scripts', name));
  }
  write('package.json', JSON.stringify({ type: 'module', packageManager: PIN }));
  for (const folder of ['packages/points-engine', 'packages/proof', 'packages/api', 'packages/widgets', 'scripts'])
    write(`${folder}/package.json`, '{}');
  write('pnpm-lock.yaml', 'lockfileVersion: 9');
  write('pnpm-workspace.yaml', '');
  write('node_modules/typescript/bin/tsc', `console.log('compiling');`);
  pnpm(PIN.replace('pnpm@', ''));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** Puts a pnpm of that version on the PATH; it writes down each call with the npm settings that it sees. */
function pnpm(version: string): void {
  const script = `#!/bin/sh
if [ "$1" = --version ]; then echo ${version}; exit; fi
echo "pnpm $*"; env | grep -i '^npm_' >> calls; echo "$*" >> calls`;
  write('bin/pnpm', script);
  chmodSync(join(root, 'bin/pnpm'), 0o755);
}

const env = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${join(root, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
  npm_config_loglevel: 'silent',
  npm_config_store_dir: '/some/store',
});

function run(args: string[], nodeOptions: string[] = []): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [...nodeOptions, 'scripts/run.mjs', ...args], {
    cwd: root,
    env: env(),
    encoding: 'utf8',
  });
}

async function until(condition: () => boolean): Promise<void> {
  // Two minutes: only what never comes to pass meets the end.
  for (let tries = 0; tries < 2_400 && !condition(); tries += 1) await sleep(50);
  expect(condition()).toBe(true);
}

const calls = (): string => (existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8') : '');
const lives = (pid: number): boolean => spawnSync('kill', ['-0', String(pid)]).status === 0;

describe('npm run <task>', () => {
  it("passes the arguments on and gives the exit code back; standard output is the task's alone", () => {
    write('scripts/dist/bench.js', `console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;`);
    const { status, stdout, stderr } = run(['bench', 'settle', '--case=hot']);
    expect(stdout).toBe('["settle","--case=hot"]\n');
    expect(status).toBe(3);
    expect(stderr).toContain('pnpm install --frozen-lockfile');
    expect(stderr).toContain('compiling');
  });

  it('installs again only when the lockfile has changed', () => {
    run(['build']);
    run(['build']);
    expect(calls().match(/^install/gm)).toHaveLength(1);
    write('pnpm-lock.yaml', 'lockfileVersion: 9 # changed');
    run(['build']);
    expect(calls().match(/^install/gm)).toHaveLength(2);
  });

  it('hides what npm sets for its own scripts from pnpm, and keeps what a person has set', () => {
    run(['build']);
    expect(calls()).not.toContain('npm_config_loglevel');
    expect(calls()).toContain('npm_config_store_dir=/some/store');
  });

  it('says what is wanted on an old Node', () => {
    const old = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.18.3' } })`;
    const { status, stderr } = run(['build'], ['--import', old]);
    expect(status).toBe(1);
    expect(stderr).toContain('20.19');
    expect(stderr).toContain('20.18.3');
    expect(calls()).toBe('');
  });

  it('names the tasks when asked for one that there is not', () => {
    const { status, stderr } = run(['strat']);
    expect(status).toBe(1);
    expect(stderr).toContain('start、reset');
  });

  it('does not start the task when the build fails', () => {
    write('node_modules/typescript/bin/tsc', `process.exit(2);`);
    write('scripts/dist/bench.js', `console.log('ran');`);
    const { status, stdout } = run(['bench']);
    expect(status).toBe(1);
    expect(stdout).toBe('');
  });

  it('counts tests that could not even be built as a failure, in the line that tests always end with', () => {
    write('node_modules/typescript/bin/tsc', `process.exit(2);`);
    expect(run(['test'])).toMatchObject({ status: 1, stdout: '0 passed, 1 failed\n' });
  });
});

describe('a running task', () => {
  /** Writes its pid, then waits to be ended, which it takes note of. */
  const waiting = `
    import { writeFileSync } from 'node:fs';
    process.on('SIGTERM', () => { writeFileSync('ended', ''); process.exit(5); });
    setInterval(() => {}, 1000);
    writeFileSync('pid', String(process.pid));`;
  const started = (): boolean => existsSync(join(root, 'pid')) && readFileSync(join(root, 'pid'), 'utf8') !== '';
  const taskPid = (): number => Number(readFileSync(join(root, 'pid'), 'utf8'));

  let outer: ChildProcess | undefined;
  beforeEach(() => {
    write('scripts/dist/start.js', waiting);
  });
  afterEach(() => {
    outer?.kill('SIGKILL');
    if (started() && lives(taskPid())) process.kill(taskPid(), 'SIGKILL');
  });

  it('is told to end when its runner is, and its exit code comes out', async () => {
    outer = spawn(process.execPath, ['scripts/run.mjs', 'start'], { cwd: root, env: env(), stdio: 'ignore' });
    const code = new Promise((resolve) => outer?.once('close', resolve));
    await until(started);
    outer.kill('SIGTERM');
    expect(await code).toBe(5);
    expect(existsSync(join(root, 'ended'))).toBe(true);
  });

  it('ends when the process that started its runner is killed', async () => {
    const middle = `require('node:child_process').spawn(process.execPath, ['scripts/run.mjs', 'start'], { stdio: 'ignore' }); setInterval(() => {}, 1000);`;
    outer = spawn(process.execPath, ['-e', middle], { cwd: root, env: env(), stdio: 'ignore' });
    await until(started);
    outer.kill('SIGKILL');
    await until(() => existsSync(join(root, 'ended')));
    await until(() => !lives(taskPid()));
  });
});
