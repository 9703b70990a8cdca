import { requestError } from '../../graphql/errors.js';
import { shanghaiMonth, shanghaiMonthStartMs } from '../../kernel/shanghai.js';

/** A month as asked for, or the one of that instant. */
export function monthOf(asked: string | null | undefined, nowMs: number): string {
  if (!asked) return shanghaiMonth(nowMs);
  if (/^20\d\d-(0[1-9]|1[0-2])$/.test(asked)) return asked;
  throw requestError('MONTH_INVALID', '月份格式应为 2026-11，请重新选择。');
}

/** The month so many months before. */
export function monthBefore(month: string, back: number): string {
  let current = month;
  for (let step = 0; step < back; step += 1) current = shanghaiMonth(shanghaiMonthStartMs(current) - 1);
  return current;
}
