import { verifyProof } from '@aixin/proof';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, sha256 } from '../../kernel/canonical.js';
import { merkleRoot } from '../../kernel/merkle.js';
import { type BatchLine, lineHash, PAGE_LINES } from '../batches/index.js';
import { proofText } from './proof.rules.js';

const hashes = (count: number, salt: string): string[] =>
  Array.from({ length: count }, (_, n) => sha256(`${salt}${n}`));

/** A line with ids as long as the zone's own. */
const lineAt = (seq: number): BatchLine => ({
  ...{ _id: `B202611.${String(seq).padStart(7, '0')}`, batchId: 'B202611', seq, matchId: `${'m'.repeat(24)}.12` },
  ...{ entryHash: sha256('entry'), kind: 'match', agreementId: 'a'.repeat(24), remittanceId: 'AX202611-05' },
  ...{ countyCode: '500229', productId: 'p'.repeat(24), saleMonth: '2026-11', at: new Date(1_790_000_000_000) },
  ...{ amountFen: 100, correctsId: null },
});

/** The tree around one line: its page and the roots of the others. */
function proofOf(place: { seq: number; pageCount: number; batchCount: number; batchIndex: number }) {
  const { seq, pageCount, batchCount, batchIndex } = place;
  const page = Math.floor((seq - 1) / PAGE_LINES);
  const line = lineAt(seq);
  const pageHashes = hashes(PAGE_LINES, 'line').with((seq - 1) % PAGE_LINES, lineHash(line));
  const pageRoots = hashes(pageCount, 'page').with(page, merkleRoot(pageHashes));
  const batchRoots = hashes(batchCount, 'batch').with(batchIndex, merkleRoot(pageRoots));
  const root = merkleRoot(batchRoots);
  const pack = { packId: 'GS20261001-20261231', period: { from: '2026-10-01', until: '2026-12-31' } };
  const batches = batchRoots.map((one, at) => ({ batchId: at === batchIndex ? 'B202611' : `B${at}`, root: one }));
  const packText = canonicalJson({ ...pack, batches, yuan: { root } });
  const facts = {
    line,
    pageHashes,
    pageRoots,
    batchIndex,
    pack: { ...pack, root, hash: sha256(packText), batchRoots },
  };
  return { text: proofText(facts), packText };
}

describe('the file of a proof', () => {
  it('holds wherever the line stands: first, last, without a neighbour, in one batch or in twelve', async () => {
    const place = fc.integer({ min: 1, max: 40 }).chain((pageCount) =>
      fc.integer({ min: 1, max: 12 }).chain((batchCount) =>
        fc.record({
          pageCount: fc.constant(pageCount),
          batchCount: fc.constant(batchCount),
          seq: fc.integer({ min: 1, max: pageCount * PAGE_LINES }),
          batchIndex: fc.integer({ min: 0, max: batchCount - 1 }),
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(place, async (at) => {
        const { text, packText } = proofOf(at);
        expect((await verifyProof(text, { packText })).fault).toBeNull();
      }),
      { numRuns: 15 },
    );
  });

  it('is at most 2 kB for one yuan of ten million, with ids as long as they come', async () => {
    const { text, packText } = proofOf({ seq: 1_234_557, pageCount: 3_256, batchCount: 3, batchIndex: 1 });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_000);
    expect((await verifyProof(text, { packText })).fault).toBeNull();
  });
});
