import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Heart, startHeart } from '../../../test/heart.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { journalStore } from '../journal/index.js';
import { type Order, type OrderRefund, orderStore } from '../orders/index.js';
import { type PaymentPort, type PaymentState, type RefundInput, paymentPort } from '../payments/index.js';
import { stockStore } from '../stock/index.js';
import {
  askAboutPayments,
  closeExpiredOrders,
  completeOrders,
  sendRefunds,
  settlePayment,
  strayPaymentStore,
  takeRefundNotice,
} from './index.js';

/** What the provider would say; a test writes it. */
interface Provider {
  payments: Map<string, PaymentState>;
  /** What was sent, each time. */
  refunds: RefundInput[];
  /** By the refund's number. */
  refusals: Map<string, Refusal>;
  isDown: boolean;
}

describe('what settlement does by itself', () => {
  let heart: Heart;
  let memberCount = 0;
  const provider: Provider = { payments: new Map(), refunds: [], refusals: new Map(), isDown: false };
  const down = () => refuse('PAYMENT_PROVIDER_UNAVAILABLE', '支付服务暂时没有回应，请稍后再试。');
  const port: Pick<PaymentPort, 'query' | 'close' | 'refund' | 'queryRefund'> = {
    query: async (paymentId) =>
      provider.isDown ? down() : (provider.payments.get(paymentId) ?? { state: 'NOTPAY', paymentId }),
    close: async (paymentId) => {
      if (provider.isDown) return down();
      return provider.payments.has(paymentId) ? refuse('PAYMENT_ALREADY_PAID', '已付款') : null;
    },
    refund: async (input) => {
      if (provider.isDown) return down();
      provider.refunds.push(input);
      return provider.refusals.get(input.refundId) ?? refundState(input, 'PROCESSING');
    },
    queryRefund: async (refundId) => {
      if (provider.isDown) return down();
      const input = provider.refunds.find((one) => one.refundId === refundId);
      return input ? refundState(input, 'SUCCESS') : refuse('PAYMENT_UNKNOWN', '没有这笔退款');
    },
  };
  const refundState = ({ refundId, paymentId, amountFen }: RefundInput, state: 'PROCESSING' | 'SUCCESS') => ({
    refundId,
    paymentId,
    amountFen,
    state,
    providerRefundId: 'p',
    refundedAtMs: state === 'SUCCESS' ? heart.nowMs : null,
  });
  beforeAll(async () => {
    heart = await startHeart('settlement-jobs');
    paymentPort.fill(heart.base, port as PaymentPort);
    await heart.supply('honey', 1_000);
  });
  beforeEach(
    () => void Object.assign(provider, { payments: new Map(), refunds: [], refusals: new Map(), isDown: false }),
  );
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
  const refundOf = (order: Order): OrderRefund => ({
    refundId: `${order._id}r1`,
    contentHash: 'h',
    state: 'APPROVED',
    amountFen: order.totalFen,
    reason: '退',
    restock: true,
    lines: [{ lineId: '1', quantity: 1, amountFen: order.totalFen }],
    requestedAt: new Date(heart.nowMs),
    escalated: false,
  });
  async function approved(order: Order): Promise<OrderRefund> {
    const refund = refundOf(order);
    await orderStore
      .collection(heart.base)
      .updateOne({ _id: order._id }, { $push: { refunds: refund }, $inc: { revision: 1 } });
    return refund;
  }
  function paysAtProvider(order: Order, state: 'SUCCESS' | 'REFUND' = 'SUCCESS'): void {
    const paymentId = `${order._id}01`;
    provider.payments.set(paymentId, {
      state,
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
      asked: true,
    };
    await settlePayment(heart.system, paid);
    const stray = () => strayPaymentStore.collection(heart.base).findOne({ _id: paid.paymentId });
    provider.isDown = true;
    await sendRefunds(heart.system);
    expect((await stray())?.state).toBe('WAITING');
    provider.isDown = false;
    for (const state of ['SENT', 'DONE', 'DONE']) {
      heart.nowMs += 60_000;
      await sendRefunds(heart.system);
      expect((await stray())?.state).toBe(state);
    }
    expect(provider.refunds.map((one) => [one.refundId, one.amountFen])).toEqual([
      [`${order._id}01back`, paid.amountFen],
    ]);
    expect(await entryCount(order)).toBe(0);
  });

  it('sends an approved refund under one number until it is done, and undoes the purchase then', async () => {
    const order = await opened();
    await heart.pay(order);
    const refund = await approved(order);
    const before = await stockStore.collection(heart.base).findOne({ _id: 'honey' });
    for (let run = 0; run < 3; run += 1, heart.nowMs += 60_000) await sendRefunds(heart.system);
    // Sent once, and asked after from then on.
    expect(provider.refunds.map((one) => one.refundId)).toEqual([refund.refundId]);
    expect([await stateOf(order), await entryCount(order)]).toEqual(['REFUNDED', 2]);
    expect(await stockStore.collection(heart.base).findOne({ _id: 'honey' })).toMatchObject({
      leftCount: (before?.leftCount ?? 0) + 1,
    });
  });

  it('settles what was paid and went back at the platform, once, and puts the refund on the order', async () => {
    const order = await opened();
    paysAtProvider(order, 'REFUND');
    heart.nowMs += 31_000;
    for (let run = 0; run < 2; run += 1) await askAboutPayments(heart.system);
    expect([await stateOf(order), await entryCount(order)]).toEqual(['PAID', 1]);
    const paymentId = `${order._id}01`;
    expect((await heart.order(order._id)).outsideRefunds).toMatchObject([{ outsideId: paymentId, amountFen: null }]);
  });

  it('keeps a refund notice for a refund that was never made here, and tells each once', async () => {
    const order = await opened();
    await heart.pay(order);
    const notice = {
      kind: 'refund' as const,
      noticeId: 'n1',
      refundId: 'platform0001',
      paymentId: `${order._id}01`,
      providerRefundId: '50001',
      state: 'SUCCESS' as const,
      amountFen: 1,
      refundedAtMs: heart.nowMs,
    };
    for (let time = 0; time < 2; time += 1) expect(await takeRefundNotice(heart.system, notice)).toBeNull();
    const { outsideRefunds } = await heart.order(order._id);
    expect(outsideRefunds).toMatchObject([{ outsideId: '50001', refundId: 'platform0001', amountFen: 1 }]);
  });

  it('ends a refund that the provider refuses for good as FAILED, with its words', async () => {
    const order = await opened();
    await heart.pay(order);
    const refund = await approved(order);
    const details = { providerCode: 'INVALID_REQUEST', providerMessage: '退款总金额大于订单金额', meaning: 'FINAL' };
    provider.refusals.set(refund.refundId, refuse('PAYMENT_REFUSED', '支付平台没有受理。', { details }));
    for (let run = 0; run < 3; run += 1, heart.nowMs += 60_000) await sendRefunds(heart.system);
    expect(provider.refunds).toHaveLength(1);
    expect((await heart.order(order._id)).refunds).toMatchObject([
      { state: 'FAILED', failureReason: '退款总金额大于订单金额（INVALID_REQUEST）' },
    ]);
  });

  it('serves a sound refund in the next run, behind a thousand that are stuck', async () => {
    const template = await opened();
    await heart.pay(template);
    const paidOrder = await heart.order(template._id);
    const stuck = Array.from({ length: 1_000 }, (_one, index): Order => {
      const orderId = `stuck${String(index).padStart(19, '0')}`;
      const refund = { ...refundOf(paidOrder), refundId: `${orderId}r1` };
      provider.refusals.set(refund.refundId, refuse('PAYMENT_BALANCE_LOW', '商户账户余额不足。'));
      return { ...paidOrder, _id: orderId, refunds: [refund] };
    });
    await orderStore.collection(heart.base).insertMany(stuck);
    await sendRefunds(heart.system);
    expect(provider.refunds).toHaveLength(1_000);
    const sound = await opened();
    await heart.pay(sound);
    const { refundId } = await approved(sound);
    await sendRefunds(heart.system);
    // Only the sound one was due: what is stuck waits for its time.
    expect(provider.refunds.slice(1_000).map((one) => one.refundId)).toEqual([refundId]);
    heart.nowMs += 60_000;
    await sendRefunds(heart.system);
    expect(await stateOf(sound)).toBe('REFUNDED');
    await orderStore.collection(heart.base).deleteMany({ _id: /^stuck/ });
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
    heart.nowMs += 5_000;
    await completeOrders(heart.system);
    await completeOrders(heart.system);
    expect([await stateOf(order), await entryCount(order)]).toEqual(['COMPLETED', 2]);
  });
});
