import type { Base } from '../../kernel/context.js';
import { slot } from '../../kernel/slot.js';
import type { Session } from '../../kernel/transaction.js';
import type { SpendFacts } from './matching.types.js';

/** A spend whose money has not been seen leaving the bank. */
export interface OpenSpend extends SpendFacts {
  /** For people: what it was for. */
  readonly title: string;
  readonly day: string;
}

export interface PaidOut {
  readonly spendId: string;
  /** Negative when a match is taken back. */
  readonly amountFen: number;
  /** Of the bank line. */
  readonly day: string;
}

/** How the desk meets the spends, which stand downstream of the bank. */
export interface SpendPort {
  /** Bounded; the oldest first. */
  readOpenSpends(base: Base, session?: Session): Promise<readonly OpenSpend[]>;
  /** Notes in the caller's transaction that money of these spends went out; throws where it is more than a spend. */
  payOut(base: Base, paid: readonly PaidOut[], session: Session): Promise<void>;
}

/** Until projects fill it there are no spends to be matched. */
export const spendPort = slot<SpendPort>('spends', () => ({
  readOpenSpends: () => Promise.resolve([]),
  payOut: () => Promise.reject(new Error('nothing fills the port of the spends')),
}));
