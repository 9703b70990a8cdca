import { denyUnless, personOf } from '../../kernel/authority.js';
import { contentHash } from '../../kernel/canonical.js';
import { checkReason } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { sumFen } from '../../kernel/fen.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { readOwnOrder } from './orders.reads.js';
import { orderRights } from './orders.rules.js';
import { type Order, type OrderRefund, orderStore } from './orders.store.js';
import { type WantedPieces, refundLines } from './refund-lines.rules.js';

/** Two requests at once for the same order: the loser reads again and is judged by what is left. */
const MAX_TRIES = 6;

export interface RequestRefundInput {
  readonly idempotencyKey: string;
  readonly orderId: string;
  /** Null: all that is left. */
  readonly lines: readonly WantedPieces[] | null;
  readonly reason: string;
}

export interface RefundOfOrder {
  readonly order: Order;
  readonly refund: OrderRefund;
}

/**
 * The buyer asks for money back: whole, by line or by quantity. It claims the pieces at once, so that two requests never
 * claim the same one (I6). Refusals: `ORDER_UNKNOWN`, `NOT_REFUNDABLE`, `REFUND_LINES_INVALID`, `REFUND_TOO_MUCH`,
 * `REASON_INVALID`, `KEY_REUSED`, `TRY_AGAIN`.
 */
export async function requestRefund(ctx: Context, input: RequestRefundInput): Promise<RefundOfOrder | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  const reason = checkReason(input.reason, 'reason', '退款原因');
  if (isRefusal(reason)) return reason;
  const asked = {
    refundId: newRefundId(input.orderId, input.idempotencyKey),
    contentHash: contentHash({ lines: input.lines?.map((one) => [one.lineId, one.quantity]) ?? null, reason }),
  };
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const order = await readOwnOrder(ctx.base, { orderId: input.orderId, memberId: personOf(ctx) });
    if (isRefusal(order)) return order;
    const before = order.refunds.find((one) => one.refundId === asked.refundId);
    if (before) return before.contentHash === asked.contentHash ? { order, refund: before } : keyReused();
    const refund = draftRefund(order, { ...input, ...asked, reason, nowMs: ctx.base.clock() });
    if (isRefusal(refund)) return refund;
    const after = await orderStore
      .collection(ctx.base)
      .findOneAndUpdate(
        { _id: order._id, revision: order.revision },
        { $push: { refunds: refund }, $inc: { revision: 1 } },
        { returnDocument: 'after' },
      );
    if (after) return { order: after, refund };
  }
  return refuse('TRY_AGAIN', '订单刚刚有变化，请刷新后再试一次。');
}

/** The order's id, `r` and seven characters of the key: 32 alphanumerics, the provider's longest out_refund_no. */
function newRefundId(orderId: string, idempotencyKey: string): string {
  return `${orderId}r${derivedId('refund', orderId, idempotencyKey).slice(0, 7)}`;
}

function keyReused(): Refusal {
  return refuse('KEY_REUSED', '这个退款编号已经用于另一份申请，请刷新页面重新提交。', { path: 'idempotencyKey' });
}

function draftRefund(
  order: Order,
  asked: RequestRefundInput & { refundId: string; contentHash: string; nowMs: number },
): OrderRefund | Refusal {
  if (!orderRights(order, asked.nowMs).canRequestRefund) {
    return refuse('NOT_REFUNDABLE', '这份订单现在不能申请退款，请查看它的状态；如有问题请联系平台运营。');
  }
  const lines = refundLines(order, asked.lines);
  if (isRefusal(lines)) return lines;
  return {
    refundId: asked.refundId,
    contentHash: asked.contentHash,
    state: 'REQUESTED',
    lines,
    amountFen: sumFen(lines.map((line) => line.amountFen)),
    reason: asked.reason,
    requestedAt: new Date(asked.nowMs),
    escalated: false,
  };
}
