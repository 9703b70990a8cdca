import { formatYuan, sumFen } from '../../kernel/fen.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { claimedAmounts, claimedQuantities, refundLine } from './orders.rules.js';
import type { Order, OrderRefund, OutsideRefund, RefundLine } from './orders.store.js';

export interface WantedPieces {
  readonly lineId: string;
  readonly quantity: number;
}

/** The pieces asked for, priced; each must still be unclaimed. Postage goes back only where nothing has left yet. */
export function refundLines(order: Order, asked: readonly WantedPieces[] | null): readonly RefundLine[] | Refusal {
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

/** Goods that never left go back on the shelf. */
export function isUnsent(order: Order, lines: readonly RefundLine[]): boolean {
  if (order.state !== 'PAID') return false;
  return lines.every((one) => !order.parcels.some((parcel) => parcel.shippedAt && parcel.lineIds.includes(one.lineId)));
}

/** What the operator says of a refund made at the platform, where it is one of this order's goods. */
export interface OutsideAsRefund {
  /** Our own number of it. */
  readonly refundId: string;
  readonly contentHash: string;
  readonly outside: OutsideRefund;
  /** Null: all that is left of the order, its postage included. */
  readonly lines: readonly WantedPieces[] | null;
  readonly reason: string;
  readonly by: string;
  readonly nowMs: number;
}

/**
 * A refund made at the platform as one of the order: its money is back already, so that its pieces must come to exactly
 * its amount. What cannot be told to the fen is not booked: the operator records it with a reason instead.
 */
export function outsideAsRefund(order: Order, asked: OutsideAsRefund): OrderRefund | Refusal {
  const { outside, reason, by, nowMs } = asked;
  const number = outside.refundId;
  if (outside.amountFen === null || number === null) {
    return refuse('OUTSIDE_REFUND_UNCLEAR', '还不知道平台退了多少，请等次日对账单，或只登记核对结果。');
  }
  if (!['PAID', 'SHIPPED', 'RECEIVED'].includes(order.state)) {
    return refuse('NOT_REFUNDABLE', '这份订单已经完成或已全部退款，不能再记退款，请只登记核对结果。');
  }
  if (order.refunds.some((one) => one.refundId === number || one.outsideNumber === number)) {
    return refuse('OUTSIDE_REFUND_UNCLEAR', '这个退款单号在订单上已经有一份退款，请只登记核对结果。');
  }
  const lines = asked.lines === null ? allThatIsLeft(order) : refundLines(order, asked.lines);
  if (isRefusal(lines)) return lines;
  const amountFen = sumFen(lines.map((line) => line.amountFen));
  if (amountFen !== outside.amountFen) {
    const [theirs, ours] = [formatYuan(outside.amountFen), formatYuan(amountFen)];
    const message = `平台退了 ${theirs} 元，这些商品应退 ${ours} 元，对不上。请改选商品、先处理未完成的退款申请，或只登记核对结果。`;
    return refuse('OUTSIDE_REFUND_AMOUNT', message, { path: 'lines' });
  }
  return {
    refundId: asked.refundId,
    contentHash: asked.contentHash,
    state: 'SENT',
    lines,
    amountFen,
    reason: '在支付平台上直接退款',
    requestedAt: outside.seenAt,
    escalated: false,
    decidedAt: new Date(nowMs),
    decidedBy: by,
    decisionReason: reason,
    restock: isUnsent(order, lines),
    outsideNumber: number,
  };
}

/** The whole rest of the money, postage too: whoever refunds a payment at the platform in full gives all of it back. */
function allThatIsLeft(order: Order): readonly RefundLine[] {
  const claimed = claimedQuantities(order);
  const claimedFen = claimedAmounts(order);
  return order.lines
    .map(({ lineId, quantity, paidFen }) => ({
      lineId,
      quantity: quantity - (claimed.get(lineId) ?? 0),
      amountFen: paidFen - (claimedFen.get(lineId) ?? 0),
    }))
    .filter((line) => line.quantity > 0);
}
