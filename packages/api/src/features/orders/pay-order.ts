import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { type PaymentScene, type Prepay, paymentPort } from '../payments/index.js';
import { closeAttempt, isClosedBy, openAttempts } from './payment-attempts.js';
import { readOwnOrder } from './orders.reads.js';
import { type Order, type PaymentAttempt, orderStore } from './orders.store.js';

/** A buyer who changes between code, app and browser needs a few; two digits name an attempt. */
const MAX_ATTEMPTS = 20;
/** The provider wants some time between now and the end of a payment; less is not worth starting. */
const LEAST_TIME_LEFT_MS = 5_000;

export interface PayOrderInput {
  readonly orderId: string;
  readonly scene: PaymentScene;
  readonly payerOpenId?: string;
  readonly payerIp?: string;
}

/**
 * Opens a payment at the provider. Asking again for the same scene and payer asks for the same payment: the provider
 * knows it by its number. Anything else gets a new number, after the earlier ones were closed: a buyer with two open
 * payments may pay twice. JSAPI needs the buyer's openid. Refusals: `PAYER_UNKNOWN`, `ORDER_UNKNOWN`, `NOT_PAYABLE`, `ALREADY_PAID`, `TOO_MANY_ATTEMPTS`, and the
 * provider's (`PAYMENT_…`).
 */
export async function payOrder(
  ctx: Context,
  input: PayOrderInput,
): Promise<{ order: Order; prepay: Prepay } | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  if (input.scene === 'JSAPI' && !input.payerOpenId) {
    const message = '还不知道您的微信身份，不能在微信里直接付款。请从门户重新进入专区再试，或改用扫码付款。';
    return refuse('PAYER_UNKNOWN', message, { path: 'scene' });
  }
  const opened = (await openFirstAttempt(ctx, input)) ?? (await openAttempt(ctx, input));
  if (isRefusal(opened)) return opened;
  const prepay = await prepayAttempt(ctx, input, opened);
  if (!isRefusal(prepay)) return { order: opened.order, prepay };
  if (prepay.code === 'PAYMENT_ALREADY_PAID') return alreadyPaid();
  if (prepay.code !== 'PAYMENT_CLOSED' && prepay.code !== 'PAYMENT_ID_REUSED') return prepay;
  // Somebody or something closed it at the provider. The number is used up, the order is not.
  const renewed = await replaceAttempt(ctx, input, opened);
  if (isRefusal(renewed)) return renewed;
  const again = await prepayAttempt(ctx, input, renewed);
  return isRefusal(again) ? again : { order: renewed.order, prepay: again };
}

interface Opened {
  readonly order: Order;
  readonly attempt: PaymentAttempt;
}

function prepayAttempt(ctx: Context, input: PayOrderInput, { order, attempt }: Opened): Promise<Prepay | Refusal> {
  return paymentPort(ctx.base).prepay({
    paymentId: attempt.paymentId,
    amountFen: order.totalFen,
    description: `消费帮扶 ${order.number}`,
    expiresAtMs: order.expiresAt.getTime(),
    scene: input.scene,
    ...(input.payerOpenId === undefined ? {} : { payerOpenId: input.payerOpenId }),
    ...(input.payerIp === undefined ? {} : { payerIp: input.payerIp }),
  });
}

/** The usual case in one write: nobody has tried to pay this order before. Null: something is different, look closer. */
async function openFirstAttempt(ctx: Context, input: PayOrderInput): Promise<Opened | null> {
  const attempt = attemptOf(ctx, input, 1);
  const order = await orderStore
    .collection(ctx.base)
    .findOneAndUpdate(
      { ...payableFilter(ctx, input.orderId), payments: { $size: 0 } },
      { $push: { payments: attempt }, $inc: { revision: 1 } },
      { returnDocument: 'after' },
    );
  return order ? { order, attempt } : null;
}

