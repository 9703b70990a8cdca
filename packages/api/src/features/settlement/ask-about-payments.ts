import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal } from '../../kernel/refusal.js';
import { type Stuck, type WorkQueue, runQueue, stuckBy } from '../../kernel/work-queue.js';
import { type Order, openAttempts } from '../orders/index.js';
import { paymentPort } from '../payments/index.js';
import { settlementOptions } from './settlement.options.js';
import { putOffOrder, readOrdersAwaitingNotice } from './settlement.queues.store.js';
import { takePaymentState } from './take-payment-state.js';

const NOT_PAID_YET: Stuck = { code: 'NOT_PAID_YET', reason: '买家还没有付款。' };

/**
 * Notices may come not at all: asks the provider about payments that have been open for a while, less and less often.
 * Gives how many orders it asked about.
 */
export async function askAboutPayments(ctx: Context): Promise<number> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself asks about payments');
  return runQueue(ctx, askQueue);
}

const askQueue: WorkQueue<Order> = {
  name: 'ask-about-payments',
  readDue: (base, nowMs, limit) =>
    readOrdersAwaitingNotice(base, { nowMs, limit, beforeMs: nowMs - settlementOptions(base).askAfterMs }),
  work: askOne,
  triesOf: (order) => order.tries?.ask,
  putOff: (base, order, tries) => putOffOrder(base, { orderId: order._id, queue: 'ask', tries }),
};

async function askOne(ctx: Context, order: Order): Promise<Stuck | null> {
  let stuck: Stuck | null = null;
  for (const { paymentId } of openAttempts(order)) {
    const state = await paymentPort(ctx.base).query(paymentId);
    const taken = isRefusal(state) ? state : await takePaymentState(ctx, state);
    // What goes back leaves the order as unpaid as before: it is asked about again, later.
    stuck = stuckBy(taken) ?? (taken === 'ENDED' ? stuck : NOT_PAID_YET);
  }
  return stuck;
}
