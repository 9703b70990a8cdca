import { createHash } from 'node:crypto';
import { canonicalText, type YuanLine } from '../src/verify-proof.js';

/** The format once more, as a stranger would write it from docs/proof.md: nothing is shared with what is tested. */
export const hashed = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leafOf = (hash: Buffer): Buffer => hashed(Buffer.of(0), hash);
const above = (left: Buffer, right: Buffer): Buffer => hashed(Buffer.of(1), left, right);

export function treeOf(leaves: readonly Buffer[], index: number): { root: Buffer; path: string } {
  let level = leaves.map(leafOf);
  let at = index;
  const steps: Buffer[] = [];
  while (level.length > 1) {
    const neighbour = level[at ^ 1];
    if (neighbour) steps.push(Buffer.concat([Buffer.of(at % 2 === 1 ? 0 : 1), neighbour]));
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, n) => {
      const [left, right] = [level[n * 2]!, level[n * 2 + 1]];
      return right ? above(left, right) : left;
    });
    at >>= 1;
  }
  return { root: level[0]!, path: Buffer.concat(steps).toString('base64') };
}

export const lineOf = (n: number): YuanLine => ({
  _id: `B202610.${String(n).padStart(6, '0')}`,
  batchId: 'B202610',
  seq: n,
  matchId: `entry${n}.0`,
  entryHash: hashed(`entry ${n}`).toString('hex'),
  kind: 'match',
  remittanceId: 'AX202610-01',
  saleMonth: '2026-10',
  agreementId: '渝慈协-2026-01',
  countyCode: '500229',
  productId: null,
  at: '2026-10-03T02:11:09.000Z',
  amountFen: 100 + (n % 3),
  correctsId: null,
});

export interface Fixture {
  readonly proofText: string;
  readonly packText: string;
  readonly root: string;
}

/** One line among `count` of one page, in one of three batches of a pack. */
export function fixture(count: number, index: number, packId = 'P2026Q4'): Fixture {
  const lines = Array.from({ length: count }, (_, n) => lineOf(n + 1));
  const hashes = lines.map((line) => hashed(canonicalText(line)));
  const page = treeOf(hashes, index);
  const batch = treeOf([page.root, hashed('page 2'), hashed('page 3')], 0);
  const batches = [hashed('batch 1'), batch.root, hashed('batch 3')];
  const all = treeOf(batches, 1);
  const root = all.root.toString('hex');
  const period = { from: '2026-10-01', until: '2026-12-31' };
  const packText = canonicalText({
    format: 'aixin-disclosure/1',
    packId,
    period,
    batches: batches.map((one, at) => ({
      batchId: at === 1 ? 'B202610' : `B20261${at + 1}`,
      root: one.toString('hex'),
    })),
    yuan: { count, amountFen: count * 100, root },
  });
  const hash = hashed(packText).toString('hex');
  return {
    root,
    packText,
    proofText: canonicalText({
      v: 1,
      kind: 'aixin-yuan',
      line: lines[index]!,
      lineHash: hashes[index]!.toString('hex'),
      path: { page: page.path, batch: batch.path, pack: all.path },
      pack: { packId, period, root, hash },
    }),
  };
}
