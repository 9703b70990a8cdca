import type { Base } from '../../kernel/context.js';
import { type Entry, entryId, purchaseKey, readEntries, refundKey } from '../journal/index.js';
import { isSettled, type Order, type OrderRefund } from '../orders/index.js';

/** The entry that settled this order: what the purchase did, for good. Null before it is settled. */
export function effectEntryId(order: Pick<Order, '_id' | 'memberId' | 'state'>): string | null {
  return isSettled(order.state) ? entryId(order.memberId, purchaseKey(order._id)) : null;
}

/** The entry that undid a refund's share. Null before the money went back. */
export function refundEntryId(
  order: Pick<Order, 'memberId'>,
  refund: Pick<OrderRefund, 'refundId' | 'state'>,
): string | null {
  return refund.state === 'DONE' ? entryId(order.memberId, refundKey(refund.refundId)) : null;
}

export async function readEntriesById(base: Base, ids: readonly string[]): Promise<Map<string, Entry>> {
  return new Map((await readEntries(base, ids)).map((entry) => [entry._id, entry]));
}
