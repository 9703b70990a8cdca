import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { paymentPort } from '../payments/index.js';
import { releaseHolds } from './holds.js';
import { readOwnOrder } from './orders.reads.js';
import type { Order } from './orders.store.js';
import { isClosedBy, openAttempts } from './payment-attempts.js';

/**
 * Cancels an unpaid order and frees what it held. The provider closes its payments first: only then can no money arrive
 * for goods that are back on the shelf. Cancelling twice gives the same answer. Refusals: `ORDER_UNKNOWN`,
 * `ALREADY_PAID`, `NOT_CANCELLABLE`, `PAYMENT_PROVIDER_UNAVAILABLE`.
 */
export async function cancelOrder(ctx: Context, input: { orderId: string }): Promise<Order | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  const order = await readOwnOrder(ctx.base, { orderId: input.orderId, memberId: personOf(ctx) });
  if (isRefusal(order) || order.state === 'CANCELLED') return order;
  if (order.state !== 'PLACED') return notCancellable();
  const closed = await closePayments(ctx, order);
  if (closed) return closed;
  const nowMs = ctx.base.clock();
  await releaseHolds(ctx.base, { orderIds: [order._id], to: 'CANCELLED', nowMs });
  const after = await readOwnOrder(ctx.base, { orderId: order._id, memberId: order.memberId });
  return isRefusal(after) || after.state === 'CANCELLED' ? after : notCancellable();
}

function notCancellable(): Refusal {
  return refuse('NOT_CANCELLABLE', '这份订单现在不能取消，如已付款请申请退款。');
}

/** Null when no money can arrive any more for this order. */
async function closePayments(ctx: Context, order: Order): Promise<Refusal | null> {
  for (const attempt of openAttempts(order)) {
    const closed = await paymentPort(ctx.base).close(attempt.paymentId);
    if (closed?.code === 'PAYMENT_ALREADY_PAID') {
      return refuse('ALREADY_PAID', '这份订单已经付款成功，正在记账，请稍后查看；如不需要可申请退款。');
    }
    if (!isClosedBy(closed)) return closed;
  }
  return null;
}
