import { type Facts, splitByLargestRemainder } from '@aixin/points-engine';
import { sumFen } from '../../kernel/fen.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import type { Order, OrderLine, OrderState, Parcel, RefundLine, RefundState } from './orders.store.js';

/** A product as an order needs it: its price and all that the line freezes. */
export interface PricedProduct {
  readonly productId: string;
  readonly supplierId: string;
  readonly countyCode: string;
  readonly categoryKey: string;
  readonly title: string;
  readonly specification: string;
  readonly traceCode: string | null;
  readonly returnKind: 'SEVEN_DAYS' | 'EXCLUDED';
  readonly priceFen: number;
  readonly postageFen: number;
  readonly packagingFen: number;
  readonly limitPerPerson: number | null;
  readonly charityItem: boolean;
}

export interface PricedOrder {
  readonly lines: readonly OrderLine[];
  readonly parcels: readonly Parcel[];
  readonly goodsFen: number;
  readonly postageFen: number;
  readonly packagingFen: number;
  readonly totalFen: number;
}

/**
 * Prices wanted products: one parcel per supplier, whose postage is that of its dearest line (it travels once) and is
 * shared out to the lines by their goods, to the fen. Packaging is per piece. Rule 11: each part told apart.
 */
export function priceOrder(wanted: readonly { product: PricedProduct; quantity: number }[]): PricedOrder {
  const suppliers = [...new Set(wanted.map((one) => one.product.supplierId))];
  const lines: OrderLine[] = [];
  const parcels = suppliers.map((supplierId, index): Parcel => {
    const own = wanted
      .map((one, position) => ({ ...one, lineId: String(position + 1) }))
      .filter((one) => one.product.supplierId === supplierId);
    const postageFen = Math.max(...own.map((one) => one.product.postageFen));
    const shares = splitByLargestRemainder(
      postageFen,
      own.map((one) => one.product.priceFen * one.quantity),
    );
    const parcelLines = own.map((one, at) => lineOf({ ...one, postageFen: shares[at] ?? 0 }));
    lines.push(...parcelLines);
    return {
      parcelId: String(index + 1),
      supplierId,
      lineIds: parcelLines.map((line) => line.lineId),
      postageFen,
      packagingFen: sumFen(parcelLines.map((line) => line.packagingFen)),
    };
  });
  lines.sort((a, b) => Number(a.lineId) - Number(b.lineId));
  const goodsFen = sumFen(lines.map((line) => line.goodsFen));
  const postageFen = sumFen(parcels.map((parcel) => parcel.postageFen));
  const packagingFen = sumFen(parcels.map((parcel) => parcel.packagingFen));
  return { lines, parcels, goodsFen, postageFen, packagingFen, totalFen: goodsFen + postageFen + packagingFen };
}

function lineOf(wanted: { product: PricedProduct; quantity: number; lineId: string; postageFen: number }): OrderLine {
  const { product, quantity, lineId, postageFen } = wanted;
  const goodsFen = product.priceFen * quantity;
  const packagingFen = product.packagingFen * quantity;
  return {
    lineId,
    productId: product.productId,
    supplierId: product.supplierId,
    countyCode: product.countyCode,
    categoryKey: product.categoryKey,
    title: product.title,
    specification: product.specification,
    traceCode: product.traceCode,
    returnKind: product.returnKind,
    quantity,
    unitPriceFen: product.priceFen,
    goodsFen,
    packagingFen,
    postageFen,
    paidFen: goodsFen + packagingFen + postageFen,
    limited: product.limitPerPerson !== null,
    charityItem: product.charityItem,
  };
}

/** What the points engine must know of an order, at placement and at settlement alike. */
export function purchaseFacts(order: Pick<Order, 'channel' | 'lines'>): Facts {
  const lines = order.lines.map(({ lineId, productId, countyCode, categoryKey, quantity, goodsFen, charityItem }) => ({
    lineId,
    productId,
    countyCode,
    categoryKey,
    quantity,
    charityItem,
    amountFen: goodsFen,
  }));
  return { kind: 'purchase', channel: order.channel, lines };
}

/** `20261122 0931 0417`: the day and eight digits of the id, to be read out on the telephone. Not unique, only handy. */
export function orderNumber(orderId: string, placedAtMs: number): string {
  let digits = 0;
  for (const char of orderId) digits = (digits * 33 + char.charCodeAt(0)) % 100_000_000;
  const text = String(digits).padStart(8, '0');
  return `${shanghaiDay(placedAtMs).replaceAll('-', '')} ${text.slice(0, 4)} ${text.slice(4)}`;
}

/** Payments and refunds are numbered under their order: its 24 characters come first. */
export function orderIdOfNumber(paymentOrRefundId: string): string {
  return paymentOrRefundId.slice(0, 24);
}

