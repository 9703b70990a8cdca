import type { Base } from '../../kernel/context.js';
import { slot } from '../../kernel/slot.js';

/** The fund's account to which sponsors remit, as the paper names it. */
export interface PayTo {
  /** As people call it: 基金专户. */
  readonly name: string;
  readonly bankName: string;
  /** The whole number: whoever remits needs it. */
  readonly number: string;
}

/** How batches hear of the account, which the bank keeps downstream. Null as long as the fund has told none. */
export type PayToPort = (base: Base) => Promise<PayTo | null>;

/** Until the bank fills it there is no account to be named. */
export const payToPort = slot<PayToPort>('pay-to', () => () => Promise.resolve(null));
