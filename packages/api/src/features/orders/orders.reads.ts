import type { Base } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { type Order, type OrderState, orderStore } from './orders.store.js';

/** The most orders one page gives. */
export const MAX_PAGE = 100;

/** Own orders are the only ones a member can name: another's is as unknown as one that never was. */
export async function readOwnOrder(base: Base, key: { orderId: string; memberId: string }): Promise<Order | Refusal> {
  const order = await readOrder(base, key.orderId);
  return order?.memberId === key.memberId ? order : orderUnknown();
}

export function orderUnknown(): Refusal {
  return refuse('ORDER_UNKNOWN', '没有找到这份订单，请回到“我的订单”查看。', { path: 'orderId' });
}

export function refundUnknown(): Refusal {
  return refuse('REFUND_UNKNOWN', '没有找到这份退款申请，请刷新列表。', { path: 'refundId' });
}

export async function readOrder(base: Base, orderId: string): Promise<Order | null> {
  return orderStore.model(base).findById(orderId).lean<Order | null>();
}

export async function readOrders(base: Base, orderIds: readonly string[]): Promise<Order[]> {
  const ids = [...orderIds];
  return orderStore
    .model(base)
    .find({ _id: { $in: ids } })
    .limit(ids.length)
    .lean<Order[]>();
}

export interface OrderPage {
  /** One more than asked for where there are more. Newest first. */
  readonly orders: readonly Order[];
  readonly hasNextPage: boolean;
}

/** Where a page goes on: after this order. Instants alone are not unique. */
export interface OrderPosition {
  readonly atMs: number;
  readonly orderId: string;
}

export async function readMemberOrders(
  base: Base,
  query: { memberId: string; state: OrderState | null; first: number; after: OrderPosition | null },
): Promise<OrderPage> {
  const filter = {
    memberId: query.memberId,
    ...(query.state ? { state: query.state } : {}),
    ...afterPosition(query.after),
  };
  return page(await ordersBy(base, { filter, first: query.first }), query.first);
}

export async function countMemberOrders(
  base: Base,
  query: { memberId: string; state: OrderState | null },
): Promise<number> {
  return orderStore
    .model(base)
    .countDocuments({ memberId: query.memberId, ...(query.state ? { state: query.state } : {}) })
    .exec();
}

/** Paid orders with a parcel of this supplier, newest first. */
export async function readSupplierOrders(
  base: Base,
  query: { supplierId: string; first: number; after: OrderPosition | null },
): Promise<OrderPage> {
  const filter = {
    'parcels.supplierId': query.supplierId,
    paidAt: { $exists: true },
    ...afterPosition(query.after),
  };
  return page(await ordersBy(base, { filter, first: query.first }), query.first);
}

export async function countSupplierOrders(base: Base, supplierId: string): Promise<number> {
  return orderStore
    .model(base)
    .countDocuments({ 'parcels.supplierId': supplierId, paidAt: { $exists: true } })
    .exec();
}

/** Orders with a refund that waits for a decision; of one supplier, or (null) of all. Oldest request first. */
export async function readOrdersWithOpenRefunds(
  base: Base,
  query: { supplierId: string | null; first: number },
): Promise<readonly Order[]> {
  const filter = {
    'refunds.refundId': { $exists: true },
    // What failed at the provider waits for the operator.
    'refunds.state': query.supplierId ? 'REQUESTED' : { $in: ['REQUESTED', 'FAILED'] },
    ...(query.supplierId ? { 'parcels.supplierId': query.supplierId } : {}),
  };
  const limit = Math.min(query.first, MAX_PAGE);
  return orderStore.model(base).find(filter).sort({ 'refunds.requestedAt': 1 }).limit(limit).lean<Order[]>();
}

function afterPosition(after: OrderPosition | null): object {
  if (!after) return {};
  const at = new Date(after.atMs);
  return { $or: [{ placedAt: { $lt: at } }, { placedAt: at, _id: { $lt: after.orderId } }] };
}

async function ordersBy(base: Base, query: { filter: object; first: number }): Promise<Order[]> {
  const limit = Math.min(query.first, MAX_PAGE) + 1;
  return orderStore.model(base).find(query.filter).sort({ placedAt: -1, _id: -1 }).limit(limit).lean<Order[]>();
}

function page(orders: readonly Order[], first: number): OrderPage {
  const size = Math.min(first, MAX_PAGE);
  return { orders: orders.slice(0, size), hasNextPage: orders.length > size };
}
