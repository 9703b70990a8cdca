import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { orderIdOfNumber, readOrder } from '../orders/index.js';
import { REFUND_WORDS, type RefundNotice } from '../payments/index.js';
import { failRefund } from './fail-refund.js';
import { noteOutsideRefund } from './note-outside-refund.js';
import { settleRefund } from './settle-refund.js';
import { markStray, readStrayByRefund } from './stray-payments.store.js';

/**
 * What a verified refund notice means, for a member's refund, a stray payment, or a refund that we never made. Any number
 * of times, in any order. Null: durable.
 */
export async function takeRefundNotice(ctx: Context, notice: RefundNotice): Promise<Refusal | null> {
  const denied = denyUnless(ctx, 'system');
  if (denied) return denied;
  const { refundId, paymentId, amountFen } = notice;
  const { text } = REFUND_WORDS[notice.state];
  const stray = await readStrayByRefund(ctx.base, refundId);
  if (stray) {
    const nowMs = ctx.base.clock();
    const outcome =
      notice.state === 'SUCCESS' ? { state: 'DONE' as const } : { state: 'FAILED' as const, failureReason: text };
    await markStray(ctx.base, { paymentId: stray._id, nowMs, ...outcome });
    return null;
  }
  if (notice.state === 'SUCCESS') {
    const settled = await settleRefund(ctx, { refundId, amountFen });
    if (!isRefusal(settled)) return null;
    if (settled.code === 'REFUND_UNKNOWN') {
      await noteOutsideRefund(ctx, { outsideId: notice.providerRefundId, paymentId, refundId, amountFen });
      return null;
    }
    if (settled.code !== 'REFUND_AMOUNT') return settled;
    await noteOutsideRefund(ctx, { outsideId: notice.providerRefundId, paymentId, refundId, amountFen });
    return fail(ctx, refundId, settled.message);
  }
  return fail(ctx, refundId, text);
}

async function fail(ctx: Context, refundId: string, reason: string): Promise<null> {
  const order = await readOrder(ctx.base, orderIdOfNumber(refundId));
  const refund = order?.refunds.find((one) => one.refundId === refundId);
  if (order && refund) await failRefund(ctx, { order, refund, reason });
  else ctx.log.warn({ refundId, reason }, 'a refund that is not ours failed at the provider');
  return null;
}
