import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongod, mongodVersion } from './mongod.mjs';

let folder: string;
const before = { path: process.env.PATH, named: process.env.MONGOMS_SYSTEM_BINARY };

/** A program that answers `--version` as a mongod of that version does. */
function pretendMongod(name: string, version: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho "db version v${version}"\n`);
  chmodSync(file, 0o755);
  return file;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-mongod-'));
});
afterEach(() => {
  process.env.PATH = before.path;
  if (before.named === undefined) delete process.env.MONGOMS_SYSTEM_BINARY;
  else process.env.MONGOMS_SYSTEM_BINARY = before.named;
  rmSync(folder, { recursive: true, force: true });
});

describe('finding a mongod', () => {
  it('takes the one that the operator named', async () => {
    const named = pretendMongod('my-mongod', '8.0.4');
    pretendMongod('mongod', '7.0.1');
    process.env.PATH = `${folder}:${process.env.PATH ?? ''}`;
    process.env.MONGOMS_SYSTEM_BINARY = named;
    expect(await findMongod({ log: () => undefined })).toBe(named);
  });

  it('says why it does not take a named one that is too old, and goes on to the PATH', async () => {
    process.env.MONGOMS_SYSTEM_BINARY = pretendMongod('old', '5.0.9');
    const onPath = pretendMongod('mongod', '6.0.0');
    process.env.PATH = `${folder}:${process.env.PATH ?? ''}`;
    const lines: string[] = [];
    expect(await findMongod({ log: (line) => void lines.push(line) })).toBe(onPath);
    expect(lines.join('\n')).toContain('5.0.9');
  });

  it('does not take a program that does not run', () => {
    const broken = join(folder, 'mongod');
    writeFileSync(broken, 'half a download');
    chmodSync(broken, 0o755);
    expect(mongodVersion(broken)).toBeUndefined();
    expect(mongodVersion(join(folder, 'absent'))).toBeUndefined();
  });
});
