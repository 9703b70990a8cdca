import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resetData } from './reset-data.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'aixin-reset-'));
  mkdirSync(join(root, '.aixin/data/mongo'), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** Above every pid that a system gives out. */
const NO_SUCH_PID = '2000000000';

describe('reset', () => {
  it('empties the data and leaves the fetched mongod', () => {
    mkdirSync(join(root, '.aixin/mongod'));
    writeFileSync(join(root, '.aixin/mongod/mongod'), 'program');
    expect(resetData(root).done).toBe(true);
    expect(existsSync(join(root, '.aixin/data'))).toBe(false);
    expect(existsSync(join(root, '.aixin/mongod/mongod'))).toBe(true);
  });

  it('refuses, and says which process, while the database runs', () => {
    writeFileSync(join(root, '.aixin/data/mongo/mongod.lock'), `${process.pid}\n`);
    const outcome = resetData(root);
    expect(outcome.done).toBe(false);
    expect(outcome.sentence).toContain(String(process.pid));
    expect(existsSync(join(root, '.aixin/data/mongo'))).toBe(true);
  });

  it('refuses while a start is alive that wrote its pid', () => {
    writeFileSync(join(root, '.aixin/start.pid'), String(process.pid));
    expect(resetData(root).done).toBe(false);
  });

  it('takes no notice of what a killed run left behind', () => {
    writeFileSync(join(root, '.aixin/data/mongo/mongod.lock'), NO_SUCH_PID);
    writeFileSync(join(root, '.aixin/start.pid'), '');
    expect(resetData(root).done).toBe(true);
  });

  it('is content where there is nothing to empty', () => {
    rmSync(join(root, '.aixin'), { recursive: true });
    expect(resetData(root).done).toBe(true);
  });
});
