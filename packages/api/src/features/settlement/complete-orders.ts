import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import { type Stuck, type WorkQueue, runQueue } from '../../kernel/work-queue.js';
import { EMPTY_HEAD, chainEntry, insertEntries, readHeads } from '../journal/index.js';
import { type Order } from '../orders/index.js';
import { settleCompletion } from './settlement.rules.js';
import { putOffOrder, readOrdersToComplete } from './settlement.queues.store.js';
import { readOrderIn, setOrderState } from './settlement.store.js';

/**
 * Received, and the return window over: the order is complete and what it matches is owed by the sponsor. A refund that
 * is still being decided keeps the order open. Gives how many orders it looked at.
 */
export async function completeOrders(ctx: Context): Promise<number> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself completes orders');
  return runQueue(ctx, completionQueue);
}

const completionQueue: WorkQueue<Order> = {
  name: 'complete-orders',
  readDue: (base, nowMs, limit) => readOrdersToComplete(base, { nowMs, limit }),
  work: (ctx, order) => completeOne(ctx, order._id),
  triesOf: (order) => order.tries?.completion,
  putOff: (base, order, tries) => putOffOrder(base, { orderId: order._id, queue: 'completion', tries }),
};

const REFUND_OPEN: Stuck = { code: 'REFUND_OPEN', reason: '有一份退款还没有办完，办完后订单自动完成。' };
const STREAM_MOVED: Stuck = { code: 'TRY_AGAIN', reason: '这位职工同时有别的记账，稍后再办。' };

async function completeOne(ctx: Context, orderId: string): Promise<Stuck | null> {
  try {
    return await inTransaction(ctx.base, async (session) => {
      const order = await readOrderIn(ctx.base, orderId, session);
      if (order?.state !== 'RECEIVED') return null;
      if (hasOpenRefund(order)) return REFUND_OPEN;
      const head = (await readHeads(ctx.base, [order.memberId], session)).get(order.memberId) ?? EMPTY_HEAD;
      const body = settleCompletion({ order, head, nowMs: ctx.base.clock() });
      await insertEntries(ctx.base, [chainEntry(head, body)], session);
      await setOrderState(ctx.base, { order, to: 'COMPLETED' }, session);
      return null;
    });
  } catch (error) {
    if (isDuplicateKey(error)) return STREAM_MOVED;
    throw error;
  }
}

function hasOpenRefund(order: Order): boolean {
  return order.refunds.some((refund) => ['REQUESTED', 'APPROVED', 'SENT'].includes(refund.state));
}
