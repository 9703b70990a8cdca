import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Fund, noonOf, personWith, startFund } from '../../../test/fund.js';
import { dropLines } from './batch-lines.store.js';
import { insertBatch } from './batches.store.js';
import { buildLines } from './build-lines.js';
import { approveBatch, batchStore, makeBatch, readBatchLines, rejectBatch } from './index.js';

let fund: Fund;
beforeAll(async () => {
  fund = await startFund('batch-races');
  fund.heart.nowMs = noonOf('2026-08-10');
  await fund.accrue(await fund.sell('a1', 2));
  fund.heart.nowMs = noonOf('2026-10-02');
});
afterAll(() => fund.stop());

const make = (month: string, key: string, maker = fund.maker) => makeBatch(maker, { idempotencyKey: key, month });
const linesOf = (batchId: string) => readBatchLines(fund.heart.base, { batchId, afterSeq: 0, limit: 1_000 });
const openBatches = () =>
  batchStore
    .collection(fund.heart.base)
    .find({ state: { $in: ['BUILDING', 'DRAFT'] } })
    .toArray();

async function draftOf(batchId: string) {
  const batch = await batchStore.collection(fund.heart.base).findOne({ _id: batchId, state: 'DRAFT' });
  if (!batch) throw new Error(`${batchId} is no draft`);
  return { batchId, contentHash: batch.contentHash };
}

describe('people at the batches at once', () => {
  it('never have two months open, whose batches would both take the same yuan', async () => {
    const other = personWith(fund.heart, 'fund-maker', 'second-maker');
    await Promise.all([make('2026-08', 'august-key'), make('2026-09', 'september-key', other)]);
    const [open, ...more] = await openBatches();
    expect([open?.lineCount, more]).toEqual([2, []]);
    // As a maker who looked before the other one had begun: what stands between them is the database.
    const late = { ...open!, _id: 'B202607', month: '2026-07', state: 'BUILDING' } as const;
    await expect(insertBatch(fund.heart.base, late)).rejects.toMatchObject({ code: 11_000 });
    await rejectBatch(fund.checker, { ...(await draftOf(open!._id)), reason: '只做八月' });
  });

  it('are told when a key comes again for another month, and the draft that waits stays', async () => {
    expect(await make('2026-08', 'short')).toMatchObject({ code: 'KEY_INVALID', path: 'idempotencyKey' });
    expect(await make('2026-08', 'one-press')).toMatchObject({ state: 'DRAFT', lineCount: 2 });
    expect(await make('2026-09', 'one-press')).toMatchObject({ code: 'KEY_REUSED', path: 'idempotencyKey' });
    expect((await openBatches()).map((one) => [one._id, one.state])).toEqual([['B202608', 'DRAFT']]);
  });

  it('send back drafts of their own, or as a checker', async () => {
    const other = personWith(fund.heart, 'fund-maker', 'second-maker');
    const seen = { ...(await draftOf('B202608')), reason: '金额待核' };
    expect(await rejectBatch(other, seen)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await rejectBatch(fund.maker, seen)).toMatchObject({ state: 'REJECTED' });
    expect(await linesOf('B202608')).toEqual([]);
  });

  it('lose no line of a new attempt to the clearing away of the one before, however late that comes', async () => {
    const rejected = await batchStore.collection(fund.heart.base).findOne({ _id: 'B202608' });
    expect(await make('2026-08', 'next-press')).toMatchObject({ state: 'DRAFT', attempt: rejected!.attempt + 1 });
    await dropLines(fund.heart.base, rejected!);
    expect(await linesOf('B202608')).toHaveLength(2);
    expect(await approveBatch(fund.checker, await draftOf('B202608'))).toMatchObject({ state: 'APPROVED' });
  });

  it('leave a build alone that still moves, and take up one that stands still', async () => {
    const { base } = fund.heart;
    await fund.accrue(await fund.sell('a1', 2));
    fund.heart.nowMs = noonOf('2026-11-02');
    const last = await batchStore.collection(base).findOne({ _id: 'B202608' });
    const begun = { state: 'BUILDING', makeKey: 'of another', madeAt: new Date(fund.heart.nowMs) } as const;
    const building = { ...last!, ...begun, _id: 'B202610', month: '2026-10', lineCount: 0, seal: null };
    await insertBatch(base, building);
    fund.heart.nowMs += 5 * 60_000;
    await buildLines(base, building, last);
    expect(await make('2026-10', 'october-key')).toMatchObject({ code: 'BATCH_OPEN' });
    fund.heart.nowMs += 5 * 60_000;
    expect(await make('2026-10', 'october-key')).toMatchObject({ state: 'DRAFT', lineCount: 2 });
  });
});
