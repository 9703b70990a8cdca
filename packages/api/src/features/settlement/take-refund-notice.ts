import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import type { RefundNotice } from '../payments/index.js';
import { orderIdOfNumber, readOrder, writeRefund } from '../orders/index.js';
import { settleRefund } from './settle-refund.js';
import { markStray, readStrayByRefund } from './stray-payments.store.js';

/** What a verified refund notice means, for a member's refund or a stray payment. Any number of times, in any order. */
export async function takeRefundNotice(ctx: Context, notice: RefundNotice): Promise<void> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself takes notices');
  const stray = await readStrayByRefund(ctx.base, notice.refundId);
  if (stray) {
    const state = notice.state === 'SUCCESS' ? 'DONE' : 'FAILED';
    return markStray(ctx.base, { paymentId: stray._id, state, nowMs: ctx.base.clock() });
  }
  if (notice.state === 'SUCCESS') {
    await settleRefund(ctx, { refundId: notice.refundId, amountFen: notice.amountFen });
    return;
  }
  const order = await readOrder(ctx.base, orderIdOfNumber(notice.refundId));
  const refund = order?.refunds.find((one) => one.refundId === notice.refundId);
  if (!order || !refund || (refund.state !== 'SENT' && refund.state !== 'APPROVED')) return;
  ctx.log.error({ refundId: notice.refundId, state: notice.state }, 'a refund failed at the provider');
  await writeRefund(ctx.base, { order, refund: { ...refund, state: 'FAILED' }, from: refund.state });
}
