import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DraftInput, type Heart, startHeart } from '../../../test/heart.js';
import type { Base } from '../../kernel/context.js';
import { isRefusal } from '../../kernel/refusal.js';
import { budgetStore } from '../agreements/index.js';
import { boughtTallyStore, stockStore } from '../stock/index.js';
import { releaseHolds } from './holds.js';
import { orderStore } from './orders.store.js';
import { type Placed, placementQueue } from './placement.js';

/** Placement under a rush, with two committers on one database, as two processes of the zone would be. */
describe('placing under a rush', () => {
  let heart: Heart;
  let buyerCount = 0;
  let committers: readonly [Base, Base];
  beforeAll(async () => {
    heart = await startHeart('placement');
    committers = [heart.base, { ...heart.base }];
  });
  afterAll(() => heart.stop());

  /** Every input at once, in turn to one and the other committer. */
  const rush = (inputs: readonly DraftInput[]): Promise<readonly Placed[]> =>
    Promise.all(inputs.map((input, n) => placementQueue(committers[n % 2]!).submit(heart.draft(input))));
  /** Strangers to all earlier tests. */
  const buyers = (count: number, more: (n: number) => Omit<DraftInput, 'memberId' | 'key'>): DraftInput[] => {
    buyerCount += count;
    return Array.from({ length: count }, (_, n) => ({
      memberId: `buyer-${buyerCount - n}`,
      key: 'key-0001',
      ...more(n),
    }));
  };
  const codesOf = (answers: readonly Placed[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const answer of answers) {
      const code = isRefusal(answer) ? answer.code : answer.placedBefore ? 'before' : 'placed';
      counts[code] = (counts[code] ?? 0) + 1;
    }
    return counts;
  };
  const leftOf = async (productId: string) =>
    (await stockStore.collection(heart.base).findOne({ _id: productId }))?.leftCount;
  const ordersOf = (productId: string) =>
    orderStore.collection(heart.base).find({ 'lines.productId': productId }).toArray();
  const budgetFen = async (id: string) => (await budgetStore.collection(heart.base).findOne({ _id: id }))?.leftFen;

  it('sells the last piece to exactly one of 500 buyers', async () => {
    await heart.supply('last', 1);
    const answers = await rush(buyers(500, () => ({ lines: [{ productId: 'last', quantity: 1 }] })));
    expect(codesOf(answers)).toEqual({ placed: 1, SOLD_OUT: 499 });
    expect(await ordersOf('last')).toHaveLength(1);
    expect(await leftOf('last')).toBe(0);
  });

  it('refuses the sold-out ones of a group and serves their neighbours', async () => {
    await heart.supply('few', 10);
    await heart.supply('plenty', 1_000);
    const answers = await rush(
      buyers(60, (n) => ({ lines: [{ productId: n % 3 === 0 ? 'few' : 'plenty', quantity: 1 }] })),
    );
    expect(codesOf(answers)).toEqual({ placed: 50, SOLD_OUT: 10 });
    expect(await leftOf('few')).toBe(0);
    expect(await leftOf('plenty')).toBe(960);
  });

  it('lets one person have no more than the limit, however many keys are pressed at once', async () => {
    await heart.supply('limited', 1_000);
    const inputs = Array.from({ length: 40 }, (_, n) => ({
      memberId: 'greedy',
      key: `key-${n}`,
      lines: [{ productId: 'limited', quantity: 2, limit: 7 }],
    }));
    expect(codesOf(await rush(inputs))).toEqual({ placed: 3, OVER_LIMIT: 37 });
    expect(await leftOf('limited')).toBe(994);
    expect(await boughtTallyStore.collection(heart.base).findOne({ _id: 'greedy|limited|2026-11' })).toMatchObject({
      count: 6,
    });
  });

  it('makes one order of one key, pressed 20 times at once', async () => {
    await heart.supply('once', 100);
    const input = { memberId: 'patient', key: 'key-0001', lines: [{ productId: 'once', quantity: 3 }] };
    const answers = await rush(Array.from({ length: 20 }, () => input));
    expect(codesOf(answers)).toEqual({ placed: 1, before: 19 });
    expect(await leftOf('once')).toBe(97);
    expect(codesOf(await rush([input]))).toEqual({ before: 1 });
  });

  it('refuses a key that was used for something else, and holds nothing for it', async () => {
    await heart.supply('reused', 100);
    const input = { memberId: 'mistaken', key: 'key-0001' };
    const answers = await rush([1, 2].map((quantity) => ({ ...input, lines: [{ productId: 'reused', quantity }] })));
    expect(codesOf(answers)).toEqual({ placed: 1, KEY_REUSED: 1 });
    const again = await rush([{ ...input, lines: [{ productId: 'reused', quantity: 9 }] }]);
    expect(codesOf(again)).toEqual({ KEY_REUSED: 1 });
    const [order] = await ordersOf('reused');
    expect(await leftOf('reused')).toBe(100 - (order?.lines[0]?.quantity ?? 0));
  });

  it('gives a key its order again even when the goods are gone since', async () => {
    await heart.supply('gone', 1);
    const input = { memberId: 'early', key: 'key-0001', lines: [{ productId: 'gone', quantity: 1 }] };
    expect(codesOf(await rush([input]))).toEqual({ placed: 1 });
    expect(codesOf(await rush([input]))).toEqual({ before: 1 });
  });

  it('promises the sponsor’s last yuan exactly, to 64 buyers at once', async () => {
    await heart.supply('charity', 1_000);
    await heart.agree({ id: 'a-rush', productIds: ['charity'], capFen: 2_050 });
    await rush(buyers(64, () => ({ lines: [{ productId: 'charity', quantity: 1 }], agreementId: 'a-rush' })));
    const orders = await ordersOf('charity');
    expect(orders).toHaveLength(64);
    expect(orders.flatMap((order) => order.promises).map((promise) => promise.amountFen)).toEqual(Array(20).fill(100));
    expect(await budgetFen('a-rush')).toBe(50);
  });

  it.each([
    ['one yuan', { capFen: 100 }, 1],
    ['ten yuan', { capFen: 1_000 }, 10],
    ['seven yuan a month', { capFen: 100_000, monthlyCapFen: 799 }, 7],
    ['less than its month', { capFen: 350, monthlyCapFen: 300 }, 3],
  ])('never gives one fen more than %s, to 64 buyers at once over three committers', async (name, caps, promises) => {
    const id = `a-${name.replaceAll(' ', '-')}`;
    await heart.supply(id, 1_000);
    await heart.agree({ id, productIds: [id], ...caps });
    const three = [...committers, { ...heart.base }];
    const agreed = { agreementId: id, monthlyCap: 'monthlyCapFen' in caps };
    const inputs = buyers(64, () => ({ lines: [{ productId: id, quantity: 1 }], ...agreed }));
    await Promise.all(inputs.map((input, n) => placementQueue(three[n % 3]!).submit(heart.draft(input))));
    const orders = await ordersOf(id);
    expect(orders).toHaveLength(64);
    expect(orders.flatMap((order) => order.promises)).toHaveLength(promises);
    expect(await budgetFen(id)).toBe(caps.capFen - promises * 100);
    if ('monthlyCapFen' in caps) {
      expect(await budgetFen(`${id}|2026-11`)).toBe(caps.monthlyCapFen - promises * 100);
      expect(new Set(orders.flatMap((one) => one.promises.map((promise) => promise.budgetMonth)))).toEqual(
        new Set(['2026-11']),
      );
    }
  });

  it('gives anew at the turn of the month, and takes back into the month it was taken from', async () => {
    await heart.supply('turn', 1_000);
    await heart.agree({ id: 'a-turn', productIds: ['turn'], capFen: 1_000, monthlyCapFen: 200 });
    const agreed = { agreementId: 'a-turn', monthlyCap: true };
    const three = () => buyers(3, () => ({ lines: [{ productId: 'turn', quantity: 1 }], ...agreed }));
    const left = () => Promise.all(['a-turn', 'a-turn|2026-11', 'a-turn|2026-12'].map(budgetFen));
    const november = await rush(three());
    expect(await left()).toEqual([800, 0, 200]);
    const now = heart.nowMs;
    heart.nowMs = Date.parse('2026-12-01T00:00:00+08:00');
    await rush(three());
    expect(await left()).toEqual([600, 0, 0]);
    const orderIds = november.flatMap((answer) => (isRefusal(answer) ? [] : [answer.order._id]));
    await releaseHolds(heart.base, { orderIds, to: 'EXPIRED', nowMs: heart.nowMs });
    expect(await left()).toEqual([800, 200, 0]);
    heart.nowMs = now;
  });

  it('frees what an order held exactly once, when cancel and expiry come together', async () => {
    await heart.supply('freed', 10);
    await heart.agree({ id: 'a-free', productIds: ['freed'], capFen: 1_000 });
    const answers = await rush(
      buyers(3, () => ({ lines: [{ productId: 'freed', quantity: 2, limit: 4 }], agreementId: 'a-free' })),
    );
    const orderIds = answers.flatMap((answer) => (isRefusal(answer) ? [] : [answer.order._id]));
    expect([await leftOf('freed'), await budgetFen('a-free')]).toEqual([4, 700]);
    const ends = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        releaseHolds(committers[n % 2]!, { orderIds, to: n < 4 ? 'CANCELLED' : 'EXPIRED', nowMs: heart.nowMs }),
      ),
    );
    expect(ends.flat().sort()).toEqual([...orderIds].sort());
    expect([await leftOf('freed'), await budgetFen('a-free')]).toEqual([10, 1_000]);
    const tallies = await boughtTallyStore
      .collection(heart.base)
      .find({ _id: /\|freed\|/ })
      .toArray();
    expect(tallies.map((tally) => tally.count)).toEqual([0, 0, 0]);
  });
});
