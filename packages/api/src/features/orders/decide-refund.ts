import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { orderIdOfNumber } from './orders.rules.js';
import { refundUnknown } from './orders.reads.js';
import { type OrderRefund, orderStore } from './orders.store.js';
import { isUnsent } from './refund-lines.rules.js';
import { writeRefund } from './refunds.store.js';
import type { RefundOfOrder } from './request-refund.js';
import { mayDecideRefund, waitsForDecision } from './supplier-rights.js';

/**
 * The supplier of the lines, or the operator, approves or rejects a refund, always with a reason (rule 10). An approved
 * one is sent to the provider by a job. One that failed there is decided again, by the operator: approved it is sent once
 * more under its number, rejected it frees its pieces. Refusals: `REFUND_UNKNOWN`, `REASON_INVALID`, `ALREADY_DECIDED`.
 */
export async function decideRefund(
  ctx: Context,
  input: { refundId: string; approve: boolean; reason: string },
): Promise<RefundOfOrder | Refusal> {
  const denied = denyUnless(ctx, 'supplier', 'operator');
  if (denied) return denied;
  const decisionReason = checkReason(input.reason, 'reason', '处理理由');
  if (isRefusal(decisionReason)) return decisionReason;
  const order = await orderStore.collection(ctx.base).findOne({ _id: orderIdOfNumber(input.refundId) });
  const refund = order?.refunds.find((one) => one.refundId === input.refundId);
  if (!order || !refund || !mayDecideRefund(ctx.actor, order, refund)) return refundUnknown();
  const state = input.approve ? 'APPROVED' : 'REJECTED';
  if (!waitsForDecision(ctx.actor, refund)) return refund.state === state ? { order, refund } : alreadyDecided();
  // Decided anew, it is tried anew.
  const { tries: _tries, failureReason: _reason, ...asked } = refund;
  const decided: OrderRefund = {
    ...asked,
    state,
    decidedAt: new Date(ctx.base.clock()),
    decidedBy: personOf(ctx),
    decisionReason,
    restock: input.approve && (refund.restock ?? isUnsent(order, refund.lines)),
  };
  const after = await writeRefund(ctx.base, { order, refund: decided, from: refund.state });
  return after ? { order: after, refund: decided } : alreadyDecided();
}

function alreadyDecided(): Refusal {
  return refuse('ALREADY_DECIDED', '这份退款申请已经处理过了，请刷新列表查看结果。', { path: 'refundId' });
}
