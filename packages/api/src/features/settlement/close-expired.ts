import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal } from '../../kernel/refusal.js';
import { type Order, releaseHolds } from '../orders/index.js';
import { paymentPort } from '../payments/index.js';
import { settlePayment } from './settle-payment.js';
import { readExpiredOrders } from './settlement.store.js';

/** One run's work; the next run follows within seconds. */
const MAX_A_RUN = 200;

/**
 * Ends the holds of orders whose time to pay is over. A payment that was opened is closed at the provider first; if the
 * provider has the money, the order is settled instead. Gives how many orders were looked at.
 */
export async function closeExpiredOrders(ctx: Context): Promise<number> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself closes orders');
  const orders = await readExpiredOrders(ctx.base, ctx.base.clock(), MAX_A_RUN);
  const unpaid: string[] = [];
  for (const order of orders) if (await canClose(ctx, order)) unpaid.push(order._id);
  for (let at = 0; at < unpaid.length; at += 50) {
    await releaseHolds(ctx.base, { orderIds: unpaid.slice(at, at + 50), to: 'EXPIRED', nowMs: ctx.base.clock() });
  }
  return orders.length;
}

/** True when no payment of the order can bring money any more, as far as the provider can be asked. */
async function canClose(ctx: Context, order: Order): Promise<boolean> {
  for (const attempt of order.payments) {
    const closed = await paymentPort(ctx.base).close(attempt.paymentId);
    if (closed?.code !== 'PAYMENT_ALREADY_PAID') continue;
    const state = await paymentPort(ctx.base).query(attempt.paymentId);
    if (isRefusal(state) || state.state !== 'SUCCESS') return false;
    await settlePayment(ctx, state);
    return false;
  }
  // A provider that does not answer must not keep goods off the shelf: money that still arrives is late, and handled.
  return true;
}
