import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import {
  BILL_KINDS,
  BILL_PROVIDERS,
  type BillKind,
  type BillLine,
  type BillProvider,
  dayOf,
} from './bill-line.rules.js';
import type { BilledFlow, BilledMoney } from './compare.rules.js';

/** `NEW`: not compared yet. `OTHER`: a movement that is neither payment nor refund (a withdrawal). */
export const BILL_ROW_STATES = ['NEW', 'MATCHED', 'DIFFERS', 'OTHER'] as const;
export type BillRowState = (typeof BILL_ROW_STATES)[number];

/** What a row said until a later download said more. */
export interface EarlierRow {
  readonly providerState: string;
  readonly amountFen: number;
  readonly feeFen: number;
  /** When the later download was taken. */
  readonly until: Date;
}

/**
 * A line of a bill, kept as the newest download tells it. A refund under way may end any way: what was said before stands in
 * `earlier`, appended only. `state` follows from the comparison.
 */
export interface BillRow extends Omit<BillLine, 'line' | 'identity' | 'settledFen'> {
  /** Provider, kind and identity: the same line of another download is the same row. */
  readonly _id: string;
  /** Rows of before it was read have none: then all of the amount is settled. */
  readonly settledFen?: number;
  readonly day: string;
  readonly state: BillRowState;
  /** Oldest first; left out where nothing changed. */
  readonly earlier?: readonly EarlierRow[];
}

export const billRowStore = defineStore<BillRow>(
  'billRows',
  new Schema({
    _id: { type: String, required: true },
    provider: { type: String, enum: BILL_PROVIDERS, required: true },
    kind: { type: String, enum: BILL_KINDS, required: true },
    number: String,
    day: { type: String, required: true },
    at: String,
    transactionId: String,
    paymentId: String,
    refundId: { type: String, default: null },
    amountFen: Number,
    settledFen: Number,
    feeFen: Number,
    balanceFen: { type: Number, default: null },
    providerState: String,
    state: { type: String, enum: BILL_ROW_STATES, required: true },
    earlier: {
      type: [new Schema({ providerState: String, amountFen: Number, feeFen: Number, until: Date }, { _id: false })],
      default: undefined,
    },
  })
    .index({ provider: 1, day: 1, kind: 1, at: 1, _id: 1 })
    .index({ paymentId: 1 }, { partialFilterExpression: { paymentId: { $gt: '' } } })
    .index({ transactionId: 1 }, { partialFilterExpression: { kind: 'FLOW' } }),
);

export function rowOf({ line: _line, identity, ...rest }: BillLine): BillRow {
  return { _id: `${rest.provider}.${rest.kind}.${identity}`, ...rest, day: dayOf(rest.at), state: 'NEW' };
}

/** A row of a file, and what is stored of it. */
export interface MetRow {
  readonly row: BillRow;
  readonly before: BillRow | null;
}

/**
 * Meets each row with the stored one. Movements were once known by their number alone: one that is stored under that id
 * keeps it, if all else says that it is the same.
 */
export async function meetRows(base: Base, rows: readonly BillRow[]): Promise<MetRow[]> {
  const stored = await findRows(
    base,
    rows.flatMap((row) => (row.kind === 'FLOW' ? [row._id, numberId(row)] : [row._id])),
  );
  return rows.map((row) => {
    const before = stored.get(row._id) ?? null;
    if (before || row.kind !== 'FLOW') return { row, before };
    const old = stored.get(numberId(row));
    return old && isSameMovement(old, row) ? { row: { ...row, _id: old._id }, before: old } : { row, before: null };
  });
}

function numberId({ provider, kind, number }: BillRow): string {
  return `${provider}.${kind}.${number}`;
}

function isSameMovement(a: BillRow, b: BillRow): boolean {
  return a.transactionId === b.transactionId && a.providerState === b.providerState && a.at === b.at;
}

/** The rows that are there already, of these. */
export async function findRows(base: Base, ids: readonly string[]): Promise<Map<string, BillRow>> {
  const rows = await billRowStore
    .collection(base)
    .find({ _id: { $in: [...ids] } })
    .toArray();
  return new Map(rows.map((row) => [row._id, row]));
}

/** Adds what is not there yet and gives how many that were. Any number of times, from any number of processes. */
export async function addRows(base: Base, rows: readonly BillRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  const writes = rows.map(({ _id, ...rest }) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
  }));
  const { upsertedCount } = await billRowStore.collection(base).bulkWrite(writes, { ordered: false });
  return upsertedCount;
}

/**
 * Takes over what a later download says of rows that are there, and appends what they said until then. Gives how many were
 * changed: one that another process changed meanwhile is left as it is.
 */
