import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Fund, noonOf, startFund } from '../../../test/fund.js';
import { inTransaction } from '../../kernel/transaction.js';
import {
  approveBatch,
  type Batch,
  makeBatch,
  markDisclosed,
  markReceipted,
  overall,
  readAgeing,
  readRemittances,
  readStandings,
  readWaitingMatches,
  readWaitingRemittances,
  receiveRemittances,
} from './index.js';

let fund: Fund;
beforeAll(async () => {
  fund = await startFund('ageing', ['a1']);
});
afterAll(() => fund.stop());

const base = () => fund.heart.base;
/** `state: [count by age]`, only where something waits. */
const table = async (): Promise<Record<string, string>> => {
  const rows = (await readAgeing(base())).filter((row) => row.count > 0);
  return Object.fromEntries(
    rows.map((row) => [
      row.state,
      `${row.buckets.map(({ count }) => count).join(' ')} = ${String(row.amountFen)}${row.draftId ? ` ${row.draftId}` : ''}`,
    ]),
  );
};
const standing = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    overall(await readStandings(base()))
      .filter(({ amountFen }) => amountFen !== 0)
      .map(({ state, amountFen }) => [state, amountFen]),
  );

describe('the ageing table', () => {
  it('tells what waits for its return window and what for its batch, by age', async () => {
    fund.heart.nowMs = noonOf('2026-08-10');
    const [first, second, third] = await fund.sell('a1', 3);
    await fund.accrue([first!, second!]);
    expect(await table()).toEqual({ PENDING: '1 0 0 0 = 100', ACCRUED: '2 0 0 0 = 200' });
    fund.heart.nowMs = noonOf('2026-09-02');
    expect(await table()).toEqual({ PENDING: '0 1 0 0 = 100', ACCRUED: '0 2 0 0 = 200' });
    const asked = { bucket: 1, first: 10, after: null };
    expect(await readWaitingMatches(base(), { state: 'PENDING', ...asked })).toMatchObject([{ orderId: third?._id }]);
    expect(await readWaitingMatches(base(), { state: 'ACCRUED', ...asked })).toHaveLength(2);
    expect(await readWaitingMatches(base(), { state: 'ACCRUED', ...asked, bucket: 0 })).toEqual([]);
  });

  it('names the draft that waits for its checker, then the remittance that waits for its money', async () => {
    const draft = (await makeBatch(fund.maker, { idempotencyKey: 'key-2026-08', month: '2026-08' })) as Batch;
    expect(await table()).toMatchObject({ ACCRUED: '0 2 0 0 = 200 B202608' });
    await approveBatch(fund.checker, { batchId: draft._id, contentHash: draft.contentHash });
    expect(await table()).toEqual({ PENDING: '0 1 0 0 = 100', BATCHED: '1 0 0 0 = 200' });
    expect(await standing()).toEqual({ PENDING: 100, BATCHED: 200 });
    fund.heart.nowMs = noonOf('2026-12-30');
    expect(await table()).toEqual({ PENDING: '0 0 0 1 = 100', BATCHED: '0 0 0 1 = 200' });
    expect(await readWaitingRemittances(base(), 'BATCHED', 3)).toMatchObject([{ _id: 'AX202608-01' }]);
    expect(await readWaitingRemittances(base(), 'BATCHED', 2)).toEqual([]);
    expect(await readWaitingRemittances(base(), 'BATCHED', null)).toHaveLength(1);
  });

  it('shows what a refund takes back from a closed month before the next batch does', async () => {
    const [sold] = await fund.sell('a1', 1);
    await fund.accrue([sold!]);
    await fund.batch('2026-11').catch(() => undefined);
    fund.heart.nowMs = noonOf('2027-01-03');
    await fund.batch('2026-12');
    await fund.refund(sold!);
    expect(await table()).toMatchObject({ ACCRUED: '1 0 0 0 = -100', BATCHED: '1 0 0 1 = 300' });
    expect(await standing()).toEqual({ PENDING: 100, ACCRUED: -100, BATCHED: 300, VOID: 100 });
  });

  it('counts of a part-paid remittance what is still to come, and follows it to the end', async () => {
    const pay = (amountFen: number) =>
      inTransaction(base(), async (session) => {
        const [remittance] = await readRemittances(base(), { ids: ['AX202608-01'] }, session);
        return receiveRemittances(base(), [{ remittance: remittance!, amountFen, day: '2027-01-03' }], session);
      });
    await pay(50);
    expect(await table()).toMatchObject({ BATCHED: '1 0 0 1 = 250' });
    await pay(150);
    expect(await table()).toMatchObject({ BATCHED: '1 0 0 0 = 100', REMITTED: '1 0 0 0 = 200' });
    const at = new Date(fund.heart.nowMs);
    await inTransaction(base(), (session) =>
      markReceipted(base(), { remittanceId: 'AX202608-01', receiptId: 'r1', at }, session),
    );
    expect(await table()).toMatchObject({ RECEIPTED: '1 0 0 0 = 200' });
    await inTransaction(base(), (session) =>
      markDisclosed(base(), { remittanceIds: ['AX202608-01'], packId: 'p1', at }, session),
    );
    expect((await table())['RECEIPTED']).toBeUndefined();
    expect(await standing()).toMatchObject({ DISCLOSED: 200, BATCHED: 100 });
  });
});
