import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal } from '../../kernel/refusal.js';
import { paymentPort } from '../payments/index.js';
import { settlePayment } from './settle-payment.js';
import { settlementOptions } from './settlement.options.js';
import { readOrdersAwaitingNotice } from './settlement.store.js';

const MAX_A_RUN = 100;

/**
 * Notices may come not at all: asks the provider about payments that have been open for a while. Gives how many
 * purchases it settled that way.
 */
export async function askAboutPayments(ctx: Context): Promise<number> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself asks about payments');
  const beforeMs = ctx.base.clock() - settlementOptions(ctx.base).askAfterMs;
  let settledCount = 0;
  for (const order of await readOrdersAwaitingNotice(ctx.base, beforeMs, MAX_A_RUN)) {
    for (const attempt of order.payments) {
      const state = await paymentPort(ctx.base).query(attempt.paymentId);
      if (isRefusal(state) || state.state !== 'SUCCESS') continue;
      await settlePayment(ctx, state);
      settledCount += 1;
    }
  }
  return settledCount;
}
