import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Heart, startHeart } from '../../../test/heart.js';
import { verify } from '../../../checks/index.js';
import type { Role } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { projections } from '../../projections.js';
import { budgetStore } from '../agreements/index.js';
import { type RefundEntry, journalStore } from '../journal/index.js';
import { type Order, type OrderRefund, orderStore } from '../orders/index.js';
import { boughtTallyStore, stockStore } from '../stock/index.js';
import { bookOutsideRefund, settleRefund } from './index.js';
import { noteOutsideRefund } from './note-outside-refund.js';

describe('settling a refund', () => {
  let heart: Heart;
  let memberCount = 0;
  beforeAll(async () => {
    heart = await startHeart('settle-refund');
    await heart.supply('honey', 1_000);
    await heart.agree({ id: 'a1', productIds: ['honey'], capFen: 100_000 });
  });
  afterAll(() => heart.stop());

  async function bought(quantity: number): Promise<Order> {
    memberCount += 1;
    const lines = [{ productId: 'honey', quantity, limit: 50 }];
    const order = await heart.place({ memberId: `m${memberCount}`, key: 'key-0001', lines, agreementId: 'a1' });
    await heart.pay(order);
    return order;
  }

  /** As it stands once it was approved and sent. */
  async function sent(
    order: Order,
    part: { n: number; quantity: number; restock: boolean },
  ): Promise<{ refundId: string; amountFen: number }> {
    const { n, quantity, restock } = part;
    const amountFen = 6_800 * quantity;
    const refund: OrderRefund = {
      ...{ refundId: `${order._id}r${n}`, contentHash: 'h', state: 'SENT', amountFen, reason: '不想要了', restock },
      ...{ lines: [{ lineId: '1', quantity, amountFen }], requestedAt: new Date(heart.nowMs), escalated: false },
    };
    await orderStore
      .collection(heart.base)
      .updateOne({ _id: order._id }, { $push: { refunds: refund }, $inc: { revision: 1 } });
    return { refundId: refund.refundId, amountFen };
  }
  const entriesOf = async (order: Order) =>
    (await journalStore
      .collection(heart.base)
      .find({ memberId: order.memberId, kind: 'refund' })
      .sort({ seq: 1 })
      .toArray()) as RefundEntry[];
  const leftCount = async () => (await stockStore.collection(heart.base).findOne({ _id: 'honey' }))?.leftCount ?? 0;
  const budgetFen = async () => (await budgetStore.collection(heart.base).findOne({ _id: 'a1' }))?.leftFen ?? 0;

  it('takes back points and match with the last piece, as the engine cuts them, and no more', async () => {
    const order = await bought(3);
    const before = await budgetFen();
    const steps: number[][] = [];
    for (const n of [1, 2, 3]) {
      await settleRefund(heart.system, await sent(order, { n, quantity: 1, restock: false }));
      const entry = (await entriesOf(order)).at(-1);
      const points = entry?.awards.reduce((sum, award) => sum + award.points, 0) ?? -1;
      steps.push([points, entry?.matches.length ?? -1, entry?.after.pointsBalance ?? -1, (await budgetFen()) - before]);
    }
    // Two points over three pieces: ⌊2/3⌋, ⌊4/3⌋, 2. The sponsor's yuan is per line: undone with the line's last piece.
    expect(steps).toEqual([
      [0, 0, 2, 0],
      [1, 0, 1, 0],
      [1, 1, 0, 100],
    ]);
    const last = (await entriesOf(order)).at(-1);
    expect(last).toMatchObject({ withdraws: true, after: { purchaseCount: 0, matchedFen: 0, recordCount: 1 } });
    expect((await heart.order(order._id)).state).toBe('REFUNDED');
  });

  it('gives the yuan back to the month they were taken from, whenever the refund comes', async () => {
    await heart.agree({ id: 'a2', productIds: ['honey'], capFen: 1_000, monthlyCapFen: 300 });
    const lines = [{ productId: 'honey', quantity: 1 }];
    const order = await heart.place({
      ...{ memberId: 'monthly', key: 'key-0001', lines, agreementId: 'a2', monthlyCap: true },
    });
    await heart.pay(order);
    const left = async () =>
      (
        await budgetStore
          .collection(heart.base)
          .find({ _id: /^a2(\|2026-1[12])?$/ })
          .toArray()
      ).map((one) => one.leftFen);
    expect(await left()).toEqual([900, 200, 300]);
    const now = heart.nowMs;
    heart.nowMs = Date.parse('2026-12-05T12:00:00+08:00');
    await settleRefund(heart.system, await sent(order, { n: 1, quantity: 1, restock: false }));
    heart.nowMs = now;
    expect(await left()).toEqual([1_000, 300, 300]);
  });

  it('counts two refunds that arrive at once, each once', async () => {
    const order = await bought(2);
    const parts = [
      await sent(order, { n: 1, quantity: 1, restock: false }),
      await sent(order, { n: 2, quantity: 1, restock: false }),
    ];
    await Promise.all([...parts, ...parts, ...parts].map((paid) => settleRefund(heart.system, paid)));
    expect(await entriesOf(order)).toHaveLength(2);
    expect(await heart.order(order._id)).toMatchObject({ state: 'REFUNDED', refundedFen: 13_600 });
  });

  it('puts goods back that never left, and opens the month’s limit again', async () => {
    const order = await bought(5);
    const before = await leftCount();
    await settleRefund(heart.system, await sent(order, { n: 1, quantity: 2, restock: true }));
    expect((await leftCount()) - before).toBe(2);
    await settleRefund(heart.system, await sent(order, { n: 2, quantity: 1, restock: false }));
    expect((await leftCount()) - before).toBe(2);
    const tally = await boughtTallyStore.collection(heart.base).findOne({ _id: `${order.memberId}|honey|2026-11` });
    expect(tally?.count).toBe(2);
  });

  it('writes nothing for an amount that nobody approved, or for a refund that nobody asked', async () => {
    const order = await bought(1);
    const paid = await sent(order, { n: 1, quantity: 1, restock: true });
    expect(await settleRefund(heart.system, { ...paid, amountFen: paid.amountFen + 1 })).toMatchObject({
      code: 'REFUND_AMOUNT',
    });
    expect(await settleRefund(heart.system, { ...paid, refundId: `${order._id}rX` })).toMatchObject({
      code: 'REFUND_UNKNOWN',
    });
    expect(await entriesOf(order)).toEqual([]);
    expect((await heart.order(order._id)).refundedFen).toBe(0);
  });

  describe('made at the payment platform', () => {
    const as = (role: Role): Context => ({
      base: heart.base,
      actor: { kind: 'person', memberId: 'o1', roles: [role] },
      requestId: 'test',
      log: heart.base.log,
    });
    const operator = () => as({ name: 'operator' });
    let outsideCount = 0;

    /** As the provider's notice tells it. */
    async function outside(order: Order, amountFen: number | null): Promise<string> {
      outsideCount += 1;
      const outsideId = `5000${outsideCount}`;
      const refundId = amountFen === null ? null : `platform000${outsideCount}`;
      await noteOutsideRefund(heart.system, { outsideId, paymentId: `${order._id}01`, refundId, amountFen });
      return outsideId;
    }

    it('takes back all that the purchase earned, once, when the operator books it', async () => {
      const order = await bought(2);
      const before = await budgetFen();
      const input = {
        orderId: order._id,
        outsideId: await outside(order, order.totalFen),
        lines: null,
        reason: '客服已退',
      };
      const booked = await Promise.all([bookOutsideRefund(operator(), input), bookOutsideRefund(operator(), input)]);
      expect(booked).toMatchObject([{ outside: { decisionReason: '客服已退' } }, { outside: {} }]);
      const entries = await entriesOf(order);
      expect(entries).toMatchObject([{ withdraws: true, outsideNumber: 'platform0001', after: { pointsBalance: 0 } }]);
      expect((await budgetFen()) - before).toBe(100);
      expect(await heart.order(order._id)).toMatchObject({ state: 'REFUNDED', refundedFen: order.totalFen });
      expect(await bookOutsideRefund(operator(), { ...input, reason: '另有说法' })).toMatchObject({
        code: 'ALREADY_DECIDED',
      });
    });

    it('takes back a part by the lines that are named, and only where they come to its amount', async () => {
      const order = await bought(3);
      // A third of the postage goes with the piece, as nothing has left yet.
      const part = { orderId: order._id, outsideId: await outside(order, 7_000), reason: '退一件' };
      const lines = (quantity: number) => [{ lineId: '1', quantity }];
      expect(await bookOutsideRefund(operator(), { ...part, lines: null })).toMatchObject({
        code: 'OUTSIDE_REFUND_AMOUNT',
      });
      expect(await bookOutsideRefund(operator(), { ...part, lines: lines(2) })).toMatchObject({
        code: 'OUTSIDE_REFUND_AMOUNT',
      });
      expect(await entriesOf(order)).toEqual([]);
      expect(await bookOutsideRefund(operator(), { ...part, lines: lines(1) })).toHaveProperty('outside.decidedAt');
      expect(await entriesOf(order)).toMatchObject([{ withdraws: false, amountFen: 7_000 }]);
      expect(await heart.order(order._id)).toMatchObject({ state: 'PAID', refundedFen: 7_000 });
    });

    it('is not booked while nobody knows how much it was, nor by anybody else', async () => {
      const order = await bought(1);
      const input = { orderId: order._id, outsideId: await outside(order, null), lines: null, reason: '待核对' };
      expect(await bookOutsideRefund(operator(), input)).toMatchObject({ code: 'OUTSIDE_REFUND_UNCLEAR' });
      expect(await bookOutsideRefund(as({ name: 'auditor' }), input)).toHaveProperty('refused');
      expect(await entriesOf(order)).toEqual([]);
    });
  });

  it('leaves every invariant standing', async () => {
    const verdict = await verify({ base: heart.base, projections, keptHeads: null, acknowledgedOrderIds: [] });
    expect(verdict.violations).toEqual([]);
    expect(verdict.entryCount).toBeGreaterThan(8);
  });
});
