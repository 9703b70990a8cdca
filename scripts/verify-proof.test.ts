import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fixture } from '../packages/proof/test/fixture.js';
import { projectRoot } from './project-root.mjs';

const { proofText, packText, root } = fixture(9, 3, 'GS20261001-20261231');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-verify-proof-'));
  writeFileSync(join(folder, 'proof.json'), `${proofText}\n`);
  writeFileSync(join(folder, 'pack.json'), packText);
  writeFileSync(join(folder, 'dearer.json'), proofText.replace('"amountFen":101', '"amountFen":901'));
  writeFileSync(join(folder, 'forged-pack.json'), packText.replace('"amountFen":900', '"amountFen":901'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As it is typed in the folder where the files lie; npm itself runs at the project's root. */
function run(...args: string[]): { code: number | null; said: string; complained: string } {
  const program = join(projectRoot(), 'scripts', 'verify-proof.ts');
  // Its source with its neighbour's source: no build is needed, and no database or network address is known to it.
  const tsx = ['--import', 'tsx', program];
  const env = {
    PATH: process.env['PATH'] ?? '',
    INIT_CWD: folder,
    TSX_TSCONFIG_PATH: join(projectRoot(), 'tsconfig.check.json'),
  };
  const ended = spawnSync(process.execPath, [...tsx, ...args], {
    cwd: join(projectRoot(), 'scripts'),
    env,
    encoding: 'utf8',
  });
  return { code: ended.status, said: ended.stdout, complained: ended.stderr };
}

describe('npm run verify-proof', () => {
  it('says what it checked, what the yuan is, and that it holds', () => {
    const { code, said } = run('proof.json', '--pack', 'pack.json');
    expect(code).toBe(0);
    expect(said).toContain('✓ 公示文件里的批次和公示根');
    expect(said).toContain('批次 B202610  第 4 行  1.01 元');
    expect(said).toMatch(/成立 {2}这一笔就在公示之内/);
    expect(run('proof.json', 'pack.json').code).toBe(0);
    expect(run('proof.json', '--root', root).code).toBe(0);
  });

  it('names what was changed, and ends with 1', () => {
    expect(run('dearer.json', '--pack', 'pack.json')).toMatchObject({
      code: 1,
      said: expect.stringContaining('LINE_CHANGED'),
    });
    expect(run('proof.json', '--pack', 'forged-pack.json')).toMatchObject({
      code: 1,
      said: expect.stringContaining('PACK_CHANGED'),
    });
    expect(run('proof.json', '--root', 'ab'.repeat(32))).toMatchObject({
      code: 1,
      said: expect.stringContaining('NOT_THIS_PACK'),
    });
  });

  it('tells how it is asked when it was asked wrongly, and ends with 2', () => {
    for (const args of [[], ['no-such-file.json'], ['proof.json', '--colour', 'red']]) {
      expect(run(...args)).toMatchObject({ code: 2, said: '', complained: expect.stringContaining('用法：') });
    }
  });
});
