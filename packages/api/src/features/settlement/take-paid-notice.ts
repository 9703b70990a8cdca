import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { paymentPort } from '../payments/index.js';
import { settlePayment } from './settle-payment.js';
import type { PaymentPaid } from './settlement.rules.js';
import { takePaymentState } from './take-payment-state.js';

/**
 * What a verified notice of a payment means. Where its amount is not the order's, one message decides nothing: the
 * provider is asked, and its answer stands. Null: durable. Refusals: `ORDER_UNKNOWN`, `PAYMENT_AMOUNT_UNSURE` (the
 * provider does not answer, or says that nothing was paid), upon which the notice comes again.
 */
export async function takePaidNotice(ctx: Context, notice: PaymentPaid): Promise<Refusal | null> {
  const denied = denyUnless(ctx, 'system');
  if (denied) return denied;
  const { paymentId, transactionId, amountFen, paidAtMs } = notice;
  const settled = await settlePayment(ctx, { paymentId, transactionId, amountFen, paidAtMs });
  if (!isRefusal(settled)) return null;
  if (settled.code !== 'PAYMENT_AMOUNT_UNSURE') return settled;
  ctx.log.warn({ paymentId, amountFen }, 'a notice names another amount than the order costs; the provider is asked');
  const state = await paymentPort(ctx.base).query(paymentId);
  if (isRefusal(state)) return state;
  const taken = await takePaymentState(ctx, state);
  if (isRefusal(taken)) return taken;
  return taken === 'PAID' ? null : settled;
}
