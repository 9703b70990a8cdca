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
 * Opens a payment at the provider. Asking again for the same scene gives the same payment. Refusals: `ORDER_UNKNOWN`,
 * `NOT_PAYABLE`, `TOO_MANY_ATTEMPTS`, and the provider's (`PAYMENT_…`).
 */
export async function payOrder(
  ctx: Context,
  input: PayOrderInput,
): Promise<{ order: Order; prepay: Prepay } | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  const order = await readOwnOrder(ctx.base, { orderId: input.orderId, memberId: personOf(ctx) });
  if (isRefusal(order)) return order;
  const leftMs = order.expiresAt.getTime() - ctx.base.clock();
  if (order.state !== 'PLACED' || leftMs < LEAST_TIME_LEFT_MS) {
    return refuse('NOT_PAYABLE', '这份订单不能付款了，请查看订单状态，需要的话重新下单。');
  }
  const attempt = await attemptFor(ctx, order, input.scene);
  if (isRefusal(attempt)) return attempt;
  const kept = keptPrepay(attempt);
  if (kept) return { order, prepay: kept };
  const prepay = await paymentPort(ctx.base).prepay({
    paymentId: attempt.paymentId,
    amountFen: order.totalFen,
    description: `消费帮扶 ${order.number}`,
    expiresAtMs: order.expiresAt.getTime(),
    scene: input.scene,
    ...(input.payerOpenId === undefined ? {} : { payerOpenId: input.payerOpenId }),
    ...(input.payerIp === undefined ? {} : { payerIp: input.payerIp }),
  });
  if (isRefusal(prepay)) return prepay;
  await keepPrepay(ctx, { attempt, prepay, orderId: order._id });
  return { order, prepay };
}

/** The open attempt of this scene, or a new one, written down before the provider hears of it. */
async function attemptFor(ctx: Context, order: Order, scene: PaymentScene): Promise<PaymentAttempt | Refusal> {
  const open = order.payments.find((attempt) => attempt.scene === scene);
  if (open) return open;
  if (order.payments.length >= MAX_ATTEMPTS) {
    return refuse('TOO_MANY_ATTEMPTS', '这份订单换付款方式的次数太多，请取消后重新下单。');
  }
  const paymentId = `${order._id}${String(order.payments.length + 1).padStart(2, '0')}`;
  const attempt: PaymentAttempt = { paymentId, scene, createdAt: new Date(ctx.base.clock()) };
  const written = await orderStore
    .collection(ctx.base)
    .updateOne(
      { _id: order._id, state: 'PLACED', payments: { $size: order.payments.length } },
      { $push: { payments: attempt }, $inc: { revision: 1 } },
    );
  if (written.modifiedCount === 1) return attempt;
  return refuse('NOT_PAYABLE', '订单刚刚有变化，请刷新后再付款。');
}

function keptPrepay(attempt: PaymentAttempt): Prepay | null {
  if (attempt.codeUrl) return { scene: 'NATIVE', codeUrl: attempt.codeUrl };
  return attempt.h5Url ? { scene: 'H5', h5Url: attempt.h5Url } : null;
}

/** JSAPI parameters are signed afresh each time and not kept. */
async function keepPrepay(
  ctx: Context,
  kept: { attempt: PaymentAttempt; prepay: Prepay; orderId: string },
): Promise<void> {
  const { attempt, prepay, orderId } = kept;
  if (prepay.scene === 'JSAPI') return;
  const set =
    prepay.scene === 'NATIVE' ? { 'payments.$.codeUrl': prepay.codeUrl } : { 'payments.$.h5Url': prepay.h5Url };
  await orderStore
    .collection(ctx.base)
    .updateOne({ _id: orderId, 'payments.paymentId': attempt.paymentId }, { $set: set });
}
