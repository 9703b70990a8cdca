import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Order, type OrderRefund, writeRefund } from '../orders/index.js';

/** A refund that will not happen by itself ends as FAILED, with the provider's words, before the operator and the buyer. */
export async function failRefund(
  ctx: Context,
  failed: { order: Pick<Order, '_id'>; refund: OrderRefund; reason: string },
): Promise<void> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself writes what became of a refund');
  const { order, refund, reason } = failed;
  if (refund.state !== 'SENT' && refund.state !== 'APPROVED') return;
  ctx.log.error({ refundId: refund.refundId, reason }, 'a refund failed at the provider');
  const { tries: _tries, ...asked } = refund;
  const after: OrderRefund = { ...asked, state: 'FAILED', failureReason: reason };
  await writeRefund(ctx.base, { order, refund: after, from: refund.state });
}
