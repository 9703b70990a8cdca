import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Heart, startHeart } from '../../../test/heart.js';
import type { Role } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal } from '../../kernel/refusal.js';
import { confirmReceipt } from './confirm-receipt.js';
import { decideRefund } from './decide-refund.js';
import { escalateRefund } from './escalate-refund.js';
import { type Order, orderStore } from './orders.store.js';
import { type RefundOfOrder, type RequestRefundInput, requestRefund } from './request-refund.js';
import { shipParcel } from './ship-parcel.js';

describe('asking for money back', () => {
  let heart: Heart;
  let orderCount = 0;
  beforeAll(async () => {
    heart = await startHeart('refunds');
    await heart.supply('honey', 1_000);
  });
  afterAll(() => heart.stop());

  const as = (memberId: string, role: Role): Context => ({
    base: heart.base,
    actor: { kind: 'person', memberId, roles: [role] },
    requestId: 'test',
    log: heart.base.log,
  });
  const buyer = (): Context => as('m1', { name: 'member' });
  const supplier = (): Context => as('farmer', { name: 'supplier', supplierId: 's-1' });
  const operator = (): Context => as('desk', { name: 'operator' });

  /** Paid: three pieces of 68.00, postage 6.01. */
  async function paidOrder(): Promise<Order> {
    orderCount += 1;
    const order = await heart.place({
      memberId: 'm1',
      key: `key-${orderCount}`,
      lines: [{ productId: 'honey', quantity: 3 }],
    });
    await heart.pay(order);
    return order;
  }
  const ask = (order: Order, key: string, quantity: number | null, more: Partial<RequestRefundInput> = {}) =>
    requestRefund(buyer(), {
      ...{ idempotencyKey: key, orderId: order._id, reason: '不想要了' },
      lines: quantity === null ? null : [{ lineId: '1', quantity }],
      ...more,
    });
  const asked = async (order: Order, key: string, quantity: number): Promise<RefundOfOrder['refund']> => {
    const answer = await ask(order, key, quantity);
    if (isRefusal(answer)) throw new Error(answer.code);
    return answer.refund;
  };
  const reject = (refundId: string) => decideRefund(supplier(), { refundId, approve: false, reason: '已在配货' });
  const claimedFen = async (order: Order) => {
    const { refunds } = await heart.order(order._id);
    return refunds.filter((one) => one.state !== 'REJECTED').reduce((sum, one) => sum + one.amountFen, 0);
  };

  it('claims each piece once, however many ask at once', async () => {
    const order = await paidOrder();
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => ask(order, key, 2)));
    expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
    for (const answer of answers.filter(isRefusal))
      expect(answer).toMatchObject({ code: 'REFUND_TOO_MUCH', details: { leftCount: 1 } });
    expect((await heart.order(order._id)).refunds).toHaveLength(1);
  });

  it('gives all that is left, and its parts sum to what was paid', async () => {
    const order = await paidOrder();
    expect(await asked(order, 'one', 1)).toMatchObject({ amountFen: 7_000 });
    const rest = await ask(order, 'rest', null);
    expect(rest).toMatchObject({ refund: { lines: [{ quantity: 2, amountFen: 14_001 }] } });
    expect(await claimedFen(order)).toBe(order.totalFen);
    expect(await ask(order, 'more', null)).toMatchObject({ code: 'NOT_REFUNDABLE' });
  });

  it('is one request for one key, and refuses the key for another', async () => {
    const order = await paidOrder();
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(order, 'same-key', 1)));
    expect(answers.every((answer) => !isRefusal(answer))).toBe(true);
    expect((await heart.order(order._id)).refunds).toHaveLength(1);
    expect(await ask(order, 'same-key', 2)).toMatchObject({ code: 'KEY_REUSED' });
  });

  it.each<[string, number | null, Partial<RequestRefundInput>, string]>([
    ['more than was bought', 4, {}, 'REFUND_TOO_MUCH'],
    ['no piece', 0, {}, 'REFUND_LINES_INVALID'],
    ['a line that is not there', null, { lines: [{ lineId: '9', quantity: 1 }] }, 'REFUND_LINES_INVALID'],
    [
      'a line named twice',
      null,
      {
        lines: [
          { lineId: '1', quantity: 1 },
          { lineId: '1', quantity: 1 },
        ],
      },
      'REFUND_LINES_INVALID',
    ],
    ['without a reason', 1, { reason: '  ' }, 'REASON_INVALID'],
    ['for an order of somebody else', 1, { orderId: 'another' }, 'ORDER_UNKNOWN'],
  ])('refuses %s', async (_what, quantity, more, code) => {
    const order = await paidOrder();
    expect(await ask(order, 'refused', quantity, more)).toMatchObject({ code });
    expect((await heart.order(order._id)).refunds).toEqual([]);
  });

  it('frees the pieces of a rejected request, to the fen of the postage', async () => {
    const order = await paidOrder();
    const first = await asked(order, 'first', 1);
    await asked(order, 'second', 2);
    expect(await ask(order, 'third', 1)).toMatchObject({ code: 'NOT_REFUNDABLE' });
    await reject(first.refundId);
    await asked(order, 'third', 1);
    expect(await claimedFen(order)).toBe(order.totalFen);
  });

  it('lets the operator look again at a rejection, once, and not the supplier', async () => {
    const order = await paidOrder();
    const { refundId } = await asked(order, 'first', 1);
    const again = () => escalateRefund(buyer(), { refundId, reason: '请再看一次' });
    expect(await again()).toMatchObject({ code: 'NOT_ESCALATABLE' });
    await reject(refundId);
    expect(await again()).toMatchObject({ refund: { state: 'REQUESTED', escalated: true, amountFen: 7_000 } });
    expect(await decideRefund(supplier(), { refundId, approve: true, reason: '好' })).toMatchObject({
      code: 'REFUND_UNKNOWN',
    });
    expect(await decideRefund(operator(), { refundId, approve: false, reason: '照片看不清' })).toMatchObject({
      refund: { state: 'REJECTED' },
    });
    expect(await again()).toMatchObject({ code: 'NOT_ESCALATABLE' });
  });

  it('escalates no piece that another request has claimed since', async () => {
    const order = await paidOrder();
    const { refundId } = await asked(order, 'first', 2);
    await reject(refundId);
    await asked(order, 'second', 2);
    expect(await escalateRefund(buyer(), { refundId, reason: '请再看一次' })).toMatchObject({
      code: 'REFUND_TOO_MUCH',
    });
  });

  it('escalates for what is left of the line: two requests never sum to more than was paid', async () => {
    const order = await paidOrder();
    const first = await asked(order, 'first', 1);
    await asked(order, 'second', 1);
    const third = await asked(order, 'third', 1);
    expect(third.amountFen).toBe(7_001);
    await reject(third.refundId);
    await asked(order, 'fourth', 1);
    await reject(first.refundId);
    const again = await escalateRefund(buyer(), { refundId: third.refundId, reason: '请再看一次' });
    expect(again).toMatchObject({ refund: { state: 'REQUESTED', amountFen: 7_000, lines: [{ amountFen: 7_000 }] } });
    expect(await claimedFen(order)).toBe(order.totalFen);
  });

  it('is decided once, by whoever supplies the goods', async () => {
    const order = await paidOrder();
    const { refundId } = await asked(order, 'first', 1);
    const other = as('other', { name: 'supplier', supplierId: 's-2' });
    expect(await decideRefund(other, { refundId, approve: true, reason: '好' })).toMatchObject({
      code: 'REFUND_UNKNOWN',
    });
    expect(await decideRefund(buyer(), { refundId, approve: true, reason: '好' })).toMatchObject({
      code: 'NOT_ALLOWED',
    });
    const answers = await Promise.all(
      [true, false].map((approve) => decideRefund(supplier(), { refundId, approve, reason: '看过了' })),
    );
    expect(answers.filter(isRefusal)).toMatchObject([{ code: 'ALREADY_DECIDED' }]);
    expect((await orderStore.collection(heart.base).findOne({ _id: order._id }))?.refunds[0]?.restock).toBe(
      !isRefusal(answers[0]),
    );
  });

  it('leaves out the postage, and the shelf, once the parcel is under way', async () => {
    const order = await paidOrder();
    await shipParcel(supplier(), { orderId: order._id, parcelId: '1', express: '邮政 1' });
    const refund = await asked(order, 'first', 3);
    expect(refund.amountFen).toBe(20_400);
    expect(await decideRefund(supplier(), { refundId: refund.refundId, approve: true, reason: '好' })).toMatchObject({
      refund: { restock: false },
    });
  });

  it('goods are received when they were sent, not before', async () => {
    const order = await paidOrder();
    const receive = () => confirmReceipt(buyer(), { orderId: order._id });
    expect(await receive()).toMatchObject({ code: 'NOT_SENT' });
    expect((await heart.order(order._id)).completesAt).toBeUndefined();
    await shipParcel(supplier(), { orderId: order._id, parcelId: '1', express: '邮政 1' });
    const answers = await Promise.all([receive(), receive()]);
    for (const answer of answers) expect(answer).toMatchObject({ state: 'RECEIVED' });
  });
});
