import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';

/** The way of a matched yuan (rule 7). VOID: the sale was given back before the yuan was in a batch. */
export const MATCH_STATES = ['PENDING', 'ACCRUED', 'BATCHED', 'REMITTED', 'RECEIPTED', 'DISCLOSED', 'VOID'] as const;
export type MatchState = (typeof MATCH_STATES)[number];

/** Yuan that one sale makes a sponsor give, and where they stand. */
export interface MatchRecord {
  /** Journal entry and position in it: `entryId.0`. */
  readonly _id: string;
  readonly entryId: string;
  readonly memberId: string;
  readonly orderId: string;
  readonly agreementId: string;
  readonly unit: 'line' | 'order' | 'piece';
  readonly lineId: string | null;
  readonly productId: string | null;
  readonly countyCode: string;
  readonly unitCount: number;
  /** As promised and settled; what was undone stands apart. */
  readonly amountFen: number;
  readonly undoneFen: number;
  readonly state: MatchState;
  readonly at: Date;
  readonly month: string;
  readonly accruedAt: Date | null;
  /** Asia/Shanghai month of `accruedAt`: the batch that takes it. */
  readonly accruedMonth: string | null;
  readonly voidAt: Date | null;
  /** The block that last changed it: a batch looks only at what came after the one before it. */
  readonly changedBlock: number;
}

export const matchStore = defineStore<MatchRecord>(
  'matches',
  new Schema({
    _id: { type: String, required: true },
    entryId: String,
    memberId: String,
    orderId: String,
    agreementId: String,
    unit: String,
    lineId: { type: String, default: null },
    productId: { type: String, default: null },
    countyCode: String,
    unitCount: Number,
    amountFen: Number,
    undoneFen: Number,
    state: { type: String, enum: MATCH_STATES },
    at: Date,
    month: String,
    accruedAt: { type: Date, default: null },
    accruedMonth: { type: String, default: null },
    voidAt: { type: Date, default: null },
    changedBlock: Number,
  })
    .index({ entryId: 1 })
    .index({ memberId: 1, at: -1, _id: -1 })
    .index({ month: 1, at: -1, _id: -1 })
    .index({ agreementId: 1, month: 1, at: -1, _id: -1 })
    .index({ accruedMonth: 1, changedBlock: 1 })
    // The ageing table: what waits for its return window is little, whatever was sold in all.
    .index({ at: 1, _id: 1 }, { name: 'pending', partialFilterExpression: { state: 'PENDING' } }),
);

/** Sums of the matches of one month's sales, by agreement and county. */
export interface FundMonth {
  /** `month|agreementId|countyCode` */
  readonly _id: string;
  readonly month: string;
  readonly agreementId: string;
  readonly countyCode: string;
  readonly pendingCount: number;
  readonly pendingFen: number;
  readonly accruedCount: number;
  readonly accruedFen: number;
  readonly voidCount: number;
  readonly voidFen: number;
}

export const fundMonthStore = defineStore<FundMonth>(
  'fundMonths',
  new Schema({
    _id: { type: String, required: true },
    month: String,
    agreementId: String,
    countyCode: String,
    pendingCount: Number,
    pendingFen: Number,
    accruedCount: Number,
    accruedFen: Number,
    voidCount: Number,
    voidFen: Number,
  })
    .index({ month: 1 })
    .index({ agreementId: 1 }),
);

export async function readMatchesOfEntries(
  base: Base,
  entryIds: readonly string[],
  session?: Session,
): Promise<MatchRecord[]> {
  if (entryIds.length === 0) return [];
  const filter = { entryId: { $in: [...entryIds] } };
  return matchStore
    .collection(base)
    .find(filter, session ? { session } : {})
    .sort({ _id: 1 })
    .toArray();
}

export interface MatchPosition {
  readonly atMs: number;
  readonly matchId: string;
}

const MAX_PAGE = 100;

/** A member's matched yuan, or a month's for the fund. Newest first; one more than `first` where there are more. */
export async function readMatches(
  base: Base,
  query: {
    filter: Partial<Pick<MatchRecord, 'memberId' | 'month' | 'state' | 'agreementId'>>;
    /** Only what accrued after this month or changed after this block. */
    changedSince?: { readonly month: string; readonly cutBlock: number } | null;
    first: number;
    after: MatchPosition | null;
  },
): Promise<MatchRecord[]> {
  const { filter, changedSince, first, after } = query;
  const changed = changedSince
    ? { $or: [{ accruedMonth: { $gt: changedSince.month } }, { changedBlock: { $gt: changedSince.cutBlock } }] }
    : {};
  const limit = Math.min(first, MAX_PAGE) + 1;
  return matchStore
    .model(base)
    .find({ $and: [filter, changed, before(after)] })
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean<MatchRecord[]>();
}

/** How many, and how many fen are left of them. */
export async function sumMatches(
  base: Base,
  filter: Partial<Pick<MatchRecord, 'memberId' | 'month' | 'state' | 'agreementId'>>,
): Promise<{ count: number; leftFen: number }> {
  const leftFen = { $sum: { $subtract: ['$amountFen', '$undoneFen'] } };
  const [sum] = await matchStore
    .model(base)
    .aggregate<{ count: number; leftFen: number }>([
      { $match: filter },
      { $group: { _id: null, count: { $sum: 1 }, leftFen } },
    ]);
  return sum ?? { count: 0, leftFen: 0 };
}

export async function readMatchesByIds(base: Base, ids: readonly string[]): Promise<MatchRecord[]> {
  return matchStore
    .model(base)
    .find({ _id: { $in: [...ids] } })
    .lean<MatchRecord[]>();
}

/** The sums of one month, of all agreements and counties. */
export async function readFundMonth(base: Base, month: string): Promise<FundMonth[]> {
  return fundMonthStore.model(base).find({ month }).sort({ _id: 1 }).lean<FundMonth[]>();
}

/** Sums by month, newest first, two years at most. */
export async function readFundMonths(
  base: Base,
): Promise<{ month: string; count: number; amountFen: number; voidFen: number }[]> {
  return fundMonthStore.model(base).aggregate([
    {
      $group: {
        _id: '$month',
        count: { $sum: { $add: ['$pendingCount', '$accruedCount'] } },
        amountFen: { $sum: { $add: ['$pendingFen', '$accruedFen'] } },
        voidFen: { $sum: '$voidFen' },
      },
    },
    { $sort: { _id: -1 } },
    { $limit: 24 },
    { $project: { _id: 0, month: '$_id', count: 1, amountFen: 1, voidFen: 1 } },
  ]);
}

/** What each agreement has matched and not undone. */
export async function readMatchedByAgreement(base: Base): Promise<Map<string, number>> {
  const sums = await fundMonthStore
    .model(base)
    .aggregate<{ _id: string; matchedFen: number }>([
      { $group: { _id: '$agreementId', matchedFen: { $sum: { $add: ['$pendingFen', '$accruedFen'] } } } },
    ]);
  return new Map(sums.map((one) => [one._id, one.matchedFen]));
}

function before(after: MatchPosition | null): object {
  if (!after) return {};
  const at = new Date(after.atMs);
  return { $or: [{ at: { $lt: at } }, { at, _id: { $lt: after.matchId } }] };
}
