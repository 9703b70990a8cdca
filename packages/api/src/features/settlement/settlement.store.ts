import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import type { PurchaseEntry } from '../journal/index.js';
import { type Order, type OrderPromise, type OrderRefund, type OrderState, orderStore } from '../orders/index.js';
import type { PaymentPaid } from './settlement.rules.js';

/** What an entry does not take from its order. */
const UNREAD = {
  address: 0,
  parcels: 0,
  payments: 0,
  refunds: 0,
  contentHash: 0,
  number: 0,
  'lines.title': 0,
  'lines.specification': 0,
  'lines.traceCode': 0,
} as const;

/** The orders of a group at the transaction's snapshot, without what settlement does not need. */
export async function readOrdersToSettle(
  base: Base,
  orderIds: readonly string[],
  session: Session,
): Promise<Map<string, Order>> {
  const orders = await orderStore
    .collection(base)
    .find({ _id: { $in: [...new Set(orderIds)] } }, { session, projection: UNREAD })
    .toArray();
  return new Map(orders.map((order) => [order._id, order]));
}

/**
 * PLACED → PAID: the other side of the entries inserted in the same transaction (I5, I10). The transaction has read these
 * orders as PLACED, and its snapshot makes a change since then a conflict; so the filter is the id alone, which MongoDB
 * answers without planning a query: half the time of the whole update.
 */
export async function markPaid(
  base: Base,
  settled: readonly { entry: PurchaseEntry; paid: PaymentPaid }[],
  session: Session,
): Promise<void> {
  const result = await orderStore.collection(base).bulkWrite(
    settled.map(({ entry, paid }) => ({
      updateOne: { filter: { _id: entry.orderId }, update: paidUpdate(paid) },
    })),
    { session, ordered: false },
  );
  if (result.modifiedCount !== settled.length)
    throw new Error('an order left PLACED within the transaction that read it');
}

/** A late payment whose goods could be held again: EXPIRED or CANCELLED → PAID, with the promises that still stand. */
export async function markPaidLate(
  base: Base,
  change: { order: Order; paid: PaymentPaid; promises: readonly OrderPromise[] },
  session: Session,
): Promise<void> {
  const { order, paid, promises } = change;
  const { $set, $inc } = paidUpdate(paid);
  await orderStore
    .collection(base)
    .updateOne(
      { _id: order._id, state: order.state },
      { $set: { ...$set, promises: [...promises] }, $unset: { closedAt: true }, $inc },
      { session },
    );
}

function paidUpdate({ paymentId, transactionId, paidAtMs }: PaymentPaid) {
  return {
    $set: { state: 'PAID' as const, paidAt: new Date(paidAtMs), paidBy: { paymentId, transactionId } },
    $inc: { revision: 1 },
  };
}

export async function readOrderIn(base: Base, orderId: string, session: Session): Promise<Order | null> {
  return orderStore.collection(base).findOne({ _id: orderId }, { session });
}

export async function setOrderState(
  base: Base,
  change: { order: Order; to: OrderState },
  session: Session,
): Promise<void> {
  const { order, to } = change;
  await orderStore
    .collection(base)
    .updateOne(
      { _id: order._id, revision: order.revision },
      { $set: { state: to }, $inc: { revision: 1 } },
      { session },
    );
}

/** Closes a refund on its order together with the journal's entry. */
export async function closeRefund(
  base: Base,
  change: { order: Order; refund: OrderRefund; allReturned: boolean },
  session: Session,
): Promise<void> {
  const { order, refund, allReturned } = change;
  const result = await orderStore.collection(base).updateOne(
    { _id: order._id, revision: order.revision, 'refunds.refundId': refund.refundId },
    {
      $set: {
        'refunds.$': refund,
        refundedFen: order.refundedFen + refund.amountFen,
        ...(allReturned ? { state: 'REFUNDED' as const } : {}),
      },
      $inc: { revision: 1 },
    },
    { session },
  );
  if (result.modifiedCount !== 1) throw new Error('the order changed within the transaction that read it');
}

/** A payment that goes back never settles the order that it was for, whatever is said of it later (I5). */
export async function noteStray(
  base: Base,
  change: { orderId: string; paymentId: string },
  session: Session,
): Promise<void> {
  await orderStore
    .collection(base)
    .updateOne(
      { _id: change.orderId },
      { $addToSet: { strayPaymentIds: change.paymentId }, $inc: { revision: 1 } },
      { session },
    );
}
