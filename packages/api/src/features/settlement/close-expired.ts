import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal } from '../../kernel/refusal.js';
import { type Stuck, type WorkQueue, runQueue, stuckBy } from '../../kernel/work-queue.js';
import { type Order, openAttempts, releaseHolds } from '../orders/index.js';
import { paymentPort } from '../payments/index.js';
import { putOffOrder, readExpiredOrders } from './settlement.queues.store.js';
import { takePaymentState } from './take-payment-state.js';

/** Orders of one transaction. */
const AT_ONCE = 50;

/**
 * Ends the holds of orders whose time to pay is over. A payment that was opened is closed at the provider first; if the
 * provider has the money, the order is settled instead. Gives how many orders were looked at.
 */
export async function closeExpiredOrders(ctx: Context): Promise<number> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself closes orders');
  return runQueue(ctx, expiryQueue);
}

const expiryQueue: WorkQueue<Order> = {
  name: 'close-expired-orders',
  readDue: (base, nowMs, limit) => readExpiredOrders(base, { nowMs, limit }),
  work: closeOne,
  // An order that was paid meanwhile is no longer PLACED, and is left as it is.
  finish: async (ctx, orders) => {
    const orderIds = orders.map((order) => order._id);
    for (let at = 0; at < orderIds.length; at += AT_ONCE) {
      const some = orderIds.slice(at, at + AT_ONCE);
      await releaseHolds(ctx.base, { orderIds: some, to: 'EXPIRED', nowMs: ctx.base.clock() });
    }
  },
  triesOf: (order) => order.tries?.expiry,
  putOff: (base, order, tries) => putOffOrder(base, { orderId: order._id, queue: 'expiry', tries }),
};

/** Null when no payment of the order can bring money any more, as far as the provider can be asked. */
async function closeOne(ctx: Context, order: Order): Promise<Stuck | null> {
  for (const { paymentId } of openAttempts(order)) {
    const closed = await paymentPort(ctx.base).close(paymentId);
    if (closed?.code !== 'PAYMENT_ALREADY_PAID') continue;
    const state = await paymentPort(ctx.base).query(paymentId);
    const taken = isRefusal(state) ? state : await takePaymentState(ctx, state);
    const stuck = stuckBy(taken);
    if (stuck) return stuck;
    if (taken === 'WAITING') return { code: 'PAYMENT_UNSURE', reason: '支付平台说已付款，查询却说未付款，请核对。' };
  }
  // A provider that does not answer must not keep goods off the shelf: money that still arrives is late, and handled.
  return null;
}
