import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { ordersOptions } from './orders.options.js';
import { readOwnOrder } from './orders.reads.js';
import { isAllSent } from './orders.rules.js';
import { type Order, orderStore } from './orders.store.js';

/** Another change may come between the reading and the writing: a parcel that is sent, a refund. */
const MAX_ATTEMPTS = 4;

/**
 * The buyer has the goods: the return window begins. Nobody can have what was not sent: while a parcel waits, the window
 * would run out before the goods are there. Twice gives the same answer. Refusals: `ORDER_UNKNOWN`, `NOT_SENT`,
 * `NOT_RECEIVABLE`, `TRY_AGAIN`.
 */
export async function confirmReceipt(ctx: Context, input: { orderId: string }): Promise<Order | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const order = await readOwnOrder(ctx.base, { orderId: input.orderId, memberId: personOf(ctx) });
    if (isRefusal(order) || order.state === 'RECEIVED' || order.state === 'COMPLETED') return order;
    if (order.state !== 'PAID' && order.state !== 'SHIPPED') {
      return refuse('NOT_RECEIVABLE', '这份订单还不能确认收货，请查看它的状态。');
    }
    if (!isAllSent(order)) return notSent(order);
    const nowMs = ctx.base.clock();
    const after = await orderStore.collection(ctx.base).findOneAndUpdate(
      { _id: order._id, state: order.state, revision: order.revision },
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
  }
  return refuse('TRY_AGAIN', '订单刚刚有变化，请刷新后再试一次。');
}

function notSent(order: Order): Refusal {
  const isPart = order.parcels.some((parcel) => parcel.shippedAt !== undefined);
  return refuse(
    'NOT_SENT',
    isPart
      ? '还有包裹没有发出，等全部发出并收到后再确认收货。'
      : '商家还没有发货，收到后再确认收货。已经收到的话，请联系商家补记发货。',
  );
}
