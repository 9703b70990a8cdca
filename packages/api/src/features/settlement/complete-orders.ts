import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import { EMPTY_HEAD, chainEntry, insertEntries, readHeads } from '../journal/index.js';
import { type Order } from '../orders/index.js';
import { settleCompletion } from './settlement.rules.js';
import { readOrderIn, readOrdersToComplete, setOrderState } from './settlement.store.js';

const MAX_A_RUN = 200;
/** Each waits for a flush of the disk's journal, and flushes are shared by those that wait together. */
const AT_ONCE = 20;

/**
 * Received, and the return window over: the order is complete and what it matches is owed by the sponsor. A refund that
 * is still being decided keeps the order open. Gives how many orders it completed.
 */
export async function completeOrders(ctx: Context): Promise<number> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself completes orders');
  let completedCount = 0;
  const due = await readOrdersToComplete(ctx.base, ctx.base.clock(), MAX_A_RUN);
  for (let at = 0; at < due.length; at += AT_ONCE) {
    const done = await Promise.all(due.slice(at, at + AT_ONCE).map((order) => completeOne(ctx, order._id)));
    completedCount += done.filter(Boolean).length;
  }
  return completedCount;
}

async function completeOne(ctx: Context, orderId: string): Promise<boolean> {
  try {
    return await inTransaction(ctx.base, async (session) => {
      const order = await readOrderIn(ctx.base, orderId, session);
      if (order?.state !== 'RECEIVED' || hasOpenRefund(order)) return false;
      const head = (await readHeads(ctx.base, [order.memberId], session)).get(order.memberId) ?? EMPTY_HEAD;
      const body = settleCompletion({ order, head, nowMs: ctx.base.clock() });
      await insertEntries(ctx.base, [chainEntry(head, body)], session);
      await setOrderState(ctx.base, { order, to: 'COMPLETED' }, session);
      return true;
    });
  } catch (error) {
    // The member's stream moved on meanwhile: the next run takes it.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

function hasOpenRefund(order: Order): boolean {
  return order.refunds.some((refund) => ['REQUESTED', 'APPROVED', 'SENT'].includes(refund.state));
}
