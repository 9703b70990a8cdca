import type { Context } from '../../kernel/context.js';
import type { Job } from '../../kernel/jobs.js';
import { isRefusal } from '../../kernel/refusal.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { billDayId, findDays } from './bill-days.store.js';
import { daysWithOpenDifferences } from './bill-differences.store.js';
import { billsOptions } from './bills.options.js';
import { compareDays } from './compare-days.js';
import { fetchBill } from './fetch-bill.js';

/** A bill is there by ten in the morning; a look each ten minutes finds it soon after. */
const EVERY_MS = 600_000;
const READY_HOUR = 10;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A zone that stood still for a week catches up by itself; longer, somebody looks. */
const MOST_DAYS_BACK = 7;
/** Differences that people leave open are looked at again, the newest first. */
const MOST_DAYS_AGAIN = 60;

export const billJobs: readonly Job[] = [{ name: 'fetch-bills', everyMs: EVERY_MS, run: fetchDueBills }];

/** Fetches the bills of the days that are over and not there yet, then looks again at days with open differences. */
async function fetchDueBills(ctx: Context, signal: AbortSignal): Promise<void> {
  const { base } = ctx;
  const due = dueDays(base.clock(), billsOptions(base).fetchFrom);
  const there = await findDays(
    base,
    due.map((day) => billDayId({ provider: 'WECHAT', day })),
  );
  const missing = due.filter((day) => {
    const covers = there.get(billDayId({ provider: 'WECHAT', day }))?.covers ?? [];
    return !(covers.includes('TRADE') && covers.includes('REFUND') && covers.includes('FLOW'));
  });
  for (const day of missing) {
    if (signal.aborted) return;
    const fetched = await fetchBill(ctx, { day });
    // The next run asks again; what a bill says wrong is for people to see.
    if (isRefusal(fetched)) ctx.log.warn({ day, code: fetched.code }, 'a bill was not fetched');
  }
  const open = await daysWithOpenDifferences(base, MOST_DAYS_AGAIN);
  if (!signal.aborted) await compareDays(ctx, open.map(billDayId));
}

/** Days whose bills the provider has written by now, oldest first. */
function dueDays(nowMs: number, fetchFrom: string | null): string[] {
  if (fetchFrom === null) return [];
  const days: string[] = [];
  for (let back = MOST_DAYS_BACK; back >= 1; back -= 1) {
    const day = shanghaiDay(nowMs - READY_HOUR * HOUR_MS - back * DAY_MS);
    if (day >= fetchFrom) days.push(day);
  }
  return days;
}
