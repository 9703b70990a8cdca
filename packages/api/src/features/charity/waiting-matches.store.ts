import type { Base } from '../../kernel/context.js';
import { fundMonthStore, type MatchPosition, type MatchRecord, matchStore } from './charity.store.js';

/** Waiting matches of one age: how many, and what stands of them. */
export interface WaitingSum {
  /** Index into the bounds that were asked for. */
  readonly bucket: number;
  readonly count: number;
  readonly amountFen: number;
}

/** From the first on, before the second; an open end is null. */
export interface Between {
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Where the newest approved batch left off: what accrued after it, or changed after it, it did not see. */
export type LastBatch = { readonly month: string; readonly cutBlock: number } | null;

/** PENDING matches by age of the sale, the youngest bucket first. `boundsAt`: the younger end of each next bucket. */
export async function sumPendingByAge(base: Base, boundsAt: readonly Date[]): Promise<WaitingSum[]> {
  return sumByAge(base, { state: 'PENDING' }, '$at', boundsAt);
}

/** ACCRUED matches of months that no batch was approved for, by age of their accrual. */
export async function sumAccruedByAge(base: Base, boundsAt: readonly Date[], last: LastBatch): Promise<WaitingSum[]> {
  const afterMonth = last ? { $gt: last.month } : { $gt: '' };
  return sumByAge(base, { accruedMonth: afterMonth, state: 'ACCRUED' }, '$accruedAt', boundsAt);
}

async function sumByAge(
  base: Base,
  filter: object,
  since: '$at' | '$accruedAt',
  boundsAt: readonly Date[],
): Promise<WaitingSum[]> {
  const branches = boundsAt.map((at, bucket) => ({ case: { $gte: [since, at] }, then: bucket }));
  return matchStore
    .collection(base)
    .aggregate<WaitingSum>([
      { $match: filter },
      {
        $group: {
          _id: { $switch: { branches, default: boundsAt.length } },
          count: { $sum: 1 },
          amountFen: { $sum: { $subtract: ['$amountFen', '$undoneFen'] } },
        },
      },
      { $project: { _id: 0, bucket: '$_id', count: 1, amountFen: 1 } },
      { $sort: { bucket: 1 } },
    ])
    .toArray();
}

/** Few: what refunds and late receipts change of a closed month, before the next batch is made. */
const MOST_LATE = 10_000;

/** Matches of months that a batch was approved for, changed since its cut: the next batch has to look at them. */
export async function readChangedSinceCut(base: Base, last: NonNullable<LastBatch>): Promise<MatchRecord[]> {
  return matchStore
    .collection(base)
    .find({ accruedMonth: { $lte: last.month }, changedBlock: { $gt: last.cutBlock } } as object)
    .sort({ accruedMonth: 1, changedBlock: 1 })
    .limit(MOST_LATE)
    .toArray();
}

const MAX_PAGE = 100;

/** PENDING matches of one age, the oldest first, one more than `first` where there are more. */
export async function readPendingBetween(
  base: Base,
  query: { between: Between; first: number; after: MatchPosition | null },
): Promise<MatchRecord[]> {
  return readOldest(base, { filter: { state: 'PENDING' }, field: 'at', ...query });
}

/** ACCRUED matches of one age that wait for a batch, the oldest first. */
export async function readAccruedBetween(
  base: Base,
  query: { between: Between; last: LastBatch; first: number; after: MatchPosition | null },
): Promise<MatchRecord[]> {
  const { last, ...rest } = query;
  const filter = { accruedMonth: { $gt: last?.month ?? '' }, state: 'ACCRUED' };
  return readOldest(base, { filter, field: 'accruedAt', ...rest });
}

async function readOldest(
  base: Base,
  query: { filter: object; field: 'at' | 'accruedAt'; between: Between; first: number; after: MatchPosition | null },
): Promise<MatchRecord[]> {
  const { filter, field, between, first, after } = query;
  const bounds = {
    ...(between.from ? { $gte: between.from } : {}),
    ...(between.to ? { $lt: between.to } : {}),
  };
  const at = after ? new Date(after.atMs) : null;
  const later = at ? { $or: [{ [field]: { $gt: at } }, { [field]: at, _id: { $gt: after?.matchId ?? '' } }] } : {};
  const within = Object.keys(bounds).length > 0 ? { [field]: bounds } : {};
  return matchStore
    .collection(base)
    .find({ $and: [filter, within, later] } as object)
    .sort({ [field]: 1, _id: 1 })
    .limit(Math.min(first, MAX_PAGE) + 1)
    .toArray();
}

/** What the journal says of each month's sales, all months. */
export interface MonthSum {
  readonly month: string;
  readonly pendingCount: number;
  readonly pendingFen: number;
  readonly accruedCount: number;
  readonly accruedFen: number;
  readonly voidCount: number;
  readonly voidFen: number;
}

export async function readMonthSums(base: Base): Promise<MonthSum[]> {
  const fields = ['pendingCount', 'pendingFen', 'accruedCount', 'accruedFen', 'voidCount', 'voidFen'] as const;
  return fundMonthStore
    .collection(base)
    .aggregate<MonthSum>([
      { $group: { _id: '$month', ...Object.fromEntries(fields.map((field) => [field, { $sum: `$${field}` }])) } },
      { $addFields: { month: '$_id' } },
      { $sort: { month: 1 } },
    ])
    .toArray();
}
