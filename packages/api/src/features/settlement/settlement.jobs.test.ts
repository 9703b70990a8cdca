import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Heart, startHeart } from '../../../test/heart.js';
import { refuse } from '../../kernel/refusal.js';
import { journalStore } from '../journal/index.js';
import { type Order, orderStore } from '../orders/index.js';
import { type PaymentPort, type PaymentState, type RefundInput, paymentPort } from '../payments/index.js';
import { stockStore } from '../stock/index.js';
import {
  askAboutPayments,
  closeExpiredOrders,
  completeOrders,
  sendRefunds,
  settlePayment,
  strayPaymentStore,
} from './index.js';

/** What the provider would say; a test writes it. */
interface Provider {
  payments: Map<string, PaymentState>;
  refunds: RefundInput[];
  isDown: boolean;
}

describe('what settlement does by itself', () => {
  let heart: Heart;
  let memberCount = 0;
  const provider: Provider = { payments: new Map(), refunds: [], isDown: false };
  const down = () => refuse('PAYMENT_PROVIDER_UNAVAILABLE', '支付服务暂时没有回应，请稍后再试。');
  const port: Pick<PaymentPort, 'query' | 'close' | 'refund'> = {
    query: async (paymentId) =>
      provider.isDown ? down() : (provider.payments.get(paymentId) ?? { state: 'NOTPAY', paymentId }),
    close: async (paymentId) => {
      if (provider.isDown) return down();
      return provider.payments.has(paymentId) ? refuse('PAYMENT_ALREADY_PAID', '已付款') : null;
    },
    refund: async (input) => {
      if (provider.isDown) return down();
      const known = provider.refunds.some((one) => one.refundId === input.refundId);
      provider.refunds.push(input);
      const { refundId, paymentId, amountFen } = input;
      const state = known ? 'SUCCESS' : 'PROCESSING';
      return { refundId, paymentId, amountFen, state, providerRefundId: 'p', refundedAtMs: known ? heart.nowMs : null };
    },
  };
  beforeAll(async () => {
    heart = await startHeart('settlement-jobs');
    paymentPort.fill(heart.base, port as PaymentPort);
    await heart.supply('honey', 1_000);
  });
  beforeEach(() => void Object.assign(provider, { payments: new Map(), refunds: [], isDown: false }));
  afterAll(() => heart.stop());

  /** Placed, with a payment opened at the provider. */
  async function opened(more: { productId?: string } = {}): Promise<Order> {
    memberCount += 1;
    const lines = [{ productId: more.productId ?? 'honey', quantity: 1 }];
    const order = await heart.place({ memberId: `m${memberCount}`, key: 'key-0001', lines });
    const attempt = { paymentId: `${order._id}01`, scene: 'NATIVE' as const, createdAt: new Date(heart.nowMs) };
    await orderStore
      .collection(heart.base)
      .updateOne({ _id: order._id }, { $push: { payments: attempt }, $inc: { revision: 1 } });
    return order;
  }
  function paysAtProvider(order: Order): void {
    const paymentId = `${order._id}01`;
    provider.payments.set(paymentId, {
      state: 'SUCCESS',
      paymentId,
      transactionId: `wx${paymentId}`,
      amountFen: order.totalFen,
      paidAtMs: heart.nowMs,
    });
  }
  const stateOf = async (order: Order) => (await heart.order(order._id)).state;
  const entryCount = (order: Order) => journalStore.collection(heart.base).countDocuments({ orderId: order._id });

  it('asks about a payment whose notice never came, and settles it once', async () => {
    const order = await opened();
    paysAtProvider(order);
    expect(await askAboutPayments(heart.system)).toBe(0);
    heart.nowMs += 31_000;
    expect(await askAboutPayments(heart.system)).toBe(1);
    expect(await askAboutPayments(heart.system)).toBe(0);
    expect([await stateOf(order), await entryCount(order)]).toEqual(['PAID', 1]);
  });

  it('never closes an order whose money the provider has', async () => {
    const order = await opened();
    paysAtProvider(order);
    heart.nowMs += 900_000;
    await closeExpiredOrders(heart.system);
    expect([await stateOf(order), await entryCount(order)]).toEqual(['PAID', 1]);
  });

  it('frees the goods on time while the provider does not answer, and settles its money when it comes after all', async () => {
    const order = await opened();
    provider.isDown = true;
    heart.nowMs += 900_000;
    await closeExpiredOrders(heart.system);
    expect(await stateOf(order)).toBe('EXPIRED');
    await heart.pay(order);
    expect([await stateOf(order), await entryCount(order)]).toEqual(['PAID', 1]);
  });

  it('does not expire an order a moment early', async () => {
    const order = await opened();
    heart.nowMs = order.expiresAt.getTime() - 1;
    await closeExpiredOrders(heart.system);
    expect(await stateOf(order)).toBe('PLACED');
    heart.nowMs += 1;
    await closeExpiredOrders(heart.system);
    expect(await stateOf(order)).toBe('EXPIRED');
  });

  it('sends money that settled nothing back, once, through a provider that was away', async () => {
    const order = await opened();
    const paid = {
      paymentId: `${order._id}01`,
      transactionId: 'wx',
      amountFen: order.totalFen - 1,
      paidAtMs: heart.nowMs,
    };
    await settlePayment(heart.system, paid);
    const stray = () => strayPaymentStore.collection(heart.base).findOne({ _id: paid.paymentId });
    provider.isDown = true;
    await sendRefunds(heart.system);
    expect((await stray())?.state).toBe('WAITING');
    provider.isDown = false;
    for (const state of ['SENT', 'DONE', 'DONE']) {
      await sendRefunds(heart.system);
      expect((await stray())?.state).toBe(state);
    }
    expect(provider.refunds.map((one) => [one.refundId, one.amountFen])).toEqual(
      Array(2).fill([`${order._id}01back`, paid.amountFen]),
    );
    expect(await entryCount(order)).toBe(0);
  });

  it('sends an approved refund under one number until it is done, and undoes the purchase then', async () => {
    const order = await opened();
    await heart.pay(order);
    const refund = {
      ...{
        refundId: `${order._id}r1`,
        contentHash: 'h',
        state: 'APPROVED' as const,
        amountFen: order.totalFen,
        reason: '退',
        restock: true,
      },
      ...{
        lines: [{ lineId: '1', quantity: 1, amountFen: order.totalFen }],
        requestedAt: new Date(heart.nowMs),
        escalated: false,
      },
    };
    await orderStore
      .collection(heart.base)
      .updateOne({ _id: order._id }, { $push: { refunds: refund }, $inc: { revision: 1 } });
    const before = await stockStore.collection(heart.base).findOne({ _id: 'honey' });
    for (let run = 0; run < 3; run += 1) await sendRefunds(heart.system);
    expect(provider.refunds.map((one) => one.refundId)).toEqual([refund.refundId, refund.refundId]);
    expect([await stateOf(order), await entryCount(order)]).toEqual(['REFUNDED', 2]);
    expect(await stockStore.collection(heart.base).findOne({ _id: 'honey' })).toMatchObject({
      leftCount: (before?.leftCount ?? 0) + 1,
    });
  });

  it('completes a received order when its window is over, not while a refund is being decided', async () => {
    const order = await opened();
    await heart.pay(order);
    const completesAt = new Date(heart.nowMs + 1_000);
    const open = { refundId: 'r', state: 'REQUESTED', lines: [], amountFen: 0 } as never;
    const set = (update: object) => orderStore.collection(heart.base).updateOne({ _id: order._id }, update);
    await set({ $set: { state: 'RECEIVED', completesAt }, $push: { refunds: open } });
    await completeOrders(heart.system);
    heart.nowMs += 1_000;
    await completeOrders(heart.system);
    expect(await stateOf(order)).toBe('RECEIVED');
    await set({ $set: { refunds: [] } });
    await completeOrders(heart.system);
    await completeOrders(heart.system);
    expect([await stateOf(order), await entryCount(order)]).toEqual(['COMPLETED', 2]);
  });
});
