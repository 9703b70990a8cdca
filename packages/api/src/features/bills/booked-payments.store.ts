import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';

/** A payment that was settled or a refund that was done, with the day on which the journal has it. */
export interface BookedPayment {
  /** Our number: of the payment, or of the refund. */
  readonly _id: string;
  readonly kind: 'TRADE' | 'REFUND';
  readonly paymentId: string;
  readonly orderId: string;
  /** The provider's number of the payment; empty for a refund. */
  readonly transactionId: string;
  readonly day: string;
  /** What came in is positive. */
  readonly amountFen: number;
}

export const bookedPaymentStore = defineStore<BookedPayment>(
  'bookedPayments',
  new Schema({
    _id: { type: String, required: true },
    kind: { type: String, enum: ['TRADE', 'REFUND'], required: true },
    paymentId: { type: String, required: true },
    orderId: String,
    transactionId: String,
    day: { type: String, required: true },
    amountFen: Number,
  })
    .index({ day: 1 })
    .index({ paymentId: 1 })
    .index({ orderId: 1 }),
);

export async function bookedOfPayments(base: Base, paymentIds: readonly string[]): Promise<BookedPayment[]> {
  return bookedPaymentStore
    .collection(base)
    .find({ paymentId: { $in: [...paymentIds] } })
    .toArray();
}

/** The payment numbers of what the journal has on this day; the same may come again. */
export async function* bookedPaymentsOfDay(base: Base, day: string): AsyncGenerator<string> {
  for await (const one of bookedPaymentStore.collection(base).find({ day }, { projection: { paymentId: 1 } })) {
    yield one.paymentId;
  }
}
