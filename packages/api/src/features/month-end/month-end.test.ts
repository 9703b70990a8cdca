import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Fund, noonOf, personWith, startFund } from '../../../test/fund.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal } from '../../kernel/refusal.js';
import { approveBatch, makeBatch } from '../batches/index.js';
import { billDayStore } from '../bills/index.js';
import { readFundWaiting, readMonthEnd } from './index.js';

let fund: Fund;
beforeAll(async () => {
  fund = await startFund('month-end');
  await fund.accrue(await fund.sell('a1', 3));
  fund.heart.nowMs = noonOf('2026-12-05');
});
afterAll(() => fund.stop());

const standing = async (ctx: Context, wanted: string | null = null): Promise<Record<string, string>> => {
  const { steps } = await readMonthEnd(ctx, wanted);
  return Object.fromEntries(steps.map(({ step, state, turn, isOwn }) => [step, `${state} ${isOwn ? 'own' : turn}`]));
};

describe('the end of a month, of what the stores say', () => {
  it('goes from the maker to the checker, and never back to whoever made the batch', async () => {
    expect(await readMonthEnd(fund.maker, null)).toMatchObject({ month: '2026-11', months: ['2026-12', '2026-11'] });
    expect(await standing(fund.maker)).toMatchObject({
      STATEMENT: 'NOW MAKER',
      BATCH: 'NOW MAKER',
      BILLS: 'NOW MAKER',
    });
    expect(await standing(fund.maker, '2026-12')).toMatchObject({ BATCH: 'LATER NOBODY' });
    const made = await makeBatch(fund.maker, { idempotencyKey: 'month-end-1', month: '2026-11' });
    if (isRefusal(made)) throw new Error(made.code);
    expect(await standing(fund.maker)).toMatchObject({ BATCH: 'DONE NOBODY', APPROVAL: 'NOW own' });
    expect(await standing(fund.checker)).toMatchObject({ APPROVAL: 'NOW CHECKER' });
    expect((await readFundWaiting(fund.checker)).batches).toBe(1);
    expect(await readFundWaiting(fund.maker)).not.toHaveProperty('batches', 1);
    const { _id: batchId, contentHash } = made;
    await approveBatch(fund.checker, { batchId, contentHash });
    expect(await standing(fund.checker)).toMatchObject({
      ...{ APPROVAL: 'DONE NOBODY', REMITTANCE: 'NOW SPONSOR', RECEIPT: 'LATER NOBODY', DISCLOSURE: 'DONE NOBODY' },
    });
    expect((await readFundWaiting(fund.checker)).batches).toBe(0);
  });

  it('counts the days that bills list, of whatever provider', async () => {
    const days = Array.from({ length: 30 }, (_, at) => `2026-11-${String(at + 1).padStart(2, '0')}`);
    const day = { covers: ['TRADE' as const], tradeCount: 0, tradeFen: 0, refundCount: 0, refundFen: 0, feeFen: 0 };
    const own = { ourCount: 0, ourFen: 0, ourFeeFen: 0, provider: 'WECHAT' as const };
    const insert = (which: readonly string[]) =>
      billDayStore
        .collection(fund.heart.base)
        .insertMany(which.map((of) => ({ _id: `WECHAT.${of}`, day: of, ...day, ...own })));
    await insert(days.slice(1));
    expect(await standing(fund.auditor)).toMatchObject({ BILLS: 'NOW MAKER' });
    await insert(days.slice(0, 1));
    expect(await standing(fund.auditor)).toMatchObject({ BILLS: 'DONE NOBODY' });
  });

  it('tells an auditor of nothing that waits: nothing is theirs to do', async () => {
    expect(Object.values(await readFundWaiting(personWith(fund.heart, 'auditor'))).every((one) => one === 0)).toBe(
      true,
    );
  });
});
