import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainSha256 } from './sha256.js';
import { canonicalText, verifyProof, type YuanLine } from './verify-proof.js';

/** The format once more, as a stranger would write it from docs/proof.md: nothing is shared with what is tested. */
const hashed = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leafOf = (hash: Buffer): Buffer => hashed(Buffer.of(0), hash);
const above = (left: Buffer, right: Buffer): Buffer => hashed(Buffer.of(1), left, right);

function treeOf(leaves: readonly Buffer[], index: number): { root: Buffer; path: string } {
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

const lineOf = (n: number): YuanLine => ({
  _id: `B202610.${String(n).padStart(6, '0')}`,
  batchId: 'B202610',
  seq: n,
  matchId: `entry${n}.0`,
  kind: 'match',
  agreementId: '渝慈协-2026-01',
  countyCode: '500229',
  productId: null,
  at: '2026-10-03T02:11:09.000Z',
  amountFen: 100 + (n % 3),
  correctsId: null,
});

interface Fixture {
  readonly proofText: string;
  readonly packText: string;
  readonly root: string;
}

/** One line among `count` of one page, in one of three batches of a pack. */
function fixture(count: number, index: number, packId = 'P2026Q4'): Fixture {
  const lines = Array.from({ length: count }, (_, n) => lineOf(n + 1));
  const hashes = lines.map((line) => hashed(canonicalText(line)));
  const page = treeOf(hashes, index);
  const batch = treeOf([page.root, hashed('page 2'), hashed('page 3')], 0);
  const batches = [hashed('batch 1'), batch.root, hashed('batch 3')];
  const all = treeOf(batches, 1);
  const root = all.root.toString('hex');
  const period = { from: '2026-10-01', until: '2026-12-31' };
  const packText = canonicalText({
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

const flip = (text: string, at: number, by: number): string => {
  const bytes = Buffer.from(text);
  bytes[at % bytes.length]! ^= 1 << (by % 8);
  return bytes.toString('utf8');
};

describe('the proof of a matched yuan', () => {
  it('holds against its pack, against the published root, and by itself with the root still to compare', async () => {
    for (const [count, index] of [
      [1, 0],
      [2, 1],
      [700, 699],
      [1_024, 513],
    ] as const) {
      const { proofText, packText, root } = fixture(count, index);
      const [byPack, byRoot, alone] = [
        await verifyProof(proofText, { packText }),
        await verifyProof(`${proofText}\n`, { rootHex: ` ${root.slice(0, 32).toUpperCase()}\n${root.slice(32)}` }),
        await verifyProof(proofText),
      ];
      expect([byPack.fault, byRoot.fault, alone.fault]).toEqual([null, null, null]);
      expect([byPack.against, byRoot.against, alone.against]).toEqual(['pack', 'root', 'nothing']);
      expect(alone.root).toBe(root);
      expect(alone.message).toContain('再把下面的公示根');
      expect(byPack.steps.every((step) => step.holds)).toBe(true);
    }
  });

  it('falls with any bit of the proof, whichever it is', async () => {
    const { proofText, packText } = fixture(700, 77);
    await fc.assert(
      fc.asyncProperty(fc.nat(proofText.length * 2), fc.nat(7), async (at, by) => {
        const verdict = await verifyProof(flip(proofText, at, by), { packText });
        expect(verdict.fault).not.toBeNull();
        expect(verdict.steps.at(-1)?.holds).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('falls with any bit of the pack, which is then what is named', async () => {
    const { proofText, packText } = fixture(9, 3);
    await fc.assert(
      fc.asyncProperty(fc.nat(packText.length * 2), fc.nat(7), async (at, by) => {
        const verdict = await verifyProof(proofText, { packText: flip(packText, at, by) });
        // A changed name makes it the pack of another period.
        expect(['PACK_CHANGED', 'NOT_THIS_PACK']).toContain(verdict.fault);
        expect(verdict.message).toContain('公示');
      }),
      { numRuns: 300 },
    );
  });

  it('names what was changed', async () => {
    const { proofText, packText, root } = fixture(9, 3);
    const faultOf = async (text: string, published = { packText }): Promise<string | null> =>
      (await verifyProof(text, published)).fault;
    const proof = JSON.parse(proofText) as Record<string, never> & { path: Record<string, string>; pack: object };
    const dearer = canonicalText({ ...proof, line: { ...lineOf(4), amountFen: 999 } });
    expect(await faultOf(dearer)).toBe('LINE_CHANGED');
    const forgedHash = hashed(canonicalText({ ...lineOf(4), amountFen: 999 })).toString('hex');
    expect(await faultOf(canonicalText({ ...(JSON.parse(dearer) as object), lineHash: forgedHash }))).toBe(
      'PATH_CHANGED',
    );
    const path = { ...proof.path, batch: fixture(8, 3).proofText && treeOf([hashed('a'), hashed('b')], 0).path };
    expect(await faultOf(canonicalText({ ...proof, path }))).toBe('PATH_CHANGED');
    expect(await faultOf(proofText, { packText: fixture(9, 3, 'P2027Q1').packText })).toBe('NOT_THIS_PACK');
    expect(await faultOf(proofText, { packText: fixture(8, 3).packText })).toBe('PACK_CHANGED');
    // A pack that somebody made up, and a proof that was told its hash.
    const forgedPack = packText.replace(root, 'ab'.repeat(32));
    const toldHash = { ...proof.pack, hash: hashed(forgedPack).toString('hex') };
    const told = canonicalText({ ...proof, pack: toldHash });
    expect(await faultOf(told, { packText: forgedPack })).toBe('NOT_THIS_PACK');
    expect(
      (await verifyProof(proofText, { rootHex: root.replace(/^./, (one) => (one === '0' ? '1' : '0')) })).fault,
    ).toBe('NOT_THIS_PACK');
  });

  it('is no proof when it is written in another way, or is anything else', async () => {
    const { proofText } = fixture(9, 3);
    const more = canonicalText({ ...(JSON.parse(proofText) as object), note: '' });
    const texts = ['', '{}', 'null', '[]', 'x'.repeat(200_000), JSON.stringify(JSON.parse(proofText), null, 2), more];
    for (const text of [...texts, proofText.replace('"amountFen":101', '"amountFen":101.5')]) {
      expect((await verifyProof(text)).fault).toBe('UNREADABLE');
    }
  });

  it('hashes without a secure page as the machine itself does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(Buffer.from(plainSha256(bytes)).toString('hex')).toBe(hashed(Buffer.from(bytes)).toString('hex'));
      }),
    );
  });
});
