import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { appendOutsideRefund, orderIdOfNumber, type OutsideRefund } from '../orders/index.js';

/** Puts a refund that this zone never sent on its order, and tells the operator's log, once. */
export async function noteOutsideRefund(
  ctx: Context,
  found: Pick<OutsideRefund, 'outsideId' | 'paymentId' | 'refundId' | 'amountFen'>,
): Promise<void> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself writes what became of a refund');
  const noted = await appendOutsideRefund(ctx.base, {
    orderId: orderIdOfNumber(found.paymentId),
    outside: { ...found, seenAt: new Date(ctx.base.clock()) },
  });
  if (!noted) ctx.log.error(found, 'a refund names no order of ours');
  else if (noted.isNew) ctx.log.error({ ...found, orderId: noted.order._id }, 'a refund was made outside of the zone');
}