/**
 * Pieces of each line that are given back or asked back. A rejected request frees its pieces; one that failed at the
 * provider does not: its money may still go out, so somebody decides it first.
 */
export function claimedQuantities(order: Pick<Order, 'refunds'>): Map<string, number> {
  return sumRefunds(order, { counts: isClaim, of: (one) => one.quantity });
}

/** Fen of each line that are given back or asked back. */
export function claimedAmounts(order: Pick<Order, 'refunds'>): Map<string, number> {
  return sumRefunds(order, { counts: isClaim, of: (one) => one.amountFen });
}

/** Pieces of each line whose refund is done. */
export function returnedQuantities(order: Pick<Order, 'refunds'>): Map<string, number> {
  return sumRefunds(order, { counts: (state) => state === 'DONE', of: (one) => one.quantity });
}

function isClaim(state: RefundState): boolean {
  return state !== 'REJECTED';
}

function sumRefunds(
  order: Pick<Order, 'refunds'>,
  by: { counts: (state: RefundState) => boolean; of: (line: RefundLine) => number },
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const refund of order.refunds) {
    if (!by.counts(refund.state)) continue;
    for (const one of refund.lines) sums.set(one.lineId, (sums.get(one.lineId) ?? 0) + by.of(one));
  }
  return sums;
}

/**
 * What `quantity` pieces of a line give back when `before` pieces with `claimedFen` were claimed earlier and still are.
 * Goods and packaging are exact per piece. The postage share is cut along the cumulative count, less what of it is
 * claimed already: any split of a refund sums to the whole, and never to more, whichever requests were refused between.
 */
export function refundLine(
  line: OrderLine,
  part: { quantity: number; before: number; claimedFen: number; withPostage: boolean },
): RefundLine {
  const { quantity, before, claimedFen, withPostage } = part;
  const pieceFen = line.unitPriceFen + line.packagingFen / line.quantity;
  const claimedPostageFen = claimedFen - pieceFen * before;
  const postageFen = withPostage ? Math.max(0, postageUpTo(line, before + quantity) - claimedPostageFen) : 0;
  return { lineId: line.lineId, quantity, amountFen: pieceFen * quantity + postageFen };
}

function postageUpTo(line: OrderLine, count: number): number {
  const shared = line.postageFen * count;
  return (shared - (shared % line.quantity)) / line.quantity;
}

const STATE_TEXTS: Readonly<Record<OrderState, string>> = {
  PLACED: '待付款',
  PAID: '已付款，等待发货',
  SHIPPED: '已发货，运输中',
  RECEIVED: '已签收',
  COMPLETED: '已完成',
  CANCELLED: '已取消',
  EXPIRED: '超时未付款，已关闭',
  LATE_REFUNDED: '付款超时，已自动退款',
  REFUNDED: '已全部退款',
};

export function orderStateText(state: OrderState): string {
  return STATE_TEXTS[state];
}

const SETTLED: ReadonlySet<OrderState> = new Set(['PAID', 'SHIPPED', 'RECEIVED', 'COMPLETED', 'REFUNDED']);

/** Settled: its purchase stands in the journal (I5, I10). */
export function isSettled(state: OrderState): boolean {
  return SETTLED.has(state);
}

/**
 * Whether all that the buyer still expects is on its way: every parcel has left, or all in it was paid back, and at least one
 * has left. Only then can somebody have received it, and only then may the return window begin.
 */
export function isAllSent(order: Pick<Order, 'parcels' | 'lines' | 'refunds'>): boolean {
  const returned = returnedQuantities(order);
  const isLineBack = (lineId: string): boolean =>
    (returned.get(lineId) ?? 0) >= (order.lines.find((line) => line.lineId === lineId)?.quantity ?? 0);
  return (
    order.parcels.some((parcel) => parcel.shippedAt !== undefined) &&
    order.parcels.every((parcel) => parcel.shippedAt !== undefined || parcel.lineIds.every(isLineBack))
  );
}

/** What the buyer can do with the order now: what the buttons of a page follow. */
export function orderRights(
  order: Order,
  nowMs: number,
): Record<'canPay' | 'canCancel' | 'canConfirmReceipt' | 'canRequestRefund', boolean> {
  const claimed = claimedQuantities(order);
  const somethingLeft = order.lines.some((line) => (claimed.get(line.lineId) ?? 0) < line.quantity);
  const inWindow = order.completesAt === undefined || order.completesAt.getTime() > nowMs;
  return {
    canPay: order.state === 'PLACED' && order.expiresAt.getTime() > nowMs,
    canCancel: order.state === 'PLACED',
    canConfirmReceipt: (order.state === 'PAID' || order.state === 'SHIPPED') && isAllSent(order),
    canRequestRefund: ['PAID', 'SHIPPED', 'RECEIVED'].includes(order.state) && somethingLeft && inWindow,
  };
}
