import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildWidgets } from '../test/browser.js';

const BUDGET_BYTES = 60_000;

let folder: string;

beforeAll(async () => {
  folder = await buildWidgets();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A file and all that it imports at once; what it imports later is not needed for the first paint. */
const withImports = async (name: string, seen: Set<string>): Promise<void> => {
  if (seen.has(name)) return;
  seen.add(name);
  const code = await readFile(join(folder, name), 'utf8');
  for (const [, path = ''] of code.matchAll(/(?:from|import)\s*["']\.{1,2}\/([^"']+\.js)["']/g))
    await withImports(path.startsWith('chunks/') ? path : join('chunks', path), seen);
};

/** The name of a page's chunk, as the entry imports it. */
const chunkOf = async (page: string): Promise<string> => {
  const entry = await readFile(join(folder, 'aixin.js'), 'utf8');
  const found = new RegExp(`import\\(["'\`]\\./(chunks/${page}-[\\w-]+\\.js)`).exec(entry);
  if (!found?.[1]) throw new Error(`no chunk of ${page} in the entry`);
  return found[1];
};

describe('the size of the first paint', () => {
  it('the zone with its home page is at most 60 kB of gzipped script', async () => {
    const files = new Set<string>();
    await withImports('aixin.js', files);
    await withImports(await chunkOf('home'), files);
    let bytes = 0;
    for (const file of files) bytes += gzipSync(await readFile(join(folder, file))).length;
    process.stdout.write(`first paint: ${String(bytes)} bytes gzipped in ${String(files.size)} files\n`);
    expect(files.size).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
  });
});
