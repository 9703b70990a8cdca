import type { Base } from '../../kernel/context.js';
import { type Order, type OrderRefund, orderStore } from './orders.store.js';

/** Replaces one refund of an order, if it still is in the state it was read in. */
export async function writeRefund(
  base: Base,
  change: { order: Pick<Order, '_id'>; refund: OrderRefund; from: OrderRefund['state'] },
): Promise<Order | null> {
  const { order, refund, from } = change;
  return orderStore
    .collection(base)
    .findOneAndUpdate(
      { _id: order._id, refunds: { $elemMatch: { refundId: refund.refundId, state: from } } },
      { $set: { 'refunds.$': refund }, $inc: { revision: 1 } },
      { returnDocument: 'after' },
    );
}
