import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { orderIdOfNumber, readOrders } from '../orders/index.js';
import { noteOutsideRefund } from './note-outside-refund.js';
import { readStrayByRefund } from './stray-payments.store.js';

/** A refund as a bill of the provider has it. */
interface Billed {
  readonly paymentId: string;
  readonly refundId: string;
  readonly outsideId: string;
  readonly amountFen: number;
}

/**
 * Refunds that a bill tells of and our books do not have: a notice of them may never have come. Those that we made
 * ourselves, and that settle within seconds or days, are passed over; the others stand on their orders from now on.
 */
export async function noteBilledRefunds(ctx: Context, found: readonly Billed[]): Promise<void> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself writes what became of a refund');
  const orders = await readOrders(ctx.base, [...new Set(found.map((one) => orderIdOfNumber(one.paymentId)))]);
  const ours = new Set(orders.flatMap((order) => order.refunds.map((refund) => refund.refundId)));
  for (const { paymentId, refundId, outsideId, amountFen } of found) {
    if (ours.has(refundId) || (await readStrayByRefund(ctx.base, refundId))) continue;
    await noteOutsideRefund(ctx, { outsideId, paymentId, refundId, amountFen });
  }
}
