import { slot } from '../../kernel/slot.js';

export interface SettlementOptions {
  /** How long a payment may be open before the provider is asked about it. 30 seconds unless told. */
  readonly askAfterMs: number;
}

export const settlementOptions = slot<SettlementOptions>('settlement options', () => ({ askAfterMs: 30_000 }));
