import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { BillKind, BillProvider } from './bill-line.rules.js';

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
    merchantIds: { type: [String], default: undefined },
    addedCount: Number,
    changedCount: Number,
    by: String,
    at: Date,
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

/** The file that was imported last, of one provider. */
export async function newestImportOf(base: Base, provider: BillProvider): Promise<BillImport | null> {
  return billImportStore.collection(base).findOne({ provider }, { sort: { at: -1 } });
}
