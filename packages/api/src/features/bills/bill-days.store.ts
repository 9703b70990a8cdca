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
  /** Of these the provider itself said that there was nothing on the day. Left out where it never did. */
  readonly emptyKinds?: readonly BillKind[];
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

export type DayFigures = Omit<BillDay, '_id' | 'provider' | 'day' | 'covers' | 'emptyKinds'>;

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
    emptyKinds: { type: [String], enum: BILL_KINDS, default: undefined },
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

/** The provider has no bill of these, as nothing of them happened: that is an answer, too. */
export async function coverEmptyDay(
  base: Base,
  key: { provider: BillProvider; day: string; covers: readonly BillKind[] },
): Promise<void> {
  await coverDay(base, key);
  await billDayStore
    .collection(base)
    .updateOne({ _id: billDayId(key) }, { $addToSet: { emptyKinds: { $each: [...key.covers] } } });
}

/** The day is covered by what is left of its files, and by what the provider said that it had nothing of. */
export async function recoverDay(
  base: Base,
  key: { provider: BillProvider; day: string; covers: readonly BillKind[] },
): Promise<void> {
  const id = billDayId(key);
  const emptyKinds = (await findDays(base, [id])).get(id)?.emptyKinds ?? [];
  const covers = [...new Set([...key.covers, ...emptyKinds])];
  await billDayStore.collection(base).updateOne({ _id: id }, { $set: { covers } });
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

/** On how many of these days a bill lists the payments, of whatever provider. */
export async function countCoveredDays(
  base: Base,
  { fromDay, toDay }: { readonly fromDay: string; readonly toDay: string },
): Promise<number> {
  const days = await billDayStore
    .collection(base)
    .distinct('day', { day: { $gte: fromDay, $lte: toDay }, covers: 'TRADE' });
  return days.length;
}