export async function changeRows(base: Base, changes: readonly Required<MetRow>[], now: Date): Promise<number> {
  const writes = changes.flatMap(({ row, before }) => {
    if (!before) return [];
    const { providerState, amountFen, settledFen, feeFen } = row;
    const said = {
      providerState: before.providerState,
      amountFen: before.amountFen,
      feeFen: before.feeFen,
      until: now,
    };
    const filter = { _id: before._id, providerState: before.providerState, amountFen: before.amountFen };
    const $set = {
      providerState,
      amountFen,
      feeFen,
      state: 'NEW' as const,
      ...(settledFen === undefined ? {} : { settledFen }),
    };
    const isSaidAgain = before.providerState === providerState;
    return [{ updateOne: { filter, update: isSaidAgain ? { $set } : { $set, $push: { earlier: said } } } }];
  });
  if (writes.length === 0) return 0;
  const { modifiedCount } = await billRowStore.collection(base).bulkWrite(writes, { ordered: false });
  return modifiedCount;
}

/** The rows of payments and refunds that name one of these payments, of all days and providers. */
export async function rowsOfPayments(base: Base, paymentIds: readonly string[]): Promise<BilledMoney[]> {
  return (await billRowStore
    .collection(base)
    .find({ paymentId: { $in: [...paymentIds], $gt: '' } })
    .toArray()) as unknown as BilledMoney[];
}

/** The rows with these ids, as they are compared. */
export async function rowsByIds(base: Base, ids: readonly string[]): Promise<BilledMoney[]> {
  return [...(await findRows(base, ids)).values()] as unknown as BilledMoney[];
}

export async function flowsOf(base: Base, transactionIds: readonly string[]): Promise<BilledFlow[]> {
  return await billRowStore
    .collection(base)
    .find({ kind: 'FLOW', transactionId: { $in: [...transactionIds] } })
    .toArray();
}

/** Payment numbers of a day's rows, one after the other; the same may come again. */
export async function* paymentsOfDay(base: Base, key: { provider: BillProvider; day: string }): AsyncGenerator<string> {
  const filter = { ...key, kind: { $in: ['TRADE', 'REFUND'] as BillKind[] } };
  for await (const row of billRowStore.collection(base).find(filter, { projection: { paymentId: 1 } }))
    yield row.paymentId;
}

/** Rows and movements of a day, for the comparison of the fund bill with the trade bill. */
export async function* rowsOfDay(
  base: Base,
  key: { provider: BillProvider; day: string; kind?: BillKind },
): AsyncGenerator<BillRow> {
  for await (const row of billRowStore.collection(base).find(key)) yield row;
}

export async function markRows(base: Base, ids: readonly string[], state: BillRowState): Promise<void> {
  if (ids.length === 0) return;
  await billRowStore
    .collection(base)
    .updateMany({ _id: { $in: [...ids] }, state: { $ne: state } }, { $set: { state } });
}

/** What a file told that was taken back; the files that are left tell again what they know. */
export async function forgetRows(
  base: Base,
  { provider, day, kinds }: { provider: BillProvider; day: string; kinds: readonly BillKind[] },
): Promise<void> {
  await billRowStore.collection(base).deleteMany({ provider, day, kind: { $in: [...kinds] } });
}

/** The day is to be compared as if it never was. */
export async function forgetStates(base: Base, key: { provider: BillProvider; day: string }): Promise<void> {
  await billRowStore.collection(base).updateMany(key, { $set: { state: 'NEW' } });
}

export interface DaySum {
  readonly count: number;
  readonly amountFen: number;
  readonly feeFen: number;
}

/** What a day's rows add up to, by kind. */
export async function sumDay(
  base: Base,
  key: { provider: BillProvider; day: string },
): Promise<ReadonlyMap<BillKind, DaySum>> {
  const sums = await billRowStore
    .collection(base)
    .aggregate<DaySum & { _id: BillKind }>([
      { $match: key },
      {
        $group: {
          _id: '$kind',
          count: { $sum: 1 },
          amountFen: { $sum: '$amountFen' },
          feeFen: { $sum: '$feeFen' },
        },
      },
    ])
    .toArray();
  return new Map(sums.map(({ _id, ...sum }) => [_id, sum]));
}

export interface RowPosition {
  readonly at: string;
  readonly id: string;
}

/** A page of a day's rows in the order of time; one more than `first` where there are more. */
export async function pageOfRows(
  base: Base,
  query: {
    provider: BillProvider;
    day: string;
    kind: BillKind | null;
    state: BillRowState | null;
    first: number;
    after: RowPosition | null;
  },
): Promise<BillRow[]> {
  const { provider, day, kind, state, after } = query;
  const filter = {
    provider,
    day,
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(after ? { $or: [{ at: { $gt: after.at } }, { at: after.at, _id: { $gt: after.id } }] } : {}),
  };
  return billRowStore
    .collection(base)
    .find(filter)
    .sort({ at: 1, _id: 1 })
    .limit(query.first + 1)
    .toArray();
}
