import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { readOrder } from './orders.reads.js';
import type { Order, OutsideRefund } from './orders.store.js';
import { writeOutsideDecision } from './outside-refunds.store.js';

const MAX_REASON_LENGTH = 200;

/** Money that went back outside of the zone, with the order that it was paid for. */
export interface OutsideRefundOfOrder {
  readonly order: Order;
  readonly outside: OutsideRefund;
}

/**
 * The operator has looked at a refund that was made at the payment platform, and says what it is. Once: the decision
 * stands. The same decision again gives the same answer. Refusals: `OUTSIDE_REFUND_UNKNOWN`, `REASON_INVALID`,
 * `ALREADY_DECIDED`.
 */
export async function decideOutsideRefund(
  ctx: Context,
  input: { orderId: string; outsideId: string; reason: string },
): Promise<OutsideRefundOfOrder | Refusal> {
  const denied = denyUnless(ctx, 'operator');
  if (denied) return denied;
  const decisionReason = input.reason.trim();
  if (decisionReason.length === 0 || decisionReason.length > MAX_REASON_LENGTH) {
    return refuse('REASON_INVALID', '请写明核对结果，不超过 200 个字。', { path: 'reason' });
  }
  const { orderId, outsideId } = input;
  const decided = {
    orderId,
    outsideId,
    decisionReason,
    decidedBy: personOf(ctx),
    decidedAt: new Date(ctx.base.clock()),
  };
  const after = (await writeOutsideDecision(ctx.base, decided)) ?? (await readOrder(ctx.base, orderId));
  const outside = after?.outsideRefunds?.find((one) => one.outsideId === outsideId);
  if (!after || !outside) {
    return refuse('OUTSIDE_REFUND_UNKNOWN', '没有找到这笔平台外退款，请刷新列表。', { path: 'outsideId' });
  }
  if (outside.decisionReason === decisionReason) return { order: after, outside };
  return refuse('ALREADY_DECIDED', '这笔平台外退款已经核对过了，请刷新列表查看结果。', { path: 'outsideId' });
}
