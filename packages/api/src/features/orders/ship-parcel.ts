import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { orderUnknown, readOrder } from './orders.reads.js';
import { type Order, orderStore } from './orders.store.js';
import { suppliesParcel } from './supplier-rights.js';

const MAX_EXPRESS_LENGTH = 60;

/**
 * The supplier says that a parcel is on its way; the order is SHIPPED when its last parcel is. Refusals:
 * `ORDER_UNKNOWN`, `NOT_SHIPPABLE`, `EXPRESS_INVALID`.
 */
export async function shipParcel(
  ctx: Context,
  input: { orderId: string; parcelId: string; express: string },
): Promise<Order | Refusal> {
  const denied = denyUnless(ctx, 'supplier', 'operator');
  if (denied) return denied;
  const express = input.express.trim();
  if (express.length === 0 || express.length > MAX_EXPRESS_LENGTH) {
    return refuse('EXPRESS_INVALID', '请填写快递公司和单号，不超过 60 个字。', { path: 'express' });
  }
  const order = await readOrder(ctx.base, input.orderId);
  const parcel = order?.parcels.find((one) => one.parcelId === input.parcelId);
  if (!order || !parcel || !suppliesParcel(ctx.actor, parcel)) return orderUnknown();
  if (parcel.shippedAt) return order;
  if (order.state !== 'PAID') return refuse('NOT_SHIPPABLE', '这份订单现在不能发货，请刷新查看它的状态。');
  const last = order.parcels.every((one) => one.shippedAt !== undefined || one.parcelId === parcel.parcelId);
  const shippedAt = new Date(ctx.base.clock());
  const parcels = order.parcels.map((one) => (one.parcelId === parcel.parcelId ? { ...one, shippedAt, express } : one));
  const after = await orderStore
    .collection(ctx.base)
    .findOneAndUpdate(
      { _id: order._id, state: 'PAID', revision: order.revision },
      { $set: { parcels, ...(last ? { state: 'SHIPPED', shippedAt } : {}) }, $inc: { revision: 1 } },
      { returnDocument: 'after' },
    );
  return after ?? refuse('TRY_AGAIN', '订单刚刚有变化，请刷新后再试一次。');
}
