import { lastOf, sorted } from '../../../../kit/lists.js';

const MONTHS_AT_MOST = 12;

const before = (month: string): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${String(year - 1)}-12` : `${String(year)}-${String(number - 1).padStart(2, '0')}`;
};

/** Months that a batch may be made for: over by now, and after the last that was approved. Newest first. */
export const monthsToMake = (
  batches: readonly { readonly month: string; readonly state: string }[],
  today: string,
): readonly string[] => {
  const closed = batches.filter(({ state }) => state === 'APPROVED').map(({ month }) => month);
  const last = lastOf(sorted(closed)) ?? '';
  const months: string[] = [];
  let month = before(today.slice(0, 7));
  while (month > last && months.length < MONTHS_AT_MOST) {
    months.push(month);
    month = before(month);
  }
  return months;
};
