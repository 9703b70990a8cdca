/** The tabs of the fund's console, in the order they are offered. */
export const FUND_TABS = [
  'overview',
  'month',
  'agreements',
  'batches',
  'bank',
  'bills',
  'differences',
  'receipts',
  'projects',
  'disclosure',
] as const;

export type FundTabName = (typeof FUND_TABS)[number];
