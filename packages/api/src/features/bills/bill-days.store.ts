import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import { BILL_KINDS, BILL_PROVIDERS, type BillKind, type BillProvider } from './bill-line.rules.js';

/** A day and what its bills, its comparison and our books say. Fees: what the provider keeps. */
export interface BillDay {
  /** `WECHAT.2026-11-22` */
  readonly _id: string;
  readonly provider: BillProvider;
  readonly day: string;
  /** What the imported bills list of it; only that is compared. */
  readonly covers: readonly BillKind[];
  readonly tradeCount: number;
  readonly tradeFen: number;
  readonly refundCount: number;
  /** Negative. */
  readonly refundFen: number;
  readonly feeFen: number;
  readonly ourCount: number;
  readonly ourFen: number;
  readonly ourFeeFen: number;
}

export type DayFigures = Omit<BillDay, '_id' | 'provider' | 'day' | 'covers'>;

export const NO_FIGURES: DayFigures = {
  ...{ tradeCount: 0, tradeFen: 0, refundCount: 0, refundFen: 0, feeFen: 0, ourCount: 0, ourFen: 0, ourFeeFen: 0 },
};

export const billDayStore = defineStore<BillDay>(
  'billDays',
  new Schema({
    _id: { type: String, required: true },
    provider: { type: String, enum: BILL_PROVIDERS, required: true },
    day: { type: String, required: true },
    covers: [{ type: String, enum: BILL_KINDS }],
    tradeCount: Number,
    tradeFen: Number,
    refundCount: Number,
    refundFen: Number,
    feeFen: Number,
    ourCount: Number,
    ourFen: Number,
    ourFeeFen: Number,
  }).index({ day: -1, _id: 1 }),
);

/** One file that was imported. The same bytes are the same import, whoever brought them. */
export interface BillImport {
  /** Derived from the bytes. */
  readonly _id: string;
  readonly fileId: string;
  readonly provider: BillProvider;
  readonly covers: readonly BillKind[];
  readonly days: readonly string[];
  readonly rowCount: number;
  /** Rows that no earlier file had brought. */
  readonly addedCount: number;
  readonly by: string;
  readonly at: Date;
}

export const billImportStore = defineStore<BillImport>(
  'billImports',
  new Schema({
    _id: { type: String, required: true },
    fileId: { type: String, required: true },
    provider: String,
    covers: [String],
    days: [String],
    rowCount: Number,
    addedCount: Number,
    by: String,
    at: Date,
  })
    .index({ at: -1 })
    .index({ days: 1 }),
);

export function billDayId(key: { readonly provider: BillProvider; readonly day: string }): string {
  return `${key.provider}.${key.day}`;
}

/** The day is there from now on, with what a bill lists of it. */
export async function coverDay(
  base: Base,
  key: { provider: BillProvider; day: string; covers: readonly BillKind[] },
): Promise<void> {
  const { provider, day, covers } = key;
  await billDayStore
    .collection(base)
    .updateOne(
      { _id: billDayId(key) },
      { $setOnInsert: { provider, day, ...NO_FIGURES }, $addToSet: { covers: { $each: [...covers] } } },
      { upsert: true },
    );
}

export async function findDays(base: Base, ids: readonly string[]): Promise<Map<string, BillDay>> {
  const days = await billDayStore
    .collection(base)
    .find({ _id: { $in: [...ids] } })
    .toArray();
  return new Map(days.map((day) => [day._id, day]));
}

export async function writeFigures(base: Base, day: BillDay, figures: DayFigures): Promise<void> {
  await billDayStore.collection(base).updateOne({ _id: day._id }, { $set: { ...figures } });
}

/** Newest first; one more than `first` where there are more. */
export async function pageOfDays(
  base: Base,
  query: { first: number; after: { day: string; id: string } | null },
): Promise<BillDay[]> {
  const { first, after } = query;
  const filter = after ? { $or: [{ day: { $lt: after.day } }, { day: after.day, _id: { $gt: after.id } }] } : {};
  return billDayStore
    .collection(base)
    .find(filter)
    .sort({ day: -1, _id: 1 })
    .limit(first + 1)
    .toArray();
}

export async function findImport(base: Base, importId: string): Promise<BillImport | null> {
  return billImportStore.collection(base).findOne({ _id: importId });
}

/** Written last, when all of it is in. The first to end stands. */
export async function keepImport(base: Base, done: BillImport): Promise<BillImport> {
  const { _id, ...rest } = done;
  await billImportStore.collection(base).updateOne({ _id }, { $setOnInsert: rest }, { upsert: true });
  return (await findImport(base, _id)) ?? done;
}

/** The files that brought something of these days, newest first. */
export async function importsOfDays(base: Base, days: readonly string[]): Promise<BillImport[]> {
  return billImportStore
    .collection(base)
    .find({ days: { $in: [...days] } })
    .sort({ at: -1 })
    .limit(MOST_IMPORTS)
    .toArray();
}

/** A page of days has a few files each. */
const MOST_IMPORTS = 1_000;
