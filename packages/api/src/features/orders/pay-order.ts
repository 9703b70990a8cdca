import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { type PaymentScene, type Prepay, paymentPort } from '../payments/index.js';
import { readOwnOrder } from './orders.reads.js';
import { type Order, type PaymentAttempt, orderStore } from './orders.store.js';

/** A buyer who changes between code, app and browser needs a few; two digits name an attempt. */
const MAX_ATTEMPTS = 9;
/** The provider wants some time between now and the end of a payment; less is not worth starting. */
const LEAST_TIME_LEFT_MS = 5_000;

export interface PayOrderInput {
  readonly orderId: string;
  readonly scene: PaymentScene;
  readonly payerOpenId?: string;
  readonly payerIp?: string;
}

/**
 * Opens a payment at the provider. Asking again for the same scene asks for the same payment: the provider knows it by
 * its number. Refusals: `ORDER_UNKNOWN`, `NOT_PAYABLE`, `TOO_MANY_ATTEMPTS`, and the provider's (`PAYMENT_…`).
 */
export async function payOrder(
  ctx: Context,
  input: PayOrderInput,
): Promise<{ order: Order; prepay: Prepay } | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  const opened = (await openFirstAttempt(ctx, input)) ?? (await openAttempt(ctx, input));
  if (isRefusal(opened)) return opened;
  const { order, attempt } = opened;
  const prepay = await paymentPort(ctx.base).prepay({
    paymentId: attempt.paymentId,
    amountFen: order.totalFen,
    description: `消费帮扶 ${order.number}`,
    expiresAtMs: order.expiresAt.getTime(),
    scene: input.scene,
    ...(input.payerOpenId === undefined ? {} : { payerOpenId: input.payerOpenId }),
    ...(input.payerIp === undefined ? {} : { payerIp: input.payerIp }),
  });
  return isRefusal(prepay) ? prepay : { order, prepay };
}

interface Opened {
  readonly order: Order;
  readonly attempt: PaymentAttempt;
}

/** The usual case in one write: nobody has tried to pay this order before. Null: something is different, look closer. */
async function openFirstAttempt(ctx: Context, input: PayOrderInput): Promise<Opened | null> {
  const attempt = attemptOf(ctx, { orderId: input.orderId, number: 1, scene: input.scene });
  const order = await orderStore
    .collection(ctx.base)
    .findOneAndUpdate(
      { ...payableFilter(ctx, input.orderId), payments: { $size: 0 } },
      { $push: { payments: attempt }, $inc: { revision: 1 } },
      { returnDocument: 'after' },
    );
  return order ? { order, attempt } : null;
}

/** The open attempt of this scene, or a new one, written down before the provider hears of it. */
async function openAttempt(ctx: Context, input: PayOrderInput): Promise<Opened | Refusal> {
  const order = await readOwnOrder(ctx.base, { orderId: input.orderId, memberId: personOf(ctx) });
  if (isRefusal(order)) return order;
  if (order.state !== 'PLACED' || order.expiresAt.getTime() < ctx.base.clock() + LEAST_TIME_LEFT_MS) {
    return refuse('NOT_PAYABLE', '这份订单不能付款了，请查看订单状态，需要的话重新下单。');
  }
  const open = order.payments.find((attempt) => attempt.scene === input.scene);
  if (open) return { order, attempt: open };
  if (order.payments.length >= MAX_ATTEMPTS) {
    return refuse('TOO_MANY_ATTEMPTS', '这份订单换付款方式的次数太多，请取消后重新下单。');
  }
  const attempt = attemptOf(ctx, { orderId: order._id, number: order.payments.length + 1, scene: input.scene });
  const written = await orderStore
    .collection(ctx.base)
    .updateOne(
      { ...payableFilter(ctx, order._id), payments: { $size: order.payments.length } },
      { $push: { payments: attempt }, $inc: { revision: 1 } },
    );
  if (written.modifiedCount === 1) return { order, attempt };
  return refuse('NOT_PAYABLE', '订单刚刚有变化，请刷新后再付款。');
}

function payableFilter(ctx: Context, orderId: string) {
  const notBefore = new Date(ctx.base.clock() + LEAST_TIME_LEFT_MS);
  return { _id: orderId, memberId: personOf(ctx), state: 'PLACED' as const, expiresAt: { $gte: notBefore } };
}

function attemptOf(ctx: Context, of: { orderId: string; number: number; scene: PaymentScene }): PaymentAttempt {
  const paymentId = `${of.orderId}${String(of.number).padStart(2, '0')}`;
  return { paymentId, scene: of.scene, createdAt: new Date(ctx.base.clock()) };
}
