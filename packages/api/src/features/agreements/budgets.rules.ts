import { nextShanghaiMonthMs, shanghaiMonth } from '../../kernel/shanghai.js';
import type { Agreement, Budget } from './agreements.store.js';

/** What a promise is held against. `budgetMonth`: of its placement, where the agreement has a cap per month. */
export interface Held {
  readonly agreementId: string;
  readonly budgetMonth?: string;
}

/** The budgets that a promise takes from, all of them or none: the total, and the month's where there is one. */
export function budgetIds({ agreementId, budgetMonth }: Held): string[] {
  return budgetMonth === undefined ? [agreementId] : [agreementId, monthBudgetId(agreementId, budgetMonth)];
}

export function monthBudgetId(agreementId: string, month: string): string {
  return `${agreementId}|${month}`;
}

/** The agreement that a budget is of. */
export function agreementIdOfBudget(budgetId: string): string {
  return budgetId.split('|')[0] ?? budgetId;
}

/** What an agreement may still give at this moment, of a view of the budgets: the least of its two caps. */
export function leftFenOf(
  agreement: Pick<Agreement, '_id' | 'monthlyCapFen'>,
  leftFen: ReadonlyMap<string, number>,
  nowMs: number,
): number {
  const held = { agreementId: agreement._id, ...budgetMonthOf(agreement, nowMs) };
  return Math.min(...budgetIds(held).map((id) => leftFen.get(id) ?? 0));
}

/** To be spread into what is held: no month where the agreement knows no cap per month. */
export function budgetMonthOf(
  { monthlyCapFen }: Pick<Agreement, 'monthlyCapFen'>,
  nowMs: number,
): { budgetMonth?: string } {
  return monthlyCapFen === null ? {} : { budgetMonth: shanghaiMonth(nowMs) };
}

/**
 * All budgets of an agreement, full: made once, when it comes into force. One for each month of the term: so a month
 * begins without anybody doing anything, and a promise is held by the same conditional update as the total.
 */
export function fullBudgets(
  agreement: Pick<Agreement, '_id' | 'capFen' | 'monthlyCapFen' | 'validFrom' | 'validUntil'>,
): Budget[] {
  const { _id, capFen, monthlyCapFen } = agreement;
  const total = { _id, capFen, leftFen: capFen };
  if (monthlyCapFen === null) return [total];
  const months = monthsOf(agreement).map((month) => ({
    _id: monthBudgetId(_id, month),
    capFen: monthlyCapFen,
    leftFen: monthlyCapFen,
  }));
  return [total, ...months];
}

/** Each month of a term, in Asia/Shanghai. */
function monthsOf({ validFrom, validUntil }: Pick<Agreement, 'validFrom' | 'validUntil'>): string[] {
  const months: string[] = [];
  for (let atMs = validFrom.getTime(); atMs < validUntil.getTime(); atMs = nextShanghaiMonthMs(atMs)) {
    months.push(shanghaiMonth(atMs));
  }
  return months;
}
