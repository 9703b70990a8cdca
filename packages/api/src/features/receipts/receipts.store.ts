import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import type { ReceiptContent } from './receipts.rules.js';

export const RECEIPT_STATES = ['VALID', 'VOIDED'] as const;

/** A receipt as it was recorded. Its content is never changed; it can only cease to count. */
export interface Receipt extends ReceiptContent {
  readonly _id: string;
  readonly sponsorId: string;
  readonly sponsorName: string;
  readonly agreementNumber: string;
  readonly state: (typeof RECEIPT_STATES)[number];
  /** The receipt that this one stands in the place of. */
  readonly correctsId: string | null;
  /** Why the former one was wrong. */
  readonly correctionReason: string | null;
  readonly recordedBy: string;
  readonly recordedAt: Date;
  /** Of the request, so that the same key with other content is found out. */
  readonly requestHash: string;
  readonly voidedAt: Date | null;
  readonly voidedBy: string | null;
  readonly voidReason: string | null;
  /** Only while it counts: the unique indexes then let neither a number nor a remittance stand twice. */
  readonly validNumber?: string;
  readonly validRemittanceId?: string;
}

const whileValid = (field: string): { unique: true; partialFilterExpression: object } => ({
  unique: true,
  partialFilterExpression: { [field]: { $exists: true } },
});

export const receiptStore = defineStore<Receipt>(
  'receipts',
  new Schema({
    _id: { type: String, required: true },
    remittanceId: { type: String, required: true },
    number: { type: String, required: true },
    checkCode: { type: String, required: true },
    issuedDay: { type: String, required: true },
    amountFen: { type: Number, required: true },
    fileId: { type: String, required: true },
    sponsorId: { type: String, required: true },
    sponsorName: { type: String, required: true },
    agreementNumber: { type: String, required: true },
    state: { type: String, required: true, enum: RECEIPT_STATES },
    correctsId: { type: String, default: null },
    correctionReason: { type: String, default: null },
    recordedBy: { type: String, required: true },
    recordedAt: { type: Date, required: true },
    requestHash: { type: String, required: true },
    voidedAt: { type: Date, default: null },
    voidedBy: { type: String, default: null },
    voidReason: { type: String, default: null },
    validNumber: String,
    validRemittanceId: String,
  })
    .index({ validNumber: 1 }, whileValid('validNumber'))
    .index({ validRemittanceId: 1 }, whileValid('validRemittanceId'))
    .index({ remittanceId: 1, recordedAt: 1 })
    .index({ sponsorId: 1, recordedAt: -1 })
    .index({ recordedAt: -1, _id: -1 })
    .index({ fileId: 1 }),
);

/** One receipt; null when there is none of this id. */
export async function readReceipt(base: Base, receiptId: string, session?: Session): Promise<Receipt | null> {
  return receiptStore.collection(base).findOne({ _id: receiptId }, session ? { session } : {});
}

export async function insertReceipt(base: Base, receipt: Receipt, session: Session): Promise<void> {
  await receiptStore.collection(base).insertOne(receipt, { session });
}

/** The receipt no longer counts. False when it did not before. */
export async function markVoided(
  base: Base,
  receiptId: string,
  mark: { readonly at: Date; readonly by: string; readonly reason: string },
  session: Session,
): Promise<boolean> {
  const change = { state: 'VOIDED', voidedAt: mark.at, voidedBy: mark.by, voidReason: mark.reason } as const;
  const result = await receiptStore
    .collection(base)
    .updateOne(
      { _id: receiptId, state: 'VALID' },
      { $set: change, $unset: { validNumber: '', validRemittanceId: '' } },
      { session },
    );
  return result.modifiedCount === 1;
}

/** The most that one read gives. */
const MAX_RECEIPTS = 10_000;

export interface ReceiptFilter {
  readonly sponsorIds?: readonly string[];
  readonly state?: Receipt['state'];
  /** What was recorded before this one. */
  readonly before?: { readonly atMs: number; readonly receiptId: string };
  readonly limit?: number;
}

/** The latest recorded first, voided ones among them. */
export async function readReceipts(base: Base, filter: ReceiptFilter): Promise<Receipt[]> {
  const { sponsorIds, state, before } = filter;
  const at = new Date(before?.atMs ?? 0);
  const query = {
    ...(sponsorIds ? { sponsorId: { $in: [...sponsorIds] } } : {}),
    ...(state ? { state } : {}),
    ...(before ? { $or: [{ recordedAt: { $lt: at } }, { recordedAt: at, _id: { $lt: before.receiptId } }] } : {}),
  };
  return receiptStore
    .collection(base)
    .find(query)
    .sort({ recordedAt: -1, _id: -1 })
    .limit(Math.min(filter.limit ?? MAX_RECEIPTS, MAX_RECEIPTS))
    .toArray();
}

/** The receipts that count for these remittances, by remittance. */
export async function readReceiptsOf(
  base: Base,
  remittanceIds: readonly string[],
): Promise<ReadonlyMap<string, Receipt>> {
  const found = await receiptStore
    .collection(base)
    .find({ validRemittanceId: { $in: [...remittanceIds] } })
    .toArray();
  return new Map(found.map((receipt) => [receipt.remittanceId, receipt]));
}

/** Whose receipts this file is a picture of. */
export async function findSponsorsOfFile(base: Base, fileId: string): Promise<string[]> {
  return receiptStore.collection(base).distinct('sponsorId', { fileId });
}
