import type { Base } from '../../kernel/context.js';
import { type Order, type OutsideRefund, orderStore } from './orders.store.js';

/** Appends it, unless it stands there already. Gives the order as it is then; null where there is no such order. */
export async function appendOutsideRefund(
  base: Base,
  change: { orderId: string; outside: OutsideRefund },
): Promise<{ order: Order; isNew: boolean } | null> {
  const { orderId, outside } = change;
  const orders = orderStore.collection(base);
  const order = await orders.findOneAndUpdate(
    { _id: orderId, 'outsideRefunds.outsideId': { $ne: outside.outsideId } },
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
