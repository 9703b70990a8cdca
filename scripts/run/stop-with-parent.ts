import { fstatSync } from 'node:fs';

/** A killed parent sends no signal; its child finds another parent instead. */
const PARENT_CHECK_MS = 500;

/** Ends this process, after `stop`, on SIGTERM, SIGINT, or when the process that started it is gone. */
export function stopWithParent(stop: () => Promise<void>): void {
  let stopping = false;
  const end = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await stop();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end());
  process.on('disconnect', () => void end());
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void end(), PARENT_CHECK_MS).unref();
  // A pipe at stdin is held by the parent: its end is the parent's end. A terminal or /dev/null says nothing.
  const stdin = fstatSync(0);
  if (stdin.isFIFO() || stdin.isSocket()) process.stdin.on('end', () => void end()).resume();
}
