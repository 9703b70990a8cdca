import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { type Session, inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import { orderIdOfNumber } from '../orders/index.js';
import { readOrderIn } from './settlement.store.js';
import { writeRefundEntry } from './write-refund-entry.js';

const MAX_ROUNDS = 6;

/** The provider says that this refund's money is back with the buyer. */
export interface RefundPaid {
  readonly refundId: string;
  readonly amountFen: number;
}

/**
 * One journal document that names the purchase and undoes exactly its share: points, matches, record; with it, in the
 * same transaction, the order's refund, the sponsor's budget and (goods not yet sent) the shelf. Any number of times,
 * once. Refusals: `REFUND_UNKNOWN`, `REFUND_AMOUNT` (the provider gave back another amount: nothing is written).
 */
export async function settleRefund(ctx: Context, paid: RefundPaid): Promise<{ orderId: string } | Refusal> {
  const denied = denyUnless(ctx, 'system');
  if (denied) return denied;
  for (let round = 1; ; round += 1) {
    try {
      return await inTransaction(ctx.base, (session) => settleIn(ctx, paid, session));
    } catch (error) {
      if (!isDuplicateKey(error) || round >= MAX_ROUNDS) throw error;
    }
  }
}

async function settleIn(ctx: Context, paid: RefundPaid, session: Session): Promise<{ orderId: string } | Refusal> {
  const order = await readOrderIn(ctx.base, orderIdOfNumber(paid.refundId), session);
  const refund = order?.refunds.find((one) => one.refundId === paid.refundId);
  if (!order || !refund) return refuse('REFUND_UNKNOWN', '退款没有对应的申请，请联系平台运营核对。');
  if (refund.state === 'DONE') return { orderId: order._id };
  if (paid.amountFen !== refund.amountFen) {
    ctx.log.error({ refundId: paid.refundId }, 'the provider gave back another amount than was approved');
    return refuse('REFUND_AMOUNT', '支付机构退回的金额与批准的不一致，请联系平台运营核对。');
  }
  await writeRefundEntry(ctx.base, { order, refund }, session);
  return { orderId: order._id };
}
