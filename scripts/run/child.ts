import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A process that we started and that is ready. */
export interface Child {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** Resolves with its exit code (or signal) when it is gone. */
  readonly gone: Promise<number | string>;
  /** Asks it to end, and ends it by force after a while. */
  stop(): Promise<void>;
  /** kill -9, as a failure test does. */
  kill(): Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  /** The compiled program. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** What it says goes to `<logFolder>/<name>.log`. */
  readonly logFolder: string;
}

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 8_000;

/**
 * Starts a program of ours and waits for its line `{"ready":true,"url":…}`. Its standard input is a pipe of ours: when we
 * are gone it ends, and the program with it.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, file, env, logFolder } = options;
  mkdirSync(logFolder, { recursive: true });
  const log = createWriteStream(join(logFolder, `${name}.log`), { flags: 'a' });
  const child = spawn(process.execPath, ['--enable-source-maps', file], {
    env: { ...plainEnvironment(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A Ctrl-C of the terminal reaches only us: we end the others in the right order.
    detached: true,
  });
  child.stderr.pipe(log, { end: false });
  const gone = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      log.end();
      resolve(signal ?? code ?? 0);
    });
  });
  const url = await readyUrl(child, { name, gone, log });
  return {
    name,
    url,
    pid: child.pid ?? 0,
    gone,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await gone;
      clearTimeout(timer);
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function readyUrl(
  child: ChildProcess,
  started: { name: string; gone: Promise<number | string>; log: NodeJS.WritableStream },
): Promise<string> {
  const { name, gone, log } = started;
  const ready = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      log.write(`${line}\n`);
      if (!line.startsWith('{"ready":true')) return;
      const { url } = JSON.parse(line) as { url: string };
      resolve(url);
    });
  });
  const early = gone.then((code) => {
    throw new Error(`${name} ended before it was ready (${String(code)}); see its log`);
  });
  // Only the first answer counts; a later end is for `gone` to tell.
  early.catch(() => undefined);
  const late = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${name} was not ready within ${READY_TIMEOUT_MS / 1000} s`)),
      READY_TIMEOUT_MS,
    );
    timer.unref();
  });
  late.catch(() => undefined);
  return Promise.race([ready, early, late]);
}

/** Our environment without the `npm_*` of whoever started us: they would mislead a package manager further down. */
function plainEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name, value]) => value !== undefined && !/^npm_/i.test(name));
  return Object.fromEntries(kept) as Record<string, string>;
}
