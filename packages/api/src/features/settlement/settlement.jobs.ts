import type { Context } from '../../kernel/context.js';
import { askAboutPayments } from './ask-about-payments.js';
import { closeExpiredOrders } from './close-expired.js';
import { completeOrders } from './complete-orders.js';
import { sendRefunds } from './send-refunds.js';

/** What settlement does by itself. Each is idempotent; the wiring runs each in one process at a time. */
export const settlementJobs: readonly {
  readonly name: string;
  readonly everyMs: number;
  run(ctx: Context): Promise<number>;
}[] = [
  { name: 'close-expired-orders', everyMs: 5_000, run: closeExpiredOrders },
  { name: 'ask-about-payments', everyMs: 10_000, run: askAboutPayments },
  { name: 'send-refunds', everyMs: 2_000, run: sendRefunds },
  { name: 'complete-orders', everyMs: 10_000, run: completeOrders },
];
