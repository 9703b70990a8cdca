import type { Batch, Remittance } from '../src/features/batches/index.js';
import { type Order, orderStore } from '../src/features/orders/index.js';
import type { PurchaseEntry } from '../src/features/journal/index.js';
import type { Snapshot } from './snapshot.js';

/** What several checks need of an order, without its texts. */
export type OrderFacts = Pick<
  Order,
  | 'state'
  | 'memberId'
  | 'placedAt'
  | 'totalFen'
  | 'refundedFen'
  | 'paidBy'
  | 'lines'
  | 'promises'
  | 'refunds'
  | 'organisationId'
>;

/** What several checks need of a settled purchase. */
export type PurchaseFacts = Pick<PurchaseEntry, '_id' | 'memberId' | 'paymentId' | 'totalFen' | 'matches' | 'orderId'>;

export async function readOrderFacts(snapshot: Snapshot): Promise<Map<string, OrderFacts>> {
  const orders = new Map<string, OrderFacts>();
  for await (const order of snapshot.read(orderStore)) {
    const { state, memberId, placedAt, totalFen, refundedFen, lines, promises, refunds, organisationId } = order;
    const facts: OrderFacts = {
      state,
      memberId,
      placedAt,
      totalFen,
      refundedFen,
      lines,
      promises,
      refunds,
      organisationId,
    };
    orders.set(order._id, order.paidBy ? { ...facts, paidBy: order.paidBy } : facts);
  }
  return orders;
}

/** What other checks need of the batches. */
export interface BatchFacts {
  readonly batches: ReadonlyMap<string, Batch>;
  readonly remittances: ReadonlyMap<string, Remittance>;
}
