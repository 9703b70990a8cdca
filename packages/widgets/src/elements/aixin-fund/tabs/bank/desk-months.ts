import { nothing, type TemplateResult } from 'lit';
import { addressChooser } from '../../../../console/chooser.js';
import type { PageQuery } from '../../../../console/page-query.js';
import { monthText } from '../../../../kit/dates.js';
import { fundBankTexts as texts } from '../../../../texts/fund-bank.js';
import type { BankDesk } from './bank.documents.js';

/** Months with a batch or within a statement, the newest first. */
const monthsOf = ({ figures, chains }: BankDesk, chosen: string | null): readonly string[] => {
  const within = chains.flatMap(({ fromDay, toDay }) => (fromDay && toDay ? monthsBetween(fromDay, toDay) : []));
  return [...new Set([...figures.months, ...within, ...(chosen ? [chosen] : [])])].sort().reverse();
};

/** A century at most, whatever a statement says. */
const MOST_MONTHS = 1200;

const monthsBetween = (fromDay: string, toDay: string): string[] => {
  const months: string[] = [];
  const last = toDay.slice(0, 7);
  let [year = 0, month = 0] = fromDay.split('-').map(Number);
  for (
    let name = fromDay.slice(0, 7);
    name <= last && months.length < MOST_MONTHS;
    name = `${year}-${String(month).padStart(2, '0')}`
  ) {
    months.push(name);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return months;
};

/** A month's first and last day; none of them where no month was chosen: then all lines are shown. */
export const daysOf = (month: string | null): { fromDay: string | null; toDay: string | null } =>
  month === null ? { fromDay: null, toDay: null } : { fromDay: `${month}-01`, toDay: `${month}-31` };

/** Shows the lines of one month; nothing to choose before the first statement and the first batch. */
export const monthChooser = (
  desk: BankDesk,
  address: PageQuery<'month' | 'state' | 'text'>,
): TemplateResult | typeof nothing => {
  const months = monthsOf(desk, address.get('month'));
  if (months.length === 0) return nothing;
  const choices = months.map((month) => [month, monthText(month)] as const);
  return addressChooser(address, 'month', { label: texts.month, any: texts.allMonths, choices });
};
