import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes `{block, hash}` into a file in one step, so that a reader never sees half of it. */
export async function writeHeadFile(file: string, head: { block: number; hash: string }): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const next = `${file}.${process.pid}.next`;
  await writeFile(next, `${JSON.stringify(head)}\n`);
  await rename(next, file);
}
