/**
 * Accounting days and months are Asia/Shanghai (rule 18): UTC+8 all year, no daylight saving since 1991, so plain
 * arithmetic is exact. Instants stay UTC everywhere else.
 */
const OFFSET_MS = 8 * 3_600_000;

/** `2026-11-22` */
export function shanghaiDay(instantMs: number): string {
  return new Date(instantMs + OFFSET_MS).toISOString().slice(0, 10);
}

/** `2026-11` */
export function shanghaiMonth(instantMs: number): string {
  return shanghaiDay(instantMs).slice(0, 7);
}

/** The first instant of the month after the one that this instant lies in. */
export function nextShanghaiMonthMs(instantMs: number): number {
  const local = new Date(instantMs + OFFSET_MS);
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1) - OFFSET_MS;
}

/** The first instant of a month given as `2026-11`. */
export function shanghaiMonthStartMs(month: string): number {
  return Date.parse(`${month}-01T00:00:00+08:00`);
}
