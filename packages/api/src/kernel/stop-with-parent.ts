import { fstatSync } from 'node:fs';

const LOOK_EVERY_MS = 500;

/** Calls `stop` once when the process that started this one is gone: its end of standard input closes, or we are orphaned. */
export function stopWithParent(stop: () => void): void {
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid !== parent) end();
  }, LOOK_EVERY_MS);
  looking.unref();
  const end = (): void => {
    clearInterval(looking);
    stop();
  };
  // A file or /dev/null ends at once and tells nothing; a pipe ends with whoever holds its other end.
  const stdin = fstatSync(0);
  if (!stdin.isFIFO() && !stdin.isSocket()) return;
  process.stdin.once('end', end);
  process.stdin.once('close', end);
  process.stdin.resume();
  process.stdin.unref();
}
