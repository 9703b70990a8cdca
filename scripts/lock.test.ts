import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withLock } from './lock.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-lock-'));
  file = join(folder, 'lock');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a lock between processes', () => {
  it('lets in one at a time, and tells the one who waits', async () => {
    const steps: string[] = [];
    const first = withLock(file, async () => {
      steps.push('first in');
      await new Promise((resolve) => setTimeout(resolve, 100));
      steps.push('first out');
    });
    const second = withLock(
      file,
      async () => void steps.push('second in'),
      () => void steps.push('second waits'),
    );
    await Promise.all([first, second]);
    expect(steps).toEqual(['first in', 'second waits', 'first out', 'second in']);
  });

  it('is free again after the work threw', async () => {
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  it('is taken over from a holder that is dead', async () => {
    writeFileSync(file, '2000000000');
    expect(await withLock(file, () => Promise.resolve('in'))).toBe('in');
  });
});
