import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { closeAttempt } from '../orders/index.js';
import { paymentMeaning, type PaymentState } from '../payments/index.js';
import { noteOutsideRefund } from './note-outside-refund.js';
import { settlePayment } from './settle-payment.js';

/**
 * What the provider's answer to a question means for the order: paid, not yet, or never under this number. What was paid
 * and went back since was paid; that it went back is noted beside it. Refusals: those of `settlePayment`.
 */
export async function takePaymentState(
  ctx: Context,
  state: PaymentState,
): Promise<'PAID' | 'WAITING' | 'ENDED' | Refusal> {
  const denied = denyUnless(ctx, 'system');
  if (denied) return denied;
  const { paymentId } = state;
  if (!('transactionId' in state)) {
    const meaning = paymentMeaning(state.state);
    if (meaning !== 'ENDED') return 'WAITING';
    await closeAttempt(ctx.base, { paymentId, closedAt: new Date(ctx.base.clock()) });
    return 'ENDED';
  }
  const { transactionId, amountFen, paidAtMs } = state;
  const settled = await settlePayment(ctx, { paymentId, transactionId, amountFen, paidAtMs, asked: true });
  if (isRefusal(settled)) return settled;
  // Only now settled: none of our own refunds can be meant.
  if (state.state === 'REFUND' && settled.kind === 'settled' && !settled.before) {
    await noteOutsideRefund(ctx, { outsideId: paymentId, paymentId, refundId: null, amountFen: null });
  }
  return 'PAID';
}
