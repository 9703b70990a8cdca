import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { BillKind, BillProvider } from './bill-line.rules.js';

/** How a file that was imported by mistake is taken back: asked for by one person, done by another. */
export interface BillBack {
  readonly key: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  /** When its days were made anew without it; null while that is still to be done. */
  readonly doneAt: Date | null;
}

/** One file that was imported. The same bytes are the same import, whoever brought them. */
export interface BillImport {
  /** Derived from the bytes. */
  readonly _id: string;
  readonly fileId: string;
  readonly provider: BillProvider;
  readonly covers: readonly BillKind[];
  readonly days: readonly string[];
  readonly rowCount: number;
  /** Accounts at the provider that it may be of, by what it says itself. Files of before this was read have none. */
  readonly merchantIds?: readonly string[];
  /** Rows that no earlier file had brought. */
  readonly addedCount: number;
  /** Refunds under way of which it says more than the files before. */
  readonly changedCount?: number;
  readonly by: string;
  readonly at: Date;
  /** Left out while nobody asked for it. */
  readonly back?: BillBack;
}

const backSchema = new Schema(
  {
    ...{ key: String, reason: String, askedBy: String, askedAt: Date },
    approvedBy: { type: String, default: null },
    approvedAt: { type: Date, default: null },
    doneAt: { type: Date, default: null },
  },
  { _id: false },
);

export const billImportStore = defineStore<BillImport>(
  'billImports',
  new Schema({
    _id: { type: String, required: true },
    fileId: { type: String, required: true },
    provider: String,
    covers: [String],
    days: [String],
    rowCount: Number,
    merchantIds: { type: [String], default: undefined },
    addedCount: Number,
    changedCount: Number,
    by: String,
    at: Date,
    back: { type: backSchema, default: undefined },
  })
    .index({ at: -1 })
    .index({ days: 1 })
    .index({ provider: 1, at: -1 }),
);

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

/** The file that was imported last, of one provider, and stands. */
export async function newestImportOf(base: Base, provider: BillProvider): Promise<BillImport | null> {
  return billImportStore.collection(base).findOne({ provider, 'back.doneAt': null }, { sort: { at: -1 } });
}

/** Every other file that tells of these days and was not taken back, the oldest first. */
export async function standingImportsOf(base: Base, { _id, provider, days }: BillImport): Promise<BillImport[]> {
  return billImportStore
    .collection(base)
    .find({ _id: { $ne: _id }, provider, days: { $in: [...days] }, 'back.doneAt': null })
    .sort({ at: 1, _id: 1 })
    .toArray();
}

/** Null where it is not there or was asked back before. */
export async function askBack(base: Base, importId: string, back: BillBack): Promise<BillImport | null> {
  return billImportStore
    .collection(base)
    .findOneAndUpdate({ _id: importId, back: { $exists: false } }, { $set: { back } }, { returnDocument: 'after' });
}

/** Who approved first stays. */
export async function approveBack(base: Base, importId: string, { by, at }: { by: string; at: Date }): Promise<void> {
  await billImportStore
    .collection(base)
    .updateOne({ _id: importId, 'back.approvedBy': null }, { $set: { 'back.approvedBy': by, 'back.approvedAt': at } });
}

export async function endBack(base: Base, importId: string, at: Date): Promise<BillImport> {
  const imports = billImportStore.collection(base);
  await imports.updateOne({ _id: importId, 'back.doneAt': null }, { $set: { 'back.doneAt': at } });
  const ended = await findImport(base, importId);
  if (!ended) throw new Error('an import vanished while it was taken back');
  return ended;
}
