import { denyUnless, personOf } from '../../kernel/authority.js';
import { contentHash } from '../../kernel/canonical.js';
import type { Context } from '../../kernel/context.js';
import { sumFen } from '../../kernel/fen.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { readOwnOrder } from './orders.reads.js';
import { claimedAmounts, claimedQuantities, orderRights, refundLine } from './orders.rules.js';
import { type Order, type OrderRefund, type RefundLine, orderStore } from './orders.store.js';

/** Two requests at once for the same order: the loser reads again and is judged by what is left. */
const MAX_TRIES = 6;
const MAX_REASON_LENGTH = 200;

export interface RequestRefundInput {
  readonly idempotencyKey: string;
  readonly orderId: string;
  /** Null: all that is left. */
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[] | null;
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
  const reason = input.reason.trim();
  if (reason.length === 0 || reason.length > MAX_REASON_LENGTH) {
    return refuse('REASON_INVALID', '请写明退款原因，不超过 200 个字。', { path: 'reason' });
  }
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

/** The pieces asked for, priced; each must still be unclaimed. Postage goes back only where nothing has left yet. */
function refundLines(order: Order, asked: RequestRefundInput['lines']): readonly RefundLine[] | Refusal {
  const claimed = claimedQuantities(order);
  const claimedFen = claimedAmounts(order);
  const rest = (lineId: string, quantity: number): number => quantity - (claimed.get(lineId) ?? 0);
  const wanted = asked ?? order.lines.map(({ lineId, quantity }) => ({ lineId, quantity: rest(lineId, quantity) }));
  if (new Set(wanted.map((one) => one.lineId)).size !== wanted.length) {
    return refuse('REFUND_LINES_INVALID', '同一种商品请只填一行。', { path: 'lines' });
  }
  const lines: RefundLine[] = [];
  for (const [index, { lineId, quantity }] of wanted.filter((one) => asked !== null || one.quantity > 0).entries()) {
    const line = order.lines.find((one) => one.lineId === lineId);
    if (!line || !Number.isSafeInteger(quantity) || quantity < 1) {
      return refuse('REFUND_LINES_INVALID', '请选择要退的商品和数量。', { path: `lines.${index}` });
    }
    const leftCount = rest(lineId, line.quantity);
    if (quantity > leftCount) {
      const message = `“${line.title}”最多还能退 ${leftCount} 件，请减少数量。`;
      return refuse('REFUND_TOO_MUCH', message, { path: `lines.${index}.quantity`, details: { leftCount } });
    }
    const parcel = order.parcels.find((one) => one.lineIds.includes(lineId));
    const withPostage = !parcel?.shippedAt && order.state === 'PAID';
    const before = line.quantity - leftCount;
    lines.push(refundLine(line, { quantity, before, claimedFen: claimedFen.get(lineId) ?? 0, withPostage }));
  }
  if (lines.length === 0) return refuse('REFUND_LINES_INVALID', '这份订单没有可以退的商品了。', { path: 'lines' });
  return lines;
}
