import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { defineStore } from '../../kernel/store.js';
import type { BillProvider } from './bill-line.rules.js';
import { DIFFERENCE_KINDS, DIFFERENCE_PARTS, type Difference } from './compare.rules.js';

/** `RESOLVED`: what was missing has come, or it is a matter of two days that both list. */
export const DIFFERENCE_STATES = ['OPEN', 'EXPLAINED', 'RESOLVED'] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];

export interface Explanation {
  readonly key: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/** A difference of a day, found and never forgotten: when it is cured it stays, with both sides equal. */
export interface BillDifference extends Difference {
  /** Derived from provider, day, part and what it is about. */
  readonly _id: string;
  readonly state: DifferenceState;
  /** Of the newest explanation. */
  readonly reason: string | null;
  readonly by: string | null;
  /** All that was ever said about it, oldest first; appended only. */
  readonly explanations: readonly Explanation[];
  readonly foundAt: Date;
}

export const billDifferenceStore = defineStore<BillDifference>(
  'billDifferences',
  new Schema({
    _id: { type: String, required: true },
    about: String,
    provider: String,
    day: { type: String, required: true },
    part: { type: String, enum: DIFFERENCE_PARTS, required: true },
    kind: { type: String, enum: DIFFERENCE_KINDS, required: true },
    orderId: { type: String, default: null },
    paymentId: String,
    refundId: { type: String, default: null },
    providerState: { type: String, default: null },
    ourFen: Number,
    theirFen: Number,
    otherDay: { type: String, default: null },
    state: { type: String, enum: DIFFERENCE_STATES, required: true },
    reason: { type: String, default: null },
    by: { type: String, default: null },
    explanations: [new Schema({ key: String, reason: String, by: String, at: Date }, { _id: false })],
    foundAt: Date,
  })
    .index({ provider: 1, day: 1 })
    .index({ day: -1, _id: -1 })
    .index({ state: 1, day: -1, _id: -1 }),
);

export function differenceId(difference: Difference): string {
  const { provider, day, part, about } = difference;
  return derivedId('bill-difference', provider, day, part, about);
}

export async function differencesOfDay(
  base: Base,
  key: { provider: BillProvider; day: string },
): Promise<BillDifference[]> {
  return billDifferenceStore.collection(base).find(key).toArray();
}

/** Writes what a comparison decided: new ones, and those whose figures or state changed. */
export async function writeDifferences(base: Base, changed: readonly BillDifference[]): Promise<void> {
  if (changed.length === 0) return;
  await billDifferenceStore.collection(base).bulkWrite(
    changed.map(({ _id, explanations: _kept, reason: _reason, by: _by, ...figures }) => ({
      updateOne: {
        filter: { _id },
        // What people said stands, whatever the comparison finds meanwhile.
        update: { $set: figures, $setOnInsert: { explanations: [], reason: null, by: null } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
}

export async function findDifference(base: Base, id: string): Promise<BillDifference | null> {
  return billDifferenceStore.collection(base).findOne({ _id: id });
}

/** Appends an explanation if the figures still are those that it explains. Null when they are not. */
export async function appendExplanation(
  base: Base,
  difference: BillDifference,
  said: Explanation,
): Promise<BillDifference | null> {
  const { _id, ourFen, theirFen } = difference;
  return billDifferenceStore
    .collection(base)
    .findOneAndUpdate(
      { _id, ourFen, theirFen, state: { $in: ['OPEN', 'EXPLAINED'] }, 'explanations.key': { $ne: said.key } },
      { $set: { state: 'EXPLAINED', reason: said.reason, by: said.by }, $push: { explanations: said } },
      { returnDocument: 'after' },
    );
}

export interface DifferencePosition {
  readonly day: string;
  readonly id: string;
}

export interface DifferenceFilter {
  readonly state?: DifferenceState;
  readonly day?: string;
  /** Of these days, both included. */
  readonly fromDay?: string;
  readonly toDay?: string;
}

/** Newest day first; one more than `first` where there are more. */
export async function pageOfDifferences(
  base: Base,
  query: { filter: DifferenceFilter; first: number; after: DifferencePosition | null },
): Promise<BillDifference[]> {
  const { filter, first, after } = query;
  const position = after ? { $or: [{ day: { $lt: after.day } }, { day: after.day, _id: { $lt: after.id } }] } : {};
  return billDifferenceStore
    .collection(base)
    .find({ $and: [asked(filter), position] })
    .sort({ day: -1, _id: -1 })
    .limit(first + 1)
    .toArray();
}

export async function countDifferences(base: Base, filter: DifferenceFilter): Promise<number> {
  return billDifferenceStore.collection(base).countDocuments(asked(filter));
}

function asked({ state, day, fromDay, toDay }: DifferenceFilter): Record<string, unknown> {
  const between = {
    ...(fromDay === undefined ? {} : { $gte: fromDay }),
    ...(toDay === undefined ? {} : { $lte: toDay }),
  };
  return {
    ...(state === undefined ? {} : { state }),
    ...(day === undefined ? (Object.keys(between).length === 0 ? {} : { day: between }) : { day }),
  };
}

export interface DayDifferences {
  readonly openCount: number;
  readonly explainedCount: number;
  readonly resolvedCount: number;
  /** Ours less theirs of all that are listed. */
  readonly moneyFen: number;
  readonly feeFen: number;
}

/** What is listed for each of these days, by the id of the day. */
export async function sumDifferences(
  base: Base,
  days: readonly string[],
): Promise<ReadonlyMap<string, DayDifferences>> {
  const gap = { $subtract: ['$ourFen', '$theirFen'] };
  const count = (state: DifferenceState) => ({ $sum: { $cond: [{ $eq: ['$state', state] }, 1, 0] } });
  const ofPart = (part: string) => ({ $sum: { $cond: [{ $eq: ['$part', part] }, gap, 0] } });
  const sums = await billDifferenceStore
    .collection(base)
    .aggregate<DayDifferences & { _id: { provider: string; day: string } }>([
      { $match: { day: { $in: [...days] } } },
      {
        $group: {
          _id: { provider: '$provider', day: '$day' },
          openCount: count('OPEN'),
          explainedCount: count('EXPLAINED'),
          resolvedCount: count('RESOLVED'),
          moneyFen: ofPart('MONEY'),
          feeFen: ofPart('FEE'),
        },
      },
    ])
    .toArray();
  return new Map(sums.map(({ _id, ...sum }) => [`${_id.provider}.${_id.day}`, sum]));
}

/** Days that still have open differences, newest first. */
export async function daysWithOpenDifferences(
  base: Base,
  most: number,
): Promise<{ provider: BillProvider; day: string }[]> {
  const found = await billDifferenceStore
    .collection(base)
    .aggregate<{ _id: { provider: BillProvider; day: string } }>([
      { $match: { state: { $ne: 'RESOLVED' } } },
      { $group: { _id: { provider: '$provider', day: '$day' } } },
      { $sort: { '_id.day': -1 } },
      { $limit: most },
    ])
    .toArray();
  return found.map((one) => one._id);
}
