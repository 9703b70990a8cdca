import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import { isDuplicateKey } from '../../kernel/transaction.js';
import type { SealedAddress } from './seal.js';

export interface BookEntry {
  readonly addressId: string;
  readonly sealed: SealedAddress;
  readonly isDefault: boolean;
  /** The request that last wrote the entry, so that the same one sent again writes nothing. */
  readonly lastSave: { readonly key: string; readonly hash: string };
}

/**
 * All addresses of one member in one document: the bound of twenty and the single default then need no transaction, and
 * to erase a person's addresses is to delete it.
 */
export interface AddressBook {
  /** The member. */
  readonly _id: string;
  /** Grows with each write; a write names the version it has read. */
  readonly version: number;
  readonly entries: readonly BookEntry[];
}

const entrySchema = new Schema(
  {
    addressId: { type: String, required: true },
    sealed: {
      addressId: { type: String, required: true },
      keyId: { type: String, required: true },
      box: { type: String, required: true },
    },
    isDefault: { type: Boolean, required: true },
    lastSave: { key: { type: String, required: true }, hash: { type: String, required: true } },
  },
  { _id: false },
);

export const addressBookStore = defineStore<AddressBook>(
  'addressBooks',
  new Schema({
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    entries: { type: [entrySchema], required: true },
  }),
);

export async function findBook(base: Base, memberId: string): Promise<AddressBook> {
  const book = await addressBookStore.collection(base).findOne({ _id: memberId });
  return book ?? { _id: memberId, version: 0, entries: [] };
}

/** Writes the entries if nobody wrote since `book` was read; false when somebody did. */
export async function replaceEntries(base: Base, book: AddressBook, entries: readonly BookEntry[]): Promise<boolean> {
  const collection = addressBookStore.collection(base);
  try {
    const written = await collection.updateOne(
      { _id: book._id, version: book.version },
      { $set: { entries, version: book.version + 1 } },
      { upsert: book.version === 0 },
    );
    return written.matchedCount + written.upsertedCount === 1;
  } catch (error) {
    // Two first addresses at once: the other one made the book.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
