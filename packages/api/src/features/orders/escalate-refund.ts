import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { sumFen } from '../../kernel/fen.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { refundUnknown } from './orders.reads.js';
import { claimedAmounts, claimedQuantities, orderIdOfNumber } from './orders.rules.js';
import { type Order, type OrderRefund, type RefundLine, orderStore } from './orders.store.js';
import type { RefundOfOrder } from './request-refund.js';

/**
 * After a rejection the buyer may ask the operator, once (rule 10: every decision can be escalated). Refusals:
 * `REASON_INVALID`, `REFUND_UNKNOWN`, `NOT_ESCALATABLE`, `REFUND_TOO_MUCH`.
 */
export async function escalateRefund(
  ctx: Context,
  input: { refundId: string; reason: string },
): Promise<RefundOfOrder | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  const why = checkReason(input.reason, 'reason', '复核原因');
  if (isRefusal(why)) return why;
  const filter = { _id: orderIdOfNumber(input.refundId), memberId: personOf(ctx) };
  const order = await orderStore.collection(ctx.base).findOne(filter);
  const refund = order?.refunds.find((one) => one.refundId === input.refundId);
  if (!order || !refund) return refundUnknown();
  if (refund.state === 'REQUESTED' && refund.escalated) return { order, refund };
  if (refund.state !== 'REJECTED' || refund.escalated) {
    return refuse('NOT_ESCALATABLE', '只有被供应商拒绝的退款可以请平台运营再看一次。', { path: 'refundId' });
  }
  const lines = claimAgain(order, refund);
  if (!lines) return refuse('REFUND_TOO_MUCH', '这些商品已经在另一份退款申请里了。', { path: 'refundId' });
  const reason = `${refund.reason}（复核：${why}）`;
  const amountFen = sumFen(lines.map((line) => line.amountFen));
  const escalated: OrderRefund = { ...refund, state: 'REQUESTED', escalated: true, reason, lines, amountFen };
  const after = await orderStore.collection(ctx.base).findOneAndUpdate(
    {
      _id: order._id,
      revision: order.revision,
      refunds: { $elemMatch: { refundId: refund.refundId, state: 'REJECTED' } },
    },
    { $set: { 'refunds.$': escalated }, $inc: { revision: 1 } },
    { returnDocument: 'after' },
  );
  return after ? { order: after, refund: escalated } : refuse('TRY_AGAIN', '订单刚刚有变化，请刷新后再试一次。');
}

/**
 * The rejection had freed the pieces and their share of the postage: another request may have claimed them since. Null:
 * the pieces are not free. The amount is what is still left of the line, so that two requests never sum to more.
 */
function claimAgain(order: Order, refund: OrderRefund): readonly RefundLine[] | null {
  const claimed = claimedQuantities(order);
  const claimedFen = claimedAmounts(order);
  const lines: RefundLine[] = [];
  for (const one of refund.lines) {
    const line = order.lines.find((candidate) => candidate.lineId === one.lineId);
    if (!line || (claimed.get(one.lineId) ?? 0) + one.quantity > line.quantity) return null;
    lines.push({ ...one, amountFen: Math.min(one.amountFen, line.paidFen - (claimedFen.get(one.lineId) ?? 0)) });
  }
  return lines;
}
