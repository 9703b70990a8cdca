import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { type Order, type OrderRefund, type OutsideRefund, orderStore } from './orders.store.js';

/**
 * Appends it, unless it stands there already, under the provider's number or that of whoever made it. One that only says
 * that something went back (`amountFen` null) is made clear by the next that says how much. Gives the order as it is then;
 * null where there is no such order.
 */
export async function appendOutsideRefund(
  base: Base,
  change: { orderId: string; outside: OutsideRefund },
): Promise<{ order: Order; isNew: boolean } | null> {
  const { orderId, outside } = change;
  const orders = orderStore.collection(base);
  const { outsideId, paymentId, refundId, amountFen } = outside;
  const isUnclear = amountFen === null;
  const same = isUnclear ? { paymentId } : { $or: [{ outsideId }, ...(refundId === null ? [] : [{ refundId }])] };
  const isNone = { outsideRefunds: { $not: { $elemMatch: same } } };
  if (!isUnclear) {
    const unclear = { $elemMatch: { outsideId: paymentId, amountFen: null, decidedAt: { $exists: false } } };
    const cleared = await orders.findOneAndUpdate(
      { _id: orderId, $and: [isNone, { outsideRefunds: unclear }] },
      { $set: { 'outsideRefunds.$[one]': outside }, $inc: { revision: 1 } },
      { arrayFilters: [{ 'one.outsideId': paymentId, 'one.amountFen': null }], returnDocument: 'after' },
    );
    if (cleared) return { order: cleared, isNew: true };
  }
  const order = await orders.findOneAndUpdate(
    { _id: orderId, ...isNone },
    { $push: { outsideRefunds: outside }, $inc: { revision: 1 } },
    { returnDocument: 'after' },
  );
  if (order) return { order, isNew: true };
  const before = await orders.findOne({ _id: orderId });
  return before ? { order: before, isNew: false } : null;
}

/** Writes the decision, once. Null: there is none of this name that waits for one. */
export async function writeOutsideDecision(
  base: Base,
  decision: { outsideId: string; orderId: string; decidedAt: Date; decidedBy: string; decisionReason: string },
): Promise<Order | null> {
  const { outsideId, orderId, decidedAt, decidedBy, decisionReason } = decision;
  return orderStore.collection(base).findOneAndUpdate(
    { _id: orderId, outsideRefunds: { $elemMatch: { outsideId, decidedAt: { $exists: false } } } },
    {
      $set: {
        'outsideRefunds.$.decidedAt': decidedAt,
        'outsideRefunds.$.decidedBy': decidedBy,
        'outsideRefunds.$.decisionReason': decisionReason,
      },
      $inc: { revision: 1 },
    },
    { returnDocument: 'after' },
  );
}

/** Writes the decision together with the refund that it is, on the order as the transaction read it. Gives it as it is then. */
export async function writeOutsideAsRefund(
  base: Base,
  change: { order: Order; outsideId: string; refund: OrderRefund },
  session: Session,
): Promise<Order> {
  const { order, outsideId, refund } = change;
  const { decidedAt, decidedBy, decisionReason } = refund;
  const after = await orderStore.collection(base).findOneAndUpdate(
    { _id: order._id, revision: order.revision, 'outsideRefunds.outsideId': outsideId },
    {
      $set: {
        'outsideRefunds.$.decidedAt': decidedAt,
        'outsideRefunds.$.decidedBy': decidedBy,
        'outsideRefunds.$.decisionReason': decisionReason,
      },
      $push: { refunds: refund },
      $inc: { revision: 1 },
    },
    { returnDocument: 'after', session },
  );
  if (!after) throw new Error('the order changed within the transaction that read it');
  return after;
}

/** Orders with money that went back outside of the zone, the longest known first. */
export async function readOrdersWithOutsideRefunds(
  base: Base,
  query: { openOnly: boolean; first: number },
): Promise<Order[]> {
  const open = { outsideRefunds: { $elemMatch: { decidedAt: { $exists: false } } } };
  return orderStore
    .collection(base)
    .find({ 'outsideRefunds.outsideId': { $exists: true }, ...(query.openOnly ? open : {}) })
    .sort({ 'outsideRefunds.seenAt': 1 })
    .limit(query.first)
    .toArray();
}
