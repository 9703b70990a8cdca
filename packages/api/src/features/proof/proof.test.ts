import { verifyProof } from '@aixin/proof';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Fund, noonOf, startFund } from '../../../test/fund.js';
import { canonicalJson, sha256 } from '../../kernel/canonical.js';
import type { Context } from '../../kernel/context.js';
import { merkleRoot } from '../../kernel/merkle.js';
import { type Batch, batchLineStore, readBatches } from '../batches/index.js';
import { matchStore } from '../charity/index.js';
import { type Pack, packStore } from '../disclosure/index.js';
import type { Order } from '../orders/index.js';
import { proofOfMatch } from './index.js';

let fund: Fund;
let sales: Order[];
let packJson: string;
beforeAll(async () => {
  fund = await startFund('proof');
  fund.heart.nowMs = noonOf('2026-10-10');
  sales = [...(await fund.sell('a1', 3)), ...(await fund.sell('a2', 2))];
});
afterAll(() => fund.stop());

const memberOf = (order: Order, memberId = order.memberId): Context => ({
  ...fund.auditor,
  actor: { kind: 'person', memberId, roles: [{ name: 'member' }] },
});
const matchOf = async (order: Order): Promise<string> =>
  (await matchStore.collection(fund.heart.base).findOne({ orderId: order._id }))?._id ?? '';
const proofOf = async (order: Order, ctx = memberOf(order)) => proofOfMatch(ctx, await matchOf(order));

/** What a disclosure publishes, as far as a proof looks at it. */
async function publish(batches: readonly Batch[], correctsId: string | null = null): Promise<string> {
  const packId = correctsId === null ? 'GS20261001-20261231' : `${correctsId}-G1`;
  const [from, until] = ['2026-10-01', '2026-12-31'];
  const json = canonicalJson({
    packId,
    period: { from, until },
    batches: batches.map(({ _id, root, lineCount, amountFen }) => ({ batchId: _id, root, lineCount, amountFen })),
    yuan: { count: 5, amountFen: 500, root: merkleRoot(batches.map((batch) => batch.root)) },
  });
  const seq = correctsId === null ? 1 : 2;
  const pack = { _id: packId, state: 'PUBLISHED', from, until, correctsId, json, hash: sha256(json), seq };
  await packStore.collection(fund.heart.base).insertOne(pack as Pack);
  return json;
}

describe('the proof of an own yuan', () => {
  it('says what comes next while there is none: waiting, given back, owed, batched', async () => {
    const given = sales[4]!;
    expect(await proofOf(sales[0]!)).toMatchObject({ code: 'NOT_BATCHED', message: expect.stringContaining('退货期') });
    await fund.refund(given);
    expect(await proofOf(given)).toMatchObject({ code: 'NOT_BATCHED', message: expect.stringContaining('退款') });
    await fund.accrue(sales.slice(0, 4));
    expect(await proofOf(sales[0]!)).toMatchObject({ code: 'NOT_BATCHED', message: expect.stringContaining('月末') });
    fund.heart.nowMs = noonOf('2026-11-02');
    await fund.batch('2026-10');
    expect(await proofOf(sales[0]!)).toMatchObject({
      code: 'NOT_PUBLISHED',
      message: expect.stringContaining('B202610 里（2026-11-02 复核）'),
    });
  });

  it('is a small file that holds against the published pack, and tells nobody who bought', async () => {
    const before = sales[3]!;
    fund.heart.nowMs = noonOf('2026-11-15');
    await fund.accrue(await fund.sell('a2', 1));
    fund.heart.nowMs = noonOf('2026-12-02');
    await fund.batch('2026-11');
    packJson = await publish([...(await readBatches(fund.heart.base, { states: ['APPROVED'] }))].reverse());
    for (const order of [...sales.slice(0, 3), before]) {
      const proof = await proofOf(order);
      if (!('text' in proof)) throw new Error(proof.code);
      expect(Buffer.byteLength(proof.text)).toBeLessThanOrEqual(2_000);
      expect(proof.fileName).toMatch(/^一元钱证明-B202610\.000000\d\.json$/);
      expect(await verifyProof(proof.text, { packText: packJson })).toMatchObject({ fault: null, against: 'pack' });
      expect(proof.text).not.toContain(order.memberId);
      expect(proof.text).not.toContain(order._id);
    }
  });

  it('is had by its owner and the fund’s people, by nobody else', async () => {
    const order = sales[1]!;
    expect(await proofOf(order, memberOf(order, 'somebody-else'))).toMatchObject({ code: 'MATCH_UNKNOWN' });
    expect(await proofOf(order, { ...fund.auditor, actor: { kind: 'anonymous' } })).toMatchObject({
      code: 'SIGNED_OUT',
    });
    expect(await proofOfMatch(memberOf(order), 'no-such-match')).toMatchObject({ code: 'MATCH_UNKNOWN' });
    for (const ctx of [fund.auditor, fund.maker]) expect(await proofOf(order, ctx)).toEqual(await proofOf(order));
  });

  it('leads to the correction once the disclosure was corrected', async () => {
    const corrected = await publish(
      await readBatches(fund.heart.base, { states: ['APPROVED'] }),
      'GS20261001-20261231',
    );
    const proof = await proofOf(sales[0]!);
    if (!('text' in proof)) throw new Error(proof.code);
    expect((await verifyProof(proof.text, { packText: corrected })).fault).toBeNull();
    expect((await verifyProof(proof.text, { packText: packJson })).fault).toBe('NOT_THIS_PACK');
  });

  it('is not made of a line that was changed: the page is no longer the one that was approved', async () => {
    const lines = batchLineStore.collection(fund.heart.base);
    const line = await lines.findOne({ batchId: 'B202610', seq: 2 });
    await lines.updateOne({ _id: line!._id }, { $inc: { amountFen: 1 } });
    await expect(proofOf(sales[0]!)).rejects.toThrow('batch B202610: page 1 is not what was approved');
    await lines.replaceOne({ _id: line!._id }, line!);
    expect(await proofOf(sales[0]!)).toHaveProperty('text');
  });
});
