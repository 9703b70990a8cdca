import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Heart, startHeart } from '../../../test/heart.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { journalStore } from '../journal/index.js';
import { type Order, type OrderRefund, orderStore } from '../orders/index.js';
import { type PaymentPort, type PaymentState, type RefundInput, paymentPort } from '../payments/index.js';
import { stockStore } from '../stock/index.js';
import {
  STUCK_QUEUES,
  type StuckQueue,
  askAboutPayments,
  closeExpiredOrders,
  completeOrders,
  noteBilledRefunds,
  readStuckWork,
  sendRefunds,
  settlePayment,
  strayPaymentStore,
  takeRefundNotice,
} from './index.js';
import { noteOutsideRefund } from './note-outside-refund.js';

const FAR = new Date('2030-01-01T00:00:00Z');

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
  const isStuck = (id: string): boolean => id.startsWith('stuck');
  /** An order that expires says that it is paid and that it is not; the others get no answer. */
  const stuckAnswer = (paymentId: string) =>
    paymentId.startsWith('stucke') ? { state: 'NOTPAY' as const, paymentId } : down();
  const port: Pick<PaymentPort, 'query' | 'close' | 'refund' | 'queryRefund'> = {
    query: async (paymentId) =>
      isStuck(paymentId)
        ? stuckAnswer(paymentId)
        : provider.isDown
          ? down()
          : (provider.payments.get(paymentId) ?? { state: 'NOTPAY', paymentId }),
    close: async (paymentId) => {
      if (provider.isDown) return down();
      if (isStuck(paymentId)) return refuse('PAYMENT_ALREADY_PAID', '已付款');
      return provider.payments.has(paymentId) ? refuse('PAYMENT_ALREADY_PAID', '已付款') : null;
    },
    refund: async (input) => {
      if (provider.isDown) return down();
      provider.refunds.push(input);
      if (isStuck(input.paymentId) || isStuck(input.refundId))
        return refuse('PAYMENT_BALANCE_LOW', '商户账户余额不足。');
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
    const attempt = attemptOf(order._id);
    await orderStore
      .collection(heart.base)
      .updateOne({ _id: order._id }, { $push: { payments: attempt }, $inc: { revision: 1 } });
    return order;
  }
  const attemptOf = (orderId: string) => ({
    paymentId: `${orderId}01`,
    scene: 'NATIVE' as const,
    createdAt: new Date(heart.nowMs),
  });
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

  it('one of which only the fact was known is made clear by what says how much, and stays one', async () => {
    const order = await opened();
    paysAtProvider(order, 'REFUND');
    heart.nowMs += 31_000;
    await askAboutPayments(heart.system);
    const paymentId = `${order._id}01`;
    const billed = { paymentId, refundId: 'platform0002', outsideId: '50002', amountFen: 7 };
    for (let time = 0; time < 2; time += 1) await noteBilledRefunds(heart.system, [billed]);
    await noteOutsideRefund(heart.system, { ...billed, outsideId: paymentId, refundId: null, amountFen: null });
    expect((await heart.order(order._id)).outsideRefunds).toEqual([{ ...billed, seenAt: expect.any(Date) }]);
    const own = await approved(order);
    await noteBilledRefunds(heart.system, [{ ...billed, refundId: own.refundId, outsideId: '50003' }]);
    expect((await heart.order(order._id)).outsideRefunds).toHaveLength(1);
    await orderStore.collection(heart.base).updateOne({ _id: order._id }, { $set: { refunds: [] } });
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

  describe('behind a thousand that are stuck in each queue, all of them due again', () => {
    /** Every reader of "the longest waiting first, at most so many" that there is: a new queue is a new row. */
    const QUEUES = {
      ASK: { letter: 'a', run: askAboutPayments, served: 'PAID' },
      EXPIRY: { letter: 'e', run: closeExpiredOrders, served: 'EXPIRED' },
      COMPLETION: { letter: 'c', run: completeOrders, served: 'COMPLETED' },
      REFUND: { letter: 'r', run: sendRefunds, served: 'REFUNDED' },
      STRAY: { letter: 's', run: sendRefunds, served: 'DONE' },
    } satisfies Record<StuckQueue, object>;
    const stuckId = (queue: StuckQueue, index: number) =>
      `stuck${QUEUES[queue].letter}${String(index).padStart(18, '0')}`;
    const orders = () => orderStore.collection(heart.base);

    beforeAll(async () => {
      const template = await opened();
      await heart.pay(template);
      const paid = await heart.order(template._id);
      const due = new Date(heart.nowMs - 1_000);
      const tries = { count: 3, sinceAt: due, nextAt: due, code: 'PAYMENT_REFUSED', reason: '试过三次' };
      const stuck = Array.from({ length: 1_000 }, (_one, index) => {
        const order = (queue: StuckQueue, more: Partial<Order>): Order => {
          const orderId = stuckId(queue, index);
          return { ...template, _id: orderId, number: orderId, payments: [attemptOf(orderId)], ...more };
        };
        const refundId = `${stuckId('REFUND', index)}r1`;
        return [
          order('ASK', { state: 'PLACED', expiresAt: new Date(heart.nowMs + 900_000), tries: { ask: tries } }),
          order('EXPIRY', {
            state: 'PLACED',
            expiresAt: due,
            tries: { expiry: tries, ask: { ...tries, nextAt: FAR } },
          }),
          order('COMPLETION', {
            ...{ state: 'RECEIVED', completesAt: due, tries: { completion: tries } },
            refunds: [{ ...refundOf(paid), state: 'REQUESTED' }],
          }),
          { ...paid, _id: stuckId('REFUND', index), refunds: [{ ...refundOf(paid), refundId, tries }] },
        ];
      });
      await orders().insertMany(stuck.flat());
      await strayPaymentStore.collection(heart.base).insertMany(
        stuck.map((_one, index) => {
          const paymentId = `${stuckId('STRAY', index)}01`;
          const common = { orderId: template._id, memberId: 'm', transactionId: 'wx', amountFen: 1, arrivedAt: due };
          const more = { reason: 'LATE', state: 'WAITING', refundId: `${paymentId}back`, tries } as const;
          return { _id: paymentId, ...common, ...more };
        }),
      );
    });
    afterAll(async () => {
      await orders().deleteMany({ _id: /^stuck/ });
      await strayPaymentStore.collection(heart.base).deleteMany({ _id: /^stuck/ });
    });

    /** Waits in this queue, and in no other. Gives how far it is. */
    async function sound(queue: StuckQueue): Promise<() => Promise<string | undefined>> {
      const order = await opened();
      const state = () => stateOf(order);
      if (queue === 'ASK') {
        paysAtProvider(order);
        await orders().updateOne({ _id: order._id }, { $set: { 'payments.0.createdAt': new Date(0) } });
        return state;
      }
      if (queue === 'EXPIRY') {
        await orders().updateOne({ _id: order._id }, { $set: { expiresAt: new Date(heart.nowMs) } });
        return state;
      }
      await heart.pay(order);
      if (queue === 'COMPLETION') {
        const completesAt = new Date(heart.nowMs);
        await orders().updateOne({ _id: order._id }, { $set: { state: 'RECEIVED', completesAt } });
        return state;
      }
      if (queue === 'REFUND') {
        await approved(order);
        return state;
      }
      const paid = { paymentId: `${order._id}02`, transactionId: 'wx2' };
      await settlePayment(heart.system, { ...paid, amountFen: order.totalFen, paidAtMs: heart.nowMs });
      return async () => (await strayPaymentStore.collection(heart.base).findOne({ _id: paid.paymentId }))?.state;
    }

    it.each(Object.keys(QUEUES) as StuckQueue[])('a sound one of %s is served in the next run', async (queue) => {
      const { run, served } = QUEUES[queue];
      const state = await sound(queue);
      await run(heart.system);
      // What was sent is asked after once its time has come.
      heart.nowMs += 6_000;
      if (served === 'REFUNDED' || served === 'DONE') await run(heart.system);
      expect(await state()).toBe(served);
    });

    it('and all of them are seen by the operator, the longest stuck of each queue', async () => {
      const seen = await readStuckWork(heart.base);
      const counts = STUCK_QUEUES.map((queue) => seen.filter((one) => one.queue === queue).length);
      // Of completion none: a refund that is still being decided is no fault.
      expect(counts).toEqual([100, 100, 0, 100, 100]);
      // A stray payment says what it is, and then why it does not go back.
      expect(seen.find((one) => one.queue === 'STRAY')?.tries.reason).toMatch(/^付款晚了，货已经没有。退款：/);
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
    heart.nowMs += 5_000;
    await completeOrders(heart.system);
    await completeOrders(heart.system);
    expect([await stateOf(order), await entryCount(order)]).toEqual(['COMPLETED', 2]);
  });
});
