import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal } from '../../kernel/refusal.js';
import { type Order, type OrderRefund, writeRefund } from '../orders/index.js';
import { type RefundState, paymentPort } from '../payments/index.js';
import { settleRefund } from './settle-refund.js';
import { readOrdersWithRefunds } from './settlement.store.js';
import { type StrayPayment, markStray, readOpenStrays } from './stray-payments.store.js';

const MAX_A_RUN = 100;

/**
 * Sends approved refunds and stray payments back through the provider, and asks after those it has already sent. The
 * provider knows a refund by its number, so that a run after a crash sends nothing twice. Gives how many it looked at.
 */
export async function sendRefunds(ctx: Context): Promise<number> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself sends refunds');
  const orders = await readOrdersWithRefunds(ctx.base, ['APPROVED', 'SENT'], MAX_A_RUN);
  for (const order of orders) {
    for (const refund of order.refunds) {
      if (refund.state === 'APPROVED' || refund.state === 'SENT') await sendOne(ctx, order, refund);
    }
  }
  const strays = await readOpenStrays(ctx.base, MAX_A_RUN);
  for (const stray of strays) await sendStray(ctx, stray);
  return orders.length + strays.length;
}

async function sendOne(ctx: Context, order: Order, refund: OrderRefund): Promise<void> {
  if (!order.paidBy) throw new Error(`order ${order._id} has a refund but was never paid`);
  const answer = await paymentPort(ctx.base).refund({
    refundId: refund.refundId,
    paymentId: order.paidBy.paymentId,
    amountFen: refund.amountFen,
    totalFen: order.totalFen,
    reason: '商品退款',
  });
  const state = refundOutcome(ctx, refund.refundId, answer);
  if (state === 'FAILED') await writeRefund(ctx.base, { order, refund: { ...refund, state }, from: refund.state });
  if (state === 'SENT' && refund.state === 'APPROVED') {
    await writeRefund(ctx.base, { order, refund: { ...refund, state }, from: 'APPROVED' });
  }
  if (state === 'DONE') await settleRefund(ctx, { refundId: refund.refundId, amountFen: refund.amountFen });
}

async function sendStray(ctx: Context, stray: StrayPayment): Promise<void> {
  const answer = await paymentPort(ctx.base).refund({
    refundId: stray.refundId,
    paymentId: stray._id,
    amountFen: stray.amountFen,
    totalFen: stray.amountFen,
    reason: '付款未能成交，自动退回',
  });
  const state = refundOutcome(ctx, stray.refundId, answer);
  if (state) await markStray(ctx.base, { paymentId: stray._id, state, nowMs: ctx.base.clock() });
}

/** Null: nobody knows yet, the next run asks again. `FAILED`: somebody must act; it is logged for the operator. */
function refundOutcome(
  ctx: Context,
  refundId: string,
  answer: RefundState | Refusal,
): 'SENT' | 'DONE' | 'FAILED' | null {
  if (isRefusal(answer)) {
    ctx.log.warn({ refundId, code: answer.code }, 'the provider did not take a refund');
    return answer.code === 'PAYMENT_REFUND_TOO_MUCH' || answer.code === 'PAYMENT_INPUT_INVALID' ? 'FAILED' : null;
  }
  if (answer.state === 'SUCCESS') return 'DONE';
  if (answer.state === 'PROCESSING') return 'SENT';
  ctx.log.error({ refundId, state: answer.state }, 'a refund failed at the provider');
  return 'FAILED';
}
