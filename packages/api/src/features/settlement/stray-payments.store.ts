import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';

/**
 * Money that settled nothing and goes back by itself: it came too late and nothing was left (`LATE`), a second time for
 * one order (`DUPLICATE`), or in another amount than the order costs (`AMOUNT`).
 */
export interface StrayPayment {
  /** The payment's id. */
  readonly _id: string;
  readonly orderId: string;
  readonly memberId: string;
  readonly transactionId: string;
  readonly amountFen: number;
  readonly reason: 'LATE' | 'DUPLICATE' | 'AMOUNT';
  readonly arrivedAt: Date;
  readonly refundId: string;
  /** `FAILED`: the provider could not give it back; somebody must act. */
  readonly state: 'WAITING' | 'SENT' | 'DONE' | 'FAILED';
  readonly doneAt?: Date;
}

export const strayPaymentStore = defineStore<StrayPayment>(
  'strayPayments',
  new Schema({
    _id: { type: String, required: true },
    orderId: String,
    memberId: String,
    transactionId: String,
    amountFen: Number,
    reason: { type: String, enum: ['LATE', 'DUPLICATE', 'AMOUNT'] },
    arrivedAt: Date,
    refundId: String,
    state: { type: String, enum: ['WAITING', 'SENT', 'DONE', 'FAILED'] },
    doneAt: Date,
  }).index({ state: 1, arrivedAt: 1 }),
);

export async function insertStray(base: Base, stray: StrayPayment, session: Session): Promise<void> {
  await strayPaymentStore
    .collection(base)
    .updateOne({ _id: stray._id }, { $setOnInsert: stray }, { upsert: true, session });
}

export async function readOpenStrays(base: Base, limit: number): Promise<StrayPayment[]> {
  return strayPaymentStore
    .collection(base)
    .find({ state: { $in: ['WAITING', 'SENT'] } })
    .sort({ arrivedAt: 1 })
    .limit(limit)
    .toArray();
}

export async function readStrayByRefund(base: Base, refundId: string): Promise<StrayPayment | null> {
  // A stray's refund is numbered under its payment: the first 26 characters are the `_id`.
  return strayPaymentStore.collection(base).findOne({ _id: refundId.slice(0, 26), refundId });
}

export async function markStray(
  base: Base,
  change: { paymentId: string; state: StrayPayment['state']; nowMs: number },
): Promise<void> {
  const { paymentId, state, nowMs } = change;
  await strayPaymentStore
    .collection(base)
    .updateOne(
      { _id: paymentId, state: { $ne: 'DONE' } },
      { $set: { state, ...(state === 'DONE' ? { doneAt: new Date(nowMs) } : {}) } },
    );
}
