import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { ordersOptions } from './orders.options.js';
import { readOwnOrder } from './orders.reads.js';
import { type Order, orderStore } from './orders.store.js';

/**
 * The buyer has the goods: the return window begins. A supplier who forgot to note the dispatch does not keep a buyer
 * from saying so. Twice gives the same answer. Refusals: `ORDER_UNKNOWN`, `NOT_RECEIVABLE`.
 */
export async function confirmReceipt(ctx: Context, input: { orderId: string }): Promise<Order | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  const nowMs = ctx.base.clock();
  const after = await orderStore.collection(ctx.base).findOneAndUpdate(
    { _id: input.orderId, memberId: personOf(ctx), state: { $in: ['PAID', 'SHIPPED'] } },
    {
      $set: {
        state: 'RECEIVED',
        receivedAt: new Date(nowMs),
        completesAt: new Date(nowMs + ordersOptions(ctx.base).returnWindowMs),
      },
      $inc: { revision: 1 },
    },
    { returnDocument: 'after' },
  );
  if (after) return after;
  const order = await readOwnOrder(ctx.base, { orderId: input.orderId, memberId: personOf(ctx) });
  if (isRefusal(order) || order.state === 'RECEIVED' || order.state === 'COMPLETED') return order;
  return refuse('NOT_RECEIVABLE', '这份订单还不能确认收货，请查看它的状态。');
}
