import { slot } from '../../kernel/slot.js';

/** A refund that a bill has and our books have not, of a payment that they have. */
export interface BilledRefund {
  readonly orderId: string;
  readonly paymentId: string;
  /** The number that whoever made it gave it. */
  readonly refundId: string;
  /** The provider's number of it. */
  readonly outsideId: string;
  readonly amountFen: number;
}

/** Where they are kept until a person says what they are. The wiring lends settlement's: nothing else may know the heart. */
export interface BilledRefunds {
  /** Any number of times, once. Passes over refunds that the zone made itself and that are not settled yet. */
  note(found: readonly BilledRefund[]): Promise<void>;
}

export const billedRefunds = slot<BilledRefunds>('billed refunds');
