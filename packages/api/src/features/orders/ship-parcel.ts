import { denyUnless } from '../../kernel/authority.js';
import { hidesInLine, showsSomething } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { orderUnknown, readOrder } from './orders.reads.js';
import { type Order, type OrderRefund, orderStore } from './orders.store.js';
import { suppliesParcel } from './supplier-rights.js';

const MAX_EXPRESS_LENGTH = 60;

/**
 * The supplier says that a parcel is on its way; the order is SHIPPED when its last parcel is. Refusals:
 * `ORDER_UNKNOWN`, `NOT_SHIPPABLE`, `REFUND_UNDER_WAY`, `REFUNDED_OUTSIDE`, `EXPRESS_INVALID`.
 */
export async function shipParcel(
  ctx: Context,
  input: { orderId: string; parcelId: string; express: string },
): Promise<Order | Refusal> {
  const denied = denyUnless(ctx, 'supplier', 'operator');
  if (denied) return denied;
  const express = input.express.normalize('NFC').trim();
  if (express.length === 0 || express.length > MAX_EXPRESS_LENGTH) {
    return refuse('EXPRESS_INVALID', '请填写快递公司和单号，不超过 60 个字。', { path: 'express' });
  }
  if (hidesInLine(express) || !showsSomething(express)) {
    return refuse('EXPRESS_INVALID', '快递公司和单号里有不能显示的字符，请重新填写。', { path: 'express' });
  }
  const order = await readOrder(ctx.base, input.orderId);
  const parcel = order?.parcels.find((one) => one.parcelId === input.parcelId);
  if (!order || !parcel || !suppliesParcel(ctx.actor, parcel)) return orderUnknown();
  if (parcel.shippedAt) return order;
  if (order.state !== 'PAID') return refuse('NOT_SHIPPABLE', '这份订单现在不能发货，请刷新查看它的状态。');
  if (
    order.refunds.some(
      (refund) => isUnderWay(refund) && refund.lines.some((one) => parcel.lineIds.includes(one.lineId)),
    )
  ) {
    return refuse('REFUND_UNDER_WAY', '这个包裹里有商品正在退款，退款完成后再发货。', { path: 'parcelId' });
  }
  if (isRefundedOutside(order)) {
    return refuse('REFUNDED_OUTSIDE', '这份订单的钱在支付平台被退过，请等平台运营核对后再发货。', { path: 'parcelId' });
  }
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

/** Approved, and its money not yet back: what goes back on the shelf must not leave the store room. */
function isUnderWay(refund: OrderRefund): boolean {
  return refund.state === 'APPROVED' || refund.state === 'SENT';
}

/** Until the operator has looked at it, goods whose money may be gone stay where they are. */
function isRefundedOutside(order: Order): boolean {
  return (order.outsideRefunds ?? []).some((one) => one.decidedAt === undefined);
}
