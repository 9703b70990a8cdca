import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import { type Tries, dueFilter } from '../../kernel/work-queue.js';

const STRAY_STATES = ['WAITING', 'SENT', 'DONE', 'FAILED'] as const;

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
  readonly state: (typeof STRAY_STATES)[number];
  readonly doneAt?: Date;
  /** Why it is FAILED, in the provider's words. */
  readonly failureReason?: string;
  /** Of sending it back and asking after it. */
  readonly tries?: Tries;
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
    state: { type: String, enum: STRAY_STATES },
    doneAt: Date,
    failureReason: String,
    tries: { type: Schema.Types.Mixed },
  }).index({ state: 1, arrivedAt: 1 }),
);

export async function insertStray(base: Base, stray: StrayPayment, session: Session): Promise<void> {
  await strayPaymentStore
    .collection(base)
    .updateOne({ _id: stray._id }, { $setOnInsert: stray }, { upsert: true, session });
}

/** Of this payment, at the transaction's snapshot. */
export async function readStrayIn(base: Base, paymentId: string, session: Session): Promise<StrayPayment | null> {
  return strayPaymentStore.collection(base).findOne({ _id: paymentId }, { session });
}

/** Those on their way back that are due, the never tried first. */
export async function readDueStrays(base: Base, nowMs: number, limit: number): Promise<StrayPayment[]> {
  return strayPaymentStore
    .collection(base)
    .find({ state: { $in: ['WAITING', 'SENT'] }, ...dueFilter('tries', nowMs) })
    .sort({ 'tries.nextAt': 1 })
    .limit(limit)
    .toArray();
}

export async function putOffStray(base: Base, paymentId: string, tries: Tries): Promise<void> {
  await strayPaymentStore
    .collection(base)
    .updateOne({ _id: paymentId, state: { $in: ['WAITING', 'SENT'] } }, { $set: { tries } });
}

export async function readStrayByRefund(base: Base, refundId: string): Promise<StrayPayment | null> {
  // A stray's refund is numbered under its payment: the first 26 characters are the `_id`.
  return strayPaymentStore.collection(base).findOne({ _id: refundId.slice(0, 26), refundId });
}

export async function readStraysOfPayments(base: Base, paymentIds: readonly string[]): Promise<StrayPayment[]> {
  return strayPaymentStore
    .collection(base)
    .find({ _id: { $in: [...paymentIds] } })
    .toArray();
}

/** Those that arrived or went back from the first instant on and before the second. They are few at any time. */
export async function readStraysBetween(base: Base, fromMs: number, untilMs: number): Promise<StrayPayment[]> {
  const within = { $gte: new Date(fromMs), $lt: new Date(untilMs) };
  return strayPaymentStore
    .collection(base)
    .find({
      $or: [
        { state: { $in: [...STRAY_STATES] }, arrivedAt: within },
        { state: 'DONE', doneAt: within },
      ],
    })
    .toArray();
}

export async function markStray(
  base: Base,
  change: { paymentId: string; state: StrayPayment['state']; failureReason?: string; nowMs: number },
): Promise<void> {
  const { paymentId, state, failureReason, nowMs } = change;
  await strayPaymentStore.collection(base).updateOne(
    { _id: paymentId, state: { $ne: 'DONE' } },
    {
      $set: {
        state,
        ...(state === 'DONE' ? { doneAt: new Date(nowMs) } : {}),
        ...(failureReason === undefined ? {} : { failureReason }),
      },
    },
  );
}
