// A lock file between processes: one at a time installs, builds or fetches. Plain JavaScript, runs before anything is built.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 250;
/** Longer than any honest holder needs: a slow download, or a first install on a slow line. */
const WAIT_LIMIT_MS = 20 * 60_000;
/** A lock file without a pid in it is being written this very moment, unless it stays so for this long. */
const EMPTY_IS_STALE_MS = 5_000;

/**
 * Runs `work` while no other process holds the lock; a lock whose holder is dead is taken over.
 * @template T
 * @param {string} file the lock file; its folder must exist
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once, when another process is found at it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait = () => undefined) {
  const deadline = Date.now() + WAIT_LIMIT_MS;
  let waited = false;
  while (!tryLock(file)) {
    if (Date.now() > deadline)
      throw new Error(`Another process has held ${file} for too long. Remove that file and try again.`);
    if (!waited) onWait();
    waited = true;
    await sleep(POLL_MS);
  }
  // Leaving by Ctrl-C must not leave the lock behind either, though the next one would notice the dead holder.
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

/** @param {string} file */
function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    if (holderIsDead(file)) rmSync(file, { force: true });
    return false;
  }
}

/** @param {string} file */
function holderIsDead(file) {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    if (!holder) return Date.now() - statSync(file).mtimeMs > EMPTY_IS_STALE_MS;
    process.kill(holder, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}
