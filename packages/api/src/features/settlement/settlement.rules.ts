import { type Policy, type Reversal, decideAwards, reverse } from '@aixin/points-engine';
import { sumFen } from '../../kernel/fen.js';
import {
  type CompletionEntry,
  type EntryBody,
  type EntryLine,
  type Head,
  type PurchaseEntry,
  type RefundEntry,
  entryId,
  purchaseKey,
  refundKey,
} from '../journal/index.js';
import { type Order, type OrderLine, type OrderRefund, purchaseFacts, returnedQuantities } from '../orders/index.js';

/** Money that arrived for an order: what a verified notice or query says. */
export interface PaymentPaid {
  readonly paymentId: string;
  readonly transactionId: string;
  readonly amountFen: number;
  readonly paidAtMs: number;
  /** The provider was asked for it: a differing amount is believed then, and only then. */
  readonly asked?: boolean;
}

/** What became of a payment. */
export type Settled =
  /** The purchase stands in the journal; `before` when an earlier notice had settled it. */
  | { readonly kind: 'settled'; readonly orderId: string; readonly before: boolean }
  /** The money goes back by itself. */
  | { readonly kind: 'stray'; readonly orderId: string; readonly reason: 'LATE' | 'DUPLICATE' | 'AMOUNT' };

/**
 * What a paid order becomes: one body that holds the help record, the points with their reasons and the matched yuan.
 * Pure: the order froze its facts and promises at placement, the policy decides by the instant of payment.
 */
export function settlePurchase(input: {
  order: Order;
  paid: PaymentPaid;
  head: Head;
  policy: Policy;
  nowMs: number;
}): EntryBody<PurchaseEntry> {
  const { order, paid, head, policy, nowMs } = input;
  const { awards, declined, points, tallies } = decideAwards({
    facts: purchaseFacts(order),
    policy,
    tallies: head.after.tallies,
    nowMs,
  });
  const matchedFen = sumFen(order.promises.map((promise) => promise.amountFen));
  return {
    kind: 'purchase',
    ...placeOf(order),
    sourceKey: purchaseKey(order._id),
    at: new Date(nowMs),
    paymentId: paid.paymentId,
    transactionId: paid.transactionId,
    totalFen: order.totalFen,
    lines: order.lines.map(entryLine),
    awards,
    declined,
    matches: order.promises,
    after: {
      pointsBalance: head.after.pointsBalance + points,
      recordCount: head.after.recordCount + 1,
      purchaseCount: head.after.purchaseCount + 1,
      purchaseFen: head.after.purchaseFen + order.totalFen,
      matchedFen: head.after.matchedFen + matchedFen,
      tallies,
    },
  };
}

/** What exactly the refunded part of a purchase earned, taken back (rule 4), and the matches it undoes (rule 7). */
export function settleRefund(input: {
  order: Order;
  refund: OrderRefund;
  purchase: PurchaseEntry;
  head: Head;
  nowMs: number;
}): { body: EntryBody<RefundEntry>; reversal: Reversal } {
  const { order, refund, purchase, head, nowMs } = input;
  const returned = returnedQuantities(order);
  const reversal = reverse(purchase, {
    lines: refund.lines.map(({ lineId, quantity }) => ({
      lineId,
      quantity,
      alreadyReturned: returned.get(lineId) ?? 0,
    })),
    returnedBefore: Object.fromEntries(returned),
  });
  const withdraws = isAllReturned(order, [...returned], refund);
  const { after } = head;
  const body: EntryBody<RefundEntry> = {
    kind: 'refund',
    ...placeOf(order),
    sourceKey: refundKey(refund.refundId),
    at: new Date(nowMs),
    reversesId: purchase._id,
    refundId: refund.refundId,
    ...(refund.outsideNumber === undefined ? {} : { outsideNumber: refund.outsideNumber }),
    amountFen: refund.amountFen,
    lines: refund.lines.map((part) => {
      const line = order.lines.find((one) => one.lineId === part.lineId)!;
      return { ...entryLine(line), quantity: part.quantity, refundFen: part.amountFen };
    }),
    awards: reversal.awards,
    matches: reversal.matches,
    withdraws,
    after: {
      ...after,
      pointsBalance: after.pointsBalance - reversal.points,
      purchaseCount: after.purchaseCount - (withdraws ? 1 : 0),
      purchaseFen: after.purchaseFen - refund.amountFen,
      matchedFen: after.matchedFen - reversal.matchedFen,
    },
  };
  return { body, reversal };
}

function isAllReturned(order: Order, returned: readonly (readonly [string, number])[], refund: OrderRefund): boolean {
  const counts = new Map(returned);
  for (const { lineId, quantity } of refund.lines) counts.set(lineId, (counts.get(lineId) ?? 0) + quantity);
  return order.lines.every((line) => (counts.get(line.lineId) ?? 0) === line.quantity);
}

/** The return window is over: what the purchase still matches is owed from now on (rule 7: ACCRUED). */
export function settleCompletion(input: { order: Order; head: Head; nowMs: number }): EntryBody<CompletionEntry> {
  const { order, head, nowMs } = input;
  return {
    kind: 'completion',
    ...placeOf(order),
    sourceKey: `completion:${order._id}`,
    at: new Date(nowMs),
    completesId: entryId(order.memberId, purchaseKey(order._id)),
    after: head.after,
  };
}

/** Whose stream, and where it counts: as on the day of placement, whatever happened since (rule 2). */
function placeOf(order: Order) {
  const { memberId, channel, organisationId, ancestorIds } = order;
  return { memberId, channel, organisationId, ancestorIds, orderId: order._id };
}

function entryLine(line: OrderLine): EntryLine {
  const { lineId, productId, supplierId, countyCode, categoryKey, quantity, goodsFen, paidFen } = line;
  return { lineId, productId, supplierId, countyCode, categoryKey, quantity, goodsFen, paidFen };
}
