import { shanghaiDay } from '../../kernel/shanghai.js';

const DAY_MS = 86_400_000;

/** How old something is that waits, in whole days of Asia/Shanghai; the last has no end. */
export const AGE_BUCKETS = [
  { fromDays: 0, toDays: 7 },
  { fromDays: 8, toDays: 30 },
  { fromDays: 31, toDays: 90 },
  { fromDays: 91, toDays: null },
] as const;

/** The first instant that still belongs to each bucket but the last, the youngest first. */
export function ageBounds(nowMs: number): Date[] {
  const todayMs = Date.parse(`${shanghaiDay(nowMs)}T00:00:00+08:00`);
  return AGE_BUCKETS.flatMap(({ toDays }) => (toDays === null ? [] : [new Date(todayMs - toDays * DAY_MS)]));
}

/** Which bucket something belongs to that waits since then. */
export function bucketOf(since: Date, boundsAt: readonly Date[]): number {
  const found = boundsAt.findIndex((bound) => since >= bound);
  return found === -1 ? boundsAt.length : found;
}

/** What lies in a bucket, as bounds for a query; null for a bucket that there is not. */
export function bucketBetween(
  bucket: number,
  boundsAt: readonly Date[],
): { readonly from: Date | null; readonly to: Date | null } | null {
  if (!Number.isInteger(bucket) || bucket < 0 || bucket > boundsAt.length) return null;
  return { from: boundsAt[bucket] ?? null, to: boundsAt[bucket - 1] ?? null };
}
