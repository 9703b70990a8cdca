import { slot } from '../../kernel/slot.js';
import type { BillProvider } from './bill-line.rules.js';

export interface BillsOptions {
  /** The provider's fee in hundredths of a percent of each payment: 60 is 0.6 %. */
  readonly feeBasisPoints: number;
  /** Bills are fetched by themselves from this day on, `2026-11-22`; null: only by hand. */
  readonly fetchFrom: string | null;
  /** Our account at each provider: 商户号, or the 16 digits of an Alipay account. Null: whichever the first bill names. */
  readonly merchantIds: Readonly<Record<BillProvider, string | null>>;
}

export const billsOptions = slot<BillsOptions>('bills options', () => ({
  feeBasisPoints: 60,
  fetchFrom: null,
  merchantIds: { WECHAT: null, ALIPAY: null },
}));
