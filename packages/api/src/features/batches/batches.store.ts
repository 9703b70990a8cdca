import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import type { PayTo } from './pay-to.js';

/**
 * BUILDING: its lines are being written. DRAFT: waits for the other person. APPROVED: frozen for ever. REJECTED: its
 * lines are gone, it may be made again.
 */
export const BATCH_STATES = ['BUILDING', 'DRAFT', 'APPROVED', 'REJECTED'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/** What one agreement, county or product has in a batch. */
export interface BatchTotal {
  /** Agreement id, county code, product id; '' for matches of whole orders. */
  readonly key: string;
  /** As it was called when the batch was made: a closed batch reprints byte for byte (rule 8). */
  readonly name: string;
  readonly matchCount: number;
  readonly matchedFen: number;
  readonly adjustmentCount: number;
  /** Zero or negative. */
  readonly adjustedFen: number;
}

/** What a batch took of the sales of one month, by the keys of the fund's monthly sums. */
export interface SaleMonthSum {
  readonly saleMonth: string;
  readonly agreementId: string;
  readonly countyCode: string;
  readonly remittanceId: string;
  readonly count: number;
  readonly amountFen: number;
}

/** A month's accrued yuan, to be remitted. Made by one person, approved by another (rule 7). */
export interface Batch {
  /** `B202610` */
  readonly _id: string;
  /** `2026-10`, in Asia/Shanghai. */
  readonly month: string;
  readonly state: BatchState;
  /** A rejected or broken-off batch is made anew under the next number. */
  readonly attempt: number;
  /** Hash of maker and idempotency key. */
  readonly makeKey: string;
  readonly madeBy: string;
  /** When it was begun; while it is built, when its last lines were written. */
  readonly madeAt: Date;
  /** The journal up to this block is what it counted. */
  readonly cutBlock: number;
  readonly lineCount: number;
  readonly amountFen: number;
  /** Merkle root of each page of 1,024 lines, and the root over them. */
  readonly pageRoots: readonly string[];
  readonly root: string;
  readonly agreements: readonly BatchTotal[];
  readonly counties: readonly BatchTotal[];
  readonly products: readonly BatchTotal[];
  readonly sums: readonly SaleMonthSum[];
  /** The account to which its sponsors remit, frozen with it; null where none was told, left out by batches of before. */
  readonly payTo?: PayTo | null;
  /** Hash of all that the checker saw. */
  readonly contentHash: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  /** Hash of all the above and of what is remitted, since the approval; the ledger's chain holds it as well. */
  readonly seal: string | null;
}

export const batchStore = defineStore<Batch>(
  'batches',
  new Schema({
    _id: { type: String, required: true },
    month: { type: String, required: true, unique: true },
    state: { type: String, required: true, enum: BATCH_STATES },
    attempt: { type: Number, required: true, min: 1 },
    makeKey: { type: String, required: true },
    madeBy: { type: String, required: true },
    madeAt: { type: Date, required: true },
    cutBlock: { type: Number, required: true, min: 0 },
    lineCount: Number,
    amountFen: Number,
    pageRoots: [String],
    root: String,
    agreements: Schema.Types.Mixed,
    counties: Schema.Types.Mixed,
    products: Schema.Types.Mixed,
    sums: Schema.Types.Mixed,
    payTo: Schema.Types.Mixed,
    contentHash: String,
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    reason: { type: String, default: null },
    seal: { type: String, default: null },
  })
    // At most one is open. The key is a field that no batch has, so any two open ones collide: two makers who begin two
    // months at once would otherwise both take the yuan of the earlier one.
    .index({ open: 1 }, { unique: true, partialFilterExpression: { state: { $in: ['BUILDING', 'DRAFT'] } } })
    .index({ makeKey: 1 }),
);

/** One month a batch: this is two hundred and fifty years of them. */
const MAX_BATCHES = 3_000;

/** All batches, newest month first. */
export async function readBatches(base: Base, filter: { states?: readonly BatchState[] } = {}): Promise<Batch[]> {
  return batchStore
    .collection(base)
    .find(filter.states ? { state: { $in: [...filter.states] } } : {})
    .sort({ month: -1 })
    .limit(MAX_BATCHES)
    .toArray();
}

export async function readBatch(base: Base, batchId: string, session?: Session): Promise<Batch | null> {
  return batchStore.collection(base).findOne({ _id: batchId }, session ? { session } : {});
}

/** The batch that this press of the button has made, of whatever month. */
export async function readBatchByKey(base: Base, makeKey: string): Promise<Batch | null> {
  return batchStore.collection(base).findOne({ makeKey });
}

/** What approved batches took of the sales of one month. */
export async function readSaleMonthSums(base: Base, saleMonth: string): Promise<SaleMonthSum[]> {
  const found = batchStore
    .collection(base)
    .find({ state: 'APPROVED', 'sums.saleMonth': saleMonth } as object, { projection: { sums: 1 } });
  return (await found.toArray()).flatMap((batch) => batch.sums).filter((sum) => sum.saleMonth === saleMonth);
}

/** Where the next batch goes on: the newest approved one. */
export async function readLastApproved(base: Base): Promise<Pick<Batch, 'month' | 'cutBlock'> | null> {
  return batchStore
    .collection(base)
    .findOne({ state: 'APPROVED' }, { sort: { month: -1 }, projection: { month: 1, cutBlock: 1 } });
}

/** The batch that waits for its lines or its checker; there is at most one. */
export async function readOpenBatch(base: Base): Promise<Batch | null> {
  return batchStore.collection(base).findOne({ state: { $in: ['BUILDING', 'DRAFT'] } });
}

export async function insertBatch(base: Base, batch: Batch): Promise<void> {
  await batchStore.collection(base).insertOne(batch);
}

/** Changes a batch that still is as the caller knows it; false when it is not. */
export async function changeBatch(
  base: Base,
  known: Partial<Pick<Batch, '_id' | 'state' | 'attempt' | 'contentHash' | 'makeKey'>>,
  change: Partial<Omit<Batch, '_id'>>,
  session?: Session,
): Promise<boolean> {
  const result = await batchStore.collection(base).updateOne(known, { $set: change }, session ? { session } : {});
  return result.matchedCount === 1;
}

/** Takes away a batch that was begun and has no lines. */
export async function dropBatch(base: Base, known: Pick<Batch, '_id' | 'state' | 'attempt'>): Promise<void> {
  await batchStore.collection(base).deleteOne(known);
}