/** The open attempt of this scene and payer, or a new one, written down before the provider hears of it. */
async function openAttempt(ctx: Context, input: PayOrderInput): Promise<Opened | Refusal> {
  const order = await readOwnOrder(ctx.base, { orderId: input.orderId, memberId: personOf(ctx) });
  if (isRefusal(order)) return order;
  if (order.state !== 'PLACED' || order.expiresAt.getTime() < ctx.base.clock() + LEAST_TIME_LEFT_MS) {
    return refuse('NOT_PAYABLE', '这份订单不能付款了，请查看订单状态，需要的话重新下单。');
  }
  const payerKey = payerKeyOf(input);
  const open = openAttempts(order).find((one) => one.scene === input.scene && one.payerKey === payerKey);
  if (open) return { order, attempt: open };
  return addAttempt(ctx, input, order);
}

async function replaceAttempt(ctx: Context, input: PayOrderInput, used: Opened): Promise<Opened | Refusal> {
  const closedAt = new Date(ctx.base.clock());
  await closeAttempt(ctx.base, { paymentId: used.attempt.paymentId, closedAt });
  const order = await readOwnOrder(ctx.base, { orderId: input.orderId, memberId: personOf(ctx) });
  return isRefusal(order) ? order : addAttempt(ctx, input, order);
}

async function addAttempt(ctx: Context, input: PayOrderInput, order: Order): Promise<Opened | Refusal> {
  if (order.payments.length >= MAX_ATTEMPTS) {
    return refuse('TOO_MANY_ATTEMPTS', '这份订单换付款方式的次数太多，请取消后重新下单。');
  }
  for (const { paymentId } of openAttempts(order)) {
    const answer = await paymentPort(ctx.base).close(paymentId);
    if (answer?.code === 'PAYMENT_ALREADY_PAID') return alreadyPaid();
    if (!isClosedBy(answer)) return stillOpen(answer);
    await closeAttempt(ctx.base, { paymentId, closedAt: new Date(ctx.base.clock()) });
  }
  const attempt = attemptOf(ctx, input, order.payments.length + 1);
  const written = await orderStore
    .collection(ctx.base)
    .updateOne(
      { ...payableFilter(ctx, order._id), payments: { $size: order.payments.length } },
      { $push: { payments: attempt }, $inc: { revision: 1 } },
    );
  if (written.modifiedCount === 1) return { order, attempt };
  return refuse('NOT_PAYABLE', '订单刚刚有变化，请刷新后再付款。');
}

function alreadyPaid(): Refusal {
  return refuse('ALREADY_PAID', '这份订单已经付款成功，正在记账，请稍后查看。');
}

function stillOpen(answer: Refusal | null): Refusal {
  const message = '上一次付款还没有结束，请在原来的付款页面付完，或稍后再换付款方式。';
  return answer?.code === 'PAYMENT_PROVIDER_UNAVAILABLE' ? answer : refuse('PAYMENT_STILL_OPEN', message);
}

function payableFilter(ctx: Context, orderId: string) {
  const notBefore = new Date(ctx.base.clock() + LEAST_TIME_LEFT_MS);
  return { _id: orderId, memberId: personOf(ctx), state: 'PLACED' as const, expiresAt: { $gte: notBefore } };
}

function attemptOf(ctx: Context, input: PayOrderInput, number: number): PaymentAttempt {
  const paymentId = `${input.orderId}${String(number).padStart(2, '0')}`;
  const createdAt = new Date(ctx.base.clock());
  return { paymentId, scene: input.scene, createdAt, payerKey: payerKeyOf(input) };
}

/** What the provider binds a payment to, besides its number: kept as a hash, as it is nobody's business. */
function payerKeyOf(input: PayOrderInput): string {
  if (input.scene === 'NATIVE') return '';
  return derivedId('payer', (input.scene === 'JSAPI' ? input.payerOpenId : input.payerIp) ?? '');
}
