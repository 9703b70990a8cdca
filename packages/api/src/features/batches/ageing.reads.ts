import type { Base } from '../../kernel/context.js';
import {
  type MatchPosition,
  type MatchRecord,
  type MatchState,
  readAccruedBetween,
  readChangedSinceCut,
  readPendingBetween,
  sumAccruedByAge,
  sumPendingByAge,
  type WaitingSum,
} from '../charity/index.js';
import { AGE_BUCKETS, ageBounds, bucketBetween, bucketOf } from './ageing.rules.js';
import { dueFen } from './batches.rules.js';
import { type Batch, readLastApproved, readOpenBatch } from './batches.store.js';
import { matchStateOf, readMatchPlaces } from './match-places.reads.js';
import { readRemittances, type Remittance } from './remittances.store.js';

/** States in which something waits for somebody. */
export const WAITING_STATES = ['PENDING', 'ACCRUED', 'BATCHED', 'REMITTED', 'RECEIPTED'] as const;
export type WaitingState = (typeof WAITING_STATES)[number];

export interface AgeBucket {
  readonly fromDays: number;
  readonly toDays: number | null;
  readonly count: number;
  readonly amountFen: number;
}

/** What waits in one state, and how long already. Matches one by one; from BATCHED on the remittances they are in. */
export interface AgeingRow {
  readonly state: WaitingState;
  readonly of: 'MATCH' | 'REMITTANCE';
  readonly buckets: readonly AgeBucket[];
  readonly count: number;
  readonly amountFen: number;
  /** The draft that waits for its checker, where ACCRUED yuan are in one. */
  readonly draftId: string | null;
}

/** What waits for what, in the order of the way; each fen that is not disclosed or void is in one bucket. */
export async function readAgeing(base: Base): Promise<AgeingRow[]> {
  const bounds = ageBounds(base.clock());
  const [last, open, remittances] = await Promise.all([
    readLastApproved(base),
    readOpenBatch(base),
    readRemittances(base, { states: ['OPEN', 'REMITTED', 'RECEIPTED'] }),
  ]);
  const [pending, accrued, late] = await Promise.all([
    sumPendingByAge(base, bounds),
    sumAccruedByAge(base, bounds, last),
    last ? readLate(base, last, bounds) : [],
  ]);
  return WAITING_STATES.map((state) => {
    const sums = { PENDING: pending, ACCRUED: [...accrued, ...late] }[state as string];
    if (sums) return rowOf({ state, of: 'MATCH', sums, draftId: state === 'ACCRUED' ? draftOf(open) : null });
    const of = remittances.filter((one) => matchStateOf(one) === state);
    return rowOf({ state, of: 'REMITTANCE', sums: of.map((one) => waitingSum(one, bounds)), draftId: null });
  });
}

/** What late receipts add to a closed month, and what refunds take back from it: the next batch's adjustments. */
async function readLate(
  base: Base,
  last: Pick<Batch, 'month' | 'cutBlock'>,
  bounds: readonly Date[],
): Promise<WaitingSum[]> {
  const late = await readChangedSinceCut(base, last);
  const places = await readMatchPlaces(
    base,
    late.map((match) => match._id),
  );
  return late.flatMap((match) => {
    const amountFen = dueFen(match) - (places.get(match._id)?.countedFen ?? 0);
    const since = match.voidAt ?? match.accruedAt ?? match.at;
    return amountFen === 0 ? [] : [{ bucket: bucketOf(since, bounds), count: 1, amountFen }];
  });
}

/** Since when a remittance waits for its next step. */
export function waitsSince(remittance: Remittance): Date {
  const { state, approvedAt, remittedAt, receiptedAt } = remittance;
  const since = { OPEN: approvedAt, REMITTED: remittedAt, RECEIPTED: receiptedAt }[state as string] ?? approvedAt;
  if (!since) throw new Error(`remittance ${remittance._id} waits since no time`);
  return since;
}

/** Of an open one what has not come yet; of the others what came. */
export function waitingFen({ state, amountFen, receivedFen }: Remittance): number {
  return state === 'OPEN' ? amountFen - receivedFen : receivedFen;
}

function waitingSum(remittance: Remittance, bounds: readonly Date[]): WaitingSum {
  return { bucket: bucketOf(waitsSince(remittance), bounds), count: 1, amountFen: waitingFen(remittance) };
}

function draftOf(open: Batch | null): string | null {
  return open?.state === 'DRAFT' ? open._id : null;
}

function rowOf(row: Pick<AgeingRow, 'state' | 'of' | 'draftId'> & { sums: readonly WaitingSum[] }): AgeingRow {
  const { sums, ...rest } = row;
  const buckets = AGE_BUCKETS.map((age, index) => ({ ...age, ...sumOf(sums.filter((sum) => sum.bucket === index)) }));
  return { ...rest, buckets, ...sumOf(sums) };
}

function sumOf(sums: readonly WaitingSum[]): { count: number; amountFen: number } {
  return {
    count: sums.reduce((total, sum) => total + sum.count, 0),
    amountFen: sums.reduce((total, sum) => total + sum.amountFen, 0),
  };
}

export interface WaitingQuery {
  readonly state: MatchState;
  /** Index into AGE_BUCKETS; null: of any age. */
  readonly bucket: number | null;
  readonly first: number;
  readonly after: MatchPosition | null;
}

const EVER = { from: null, to: null };

/** The matches behind a figure of the ageing table, the oldest first; one more than `first` where there are more. */
export async function readWaitingMatches(base: Base, query: WaitingQuery): Promise<MatchRecord[]> {
  const { state, bucket, first, after } = query;
  const between = bucket === null ? EVER : bucketBetween(bucket, ageBounds(base.clock()));
  if (!between) return [];
  if (state === 'PENDING') return readPendingBetween(base, { between, first, after });
  if (state !== 'ACCRUED') return [];
  return readAccruedBetween(base, { between, first, after, last: await readLastApproved(base) });
}

/** The remittances behind a figure of the ageing table, the oldest first. */
export async function readWaitingRemittances(
  base: Base,
  state: MatchState,
  bucket: number | null,
): Promise<Remittance[]> {
  const bounds = ageBounds(base.clock());
  const found = await readRemittances(base, { states: ['OPEN', 'REMITTED', 'RECEIPTED'] });
  return found
    .filter((one) => matchStateOf(one) === state && (bucket === null || bucketOf(waitsSince(one), bounds) === bucket))
    .sort((one, other) => waitsSince(one).getTime() - waitsSince(other).getTime());
}
