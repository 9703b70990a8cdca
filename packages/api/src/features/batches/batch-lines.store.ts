import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import { inTransaction, type Session } from '../../kernel/transaction.js';
import { type Batch, readBatch } from './batches.store.js';

/**
 * What a batch takes of one match: what is due of it less what earlier batches took. It is a leaf of the batch's Merkle
 * tree and part of a member's proof: nothing in it tells who bought.
 */
export interface BatchLine {
  /** `B202610.0000001`: batch and number. */
  readonly _id: string;
  readonly batchId: string;
  /** 1, 2, 3 … within the batch. */
  readonly seq: number;
  readonly matchId: string;
  /** Hash of the journal entry that made the match. */
  readonly entryHash: string;
  /** An adjustment changes what an earlier batch took: a refund came after it. */
  readonly kind: 'match' | 'adjustment';
  readonly agreementId: string;
  readonly remittanceId: string;
  readonly countyCode: string;
  readonly productId: string | null;
  /** Month of the sale in Asia/Shanghai. */
  readonly saleMonth: string;
  /** When the sale was settled. */
  readonly at: Date;
  /** Negative for what is taken back. */
  readonly amountFen: number;
  /** The line of an earlier batch that an adjustment corrects. */
  readonly correctsId: string | null;
}

export const batchLineStore = defineStore<BatchLine>(
  'batchLines',
  new Schema({
    _id: { type: String, required: true },
    batchId: { type: String, required: true },
    seq: { type: Number, required: true, min: 1 },
    matchId: { type: String, required: true },
    entryHash: { type: String, required: true },
    kind: { type: String, required: true, enum: ['match', 'adjustment'] },
    agreementId: { type: String, required: true },
    remittanceId: { type: String, required: true },
    countyCode: { type: String, required: true },
    productId: { type: String, default: null },
    saleMonth: { type: String, required: true },
    at: { type: Date, required: true },
    amountFen: { type: Number, required: true },
    correctsId: { type: String, default: null },
  })
    // A match has one line in a batch, whatever happens: the last wall against taking a yuan twice.
    .index({ matchId: 1, batchId: 1 }, { unique: true })
    .index({ batchId: 1, seq: 1 })
    .index({ remittanceId: 1, saleMonth: 1, at: -1, _id: -1 }),
);

/** The lines of these matches, in the batches given or in all, oldest first. */
export async function readLinesOfMatches(
  base: Base,
  query: { matchIds: readonly string[]; batchIds?: readonly string[] },
  session?: Session,
): Promise<BatchLine[]> {
  if (query.matchIds.length === 0) return [];
  const filter = {
    matchId: { $in: [...query.matchIds] },
    ...(query.batchIds ? { batchId: { $in: [...query.batchIds] } } : {}),
  };
  return batchLineStore
    .collection(base)
    .find(filter, session ? { session } : {})
    .sort({ matchId: 1, batchId: 1 })
    .toArray();
}

const MAX_PAGE = 1_024;
const DROPPED_TOGETHER = 1_000;

/** Lines of a batch in their order, behind number `afterSeq`. */
export async function readBatchLines(
  base: Base,
  query: { batchId: string; afterSeq: number; limit: number; kind?: BatchLine['kind']; agreementId?: string },
): Promise<BatchLine[]> {
  const { batchId, afterSeq, kind, agreementId } = query;
  const filter = {
    batchId,
    seq: { $gt: afterSeq },
    ...(kind ? { kind } : {}),
    ...(agreementId === undefined ? {} : { agreementId }),
  };
  const limit = Math.min(query.limit, MAX_PAGE);
  return batchLineStore.collection(base).find(filter).sort({ seq: 1 }).limit(limit).toArray();
}

/** A month's sales whose matches stand in these remittances, newest first; one more than `first` where there are more. */
export async function readLinesOfRemittances(
  base: Base,
  query: {
    remittanceIds: readonly string[];
    saleMonth: string;
    first: number;
    after: { readonly atMs: number; readonly matchId: string } | null;
  },
): Promise<BatchLine[]> {
  const { remittanceIds, saleMonth, first, after } = query;
  const at = after && new Date(after.atMs);
  return batchLineStore
    .collection(base)
    .find({
      remittanceId: { $in: [...remittanceIds] },
      saleMonth,
      kind: 'match',
      ...(after && at ? { $or: [{ at: { $lt: at } }, { at, matchId: { $lt: after.matchId } }] } : {}),
    })
    .sort({ at: -1, matchId: -1 })
    .limit(Math.min(first, MAX_PAGE) + 1)
    .toArray();
}

export async function insertLines(base: Base, lines: readonly BatchLine[], session: Session): Promise<void> {
  await batchLineStore.collection(base).insertMany([...lines], { session, ordered: true });
}

/**
 * Takes away the lines of an attempt that was never approved. They may be many, and meanwhile the batch may be made anew
 * under the same ids: what the next attempt has written is not touched.
 */
export async function dropLines(base: Base, { _id: batchId, attempt }: Pick<Batch, '_id' | 'attempt'>): Promise<void> {
  const lines = batchLineStore.collection(base);
  const dropSome = async (session: Session): Promise<number> => {
    // Lines of a later attempt come only after its number: while this one stands, all that is seen is older.
    if ((await readBatch(base, batchId, session))?.attempt !== attempt) return 0;
    const found = lines.find({ batchId }, { session, projection: { _id: 1 } }).limit(DROPPED_TOGETHER);
    const ids = (await found.toArray()).map((line) => line._id);
    await lines.deleteMany({ _id: { $in: ids } }, { session });
    return ids.length;
  };
  while ((await inTransaction(base, dropSome)) === DROPPED_TOGETHER);
}
