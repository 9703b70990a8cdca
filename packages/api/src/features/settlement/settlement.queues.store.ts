import type { Base } from '../../kernel/context.js';
import { type Tries, dueFilter } from '../../kernel/work-queue.js';
import { type Order, type OrderQueue, type OrderRefund, orderStore } from '../orders/index.js';

/** What a run of a queue may take from the database at once. */
interface Due {
  readonly nowMs: number;
  readonly limit: number;
}

/** Orders whose time to pay is over. */
export async function readExpiredOrders(base: Base, due: Due): Promise<Order[]> {
  return readDueOrders(base, 'expiry', { state: 'PLACED', expiresAt: { $lte: new Date(due.nowMs) } }, due);
}

/** Unpaid orders with a payment opened before this instant: a notice may have been lost. */
export async function readOrdersAwaitingNotice(base: Base, due: Due & { beforeMs: number }): Promise<Order[]> {
  const openedBefore = { closedAt: { $exists: false }, createdAt: { $lte: new Date(due.beforeMs) } };
  const filter = { state: 'PLACED', expiresAt: { $exists: true }, payments: { $elemMatch: openedBefore } };
  return readDueOrders(base, 'ask', filter, due);
}

/** Received orders whose return window is over. */
export async function readOrdersToComplete(base: Base, due: Due): Promise<Order[]> {
  return readDueOrders(base, 'completion', { state: 'RECEIVED', completesAt: { $lte: new Date(due.nowMs) } }, due);
}

/** The never tried first: a missing instant sorts before all others. */
async function readDueOrders(base: Base, queue: OrderQueue, filter: object, due: Due): Promise<Order[]> {
  return orderStore
    .collection(base)
    .find({ ...filter, ...dueFilter(`tries.${queue}`, due.nowMs) })
    .sort({ [`tries.${queue}.nextAt`]: 1 })
    .limit(due.limit)
    .toArray();
}

export async function putOffOrder(
  base: Base,
  change: { orderId: string; queue: OrderQueue; tries: Tries },
): Promise<void> {
  const { orderId, queue, tries } = change;
  await orderStore.collection(base).updateOne({ _id: orderId }, { $set: { [`tries.${queue}`]: tries } });
}

/** Orders with a refund that is on its way and due. */
export async function readOrdersWithDueRefunds(base: Base, due: Due): Promise<Order[]> {
  return orderStore
    .collection(base)
    .find({
      'refunds.refundId': { $exists: true },
      'refunds.state': { $in: ['APPROVED', 'SENT'] },
      refunds: { $elemMatch: { state: { $in: ['APPROVED', 'SENT'] }, ...dueFilter('tries', due.nowMs) } },
    })
    .sort({ 'refunds.tries.nextAt': 1 })
    .limit(due.limit)
    .toArray();
}

export async function putOffRefund(
  base: Base,
  change: { orderId: string; refund: Pick<OrderRefund, 'refundId'>; tries: Tries },
): Promise<void> {
  const { orderId, refund, tries } = change;
  const open = { refundId: refund.refundId, state: { $in: ['APPROVED' as const, 'SENT' as const] } };
  await orderStore
    .collection(base)
    .updateOne({ _id: orderId, refunds: { $elemMatch: open } }, { $set: { 'refunds.$.tries': tries } });
}
