import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { Period } from './pack.types.js';

const DAY_MS = 86_400_000;
/** 慈善法 (2023) art. 79: at least every three months. */
const MOST_MONTHS = 3;

/** Days before the deadline on which the fund's people are reminded; 0 stands for a deadline that has passed. */
const REMINDERS = [30, 14, 7, 1] as const;
export type ReminderStep = (typeof REMINDERS)[number] | 0;

/** `2026-09-30`, 1 → `2026-10-01`. */
export function addDays(day: string, count: number): string {
  return new Date(msOf(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of a later month, or that month's last: `2026-11-30`, 3 → `2027-02-28`. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastDate = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, lastDate))).toISOString().slice(0, 10);
}

export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(msOf(text)) && addDays(text, 0) === text;
}

/** From midnight to midnight in Asia/Shanghai. */
export function instantsOf({ from, until }: Period): { readonly fromMs: number; readonly endMs: number } {
  return { fromMs: Date.parse(`${from}T00:00:00+08:00`), endMs: Date.parse(`${addDays(until, 1)}T00:00:00+08:00`) };
}

/** `2026-07`, `2026-08`, `2026-09` */
export function monthsOf({ from, until }: Period): string[] {
  const months: string[] = [];
  // A period is at most three months long and so touches at most four.
  for (let month = from.slice(0, 7); month <= until.slice(0, 7) && months.length <= MOST_MONTHS + 1;) {
    months.push(month);
    month = addMonths(`${month}-01`, 1).slice(0, 7);
  }
  return months;
}

/** The last day that a period may have which begins here. */
export function longestUntil(from: string): string {
  return addDays(addMonths(from, MOST_MONTHS), -1);
}

/**
 * The period as it may be disclosed today, or why not. Periods follow each other without a gap: the second begins where
 * the first has ended.
 */
export function checkPeriod(wanted: Period, lastUntil: string | null, today: string): Period | Refusal {
  const { from, until } = wanted;
  if (!isDay(from)) return refuse('PERIOD_INVALID', '开始日期应写作 2026-07-01 这样的形式。', { path: 'from' });
  if (!isDay(until)) return refuse('PERIOD_INVALID', '结束日期应写作 2026-09-30 这样的形式。', { path: 'until' });
  if (lastUntil !== null && from !== addDays(lastUntil, 1)) {
    return refuse('PERIOD_GAP', `上一期公示到 ${lastUntil}，这一期应从 ${addDays(lastUntil, 1)} 开始。`, {
      path: 'from',
    });
  }
  if (until < from) return refuse('PERIOD_INVALID', '结束日期不能早于开始日期。', { path: 'until' });
  if (until >= today) {
    return refuse('PERIOD_NOT_OVER', '这一期还没有结束，请等最后一天过完再生成公示。', { path: 'until' });
  }
  if (until > longestUntil(from)) {
    return refuse('PERIOD_TOO_LONG', `一期最长三个月，请把结束日期定在 ${longestUntil(from)} 或之前。`, {
      path: 'until',
    });
  }
  return { from, until };
}

/** What the desk proposes: up to the last full month that is over; null when no day is over yet. */
export function nextPeriod(from: string, today: string): Period | null {
  const yesterday = addDays(today, -1);
  if (from > yesterday) return null;
  const latest = longestUntil(from) < yesterday ? longestUntil(from) : yesterday;
  const monthEnd = addDays(`${addDays(latest, 1).slice(0, 7)}-01`, -1);
  return { from, until: monthEnd >= from ? monthEnd : latest };
}

/**
 * The day on which the next disclosure must be out: three months after the last period's end, `2026-09-30` →
 * `2026-12-31`. A period is told when it is over, so one that uses all three months comes a day late: the desk proposes
 * full months that are over and so stays ahead.
 */
export function deadlineAfter(lastUntil: string): string {
  return longestUntil(addDays(lastUntil, 1));
}

/** Whole days from today to a day; negative when it has passed. */
export function daysLeft(deadline: string, today: string): number {
  return Math.trunc((msOf(deadline) - msOf(today)) / DAY_MS);
}

/** The reminder that is due with so many days left: the nearest step that was reached; null when there is time. */
export function reminderStep(left: number): ReminderStep | null {
  if (left < 0) return 0;
  return REMINDERS.filter((step) => left <= step).at(-1) ?? null;
}

/** `GS20260701-20260930`; its corrections end with `-G1`, `-G2` … */
export function packIdOf({ from, until }: Period, correction = 0): string {
  const plain = (day: string): string => day.replaceAll('-', '');
  return `GS${plain(from)}-${plain(until)}${correction > 0 ? `-G${correction}` : ''}`;
}

function msOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}
