import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import {
  type BankAccount,
  type BankImport,
  type BankLine,
  type BankPosting,
  type BankSpan,
  bankAccountStore,
  bankImportStore,
  bankLineStore,
  bankPostingStore,
} from './bank.store.js';
import { BOOKED_STATES, POSTED_STATES } from './import-states.js';

/**
 * A chunk that was in the books and is so no more: what its posting said, and what had been decided on its lines. Written in
 * the transaction that takes it out, so that whoever reads postings and lines finds what stands, and nothing else.
 */
export interface BankTakenChunk {
  /** The chunk's. */
  readonly _id: string;
  readonly accountId: string;
  readonly importId: string;
  readonly posting: BankPosting;
  /** Lines on which a person or a rule had decided since; the others are told by the chunk and its posting. */
  readonly decided: readonly BankLine[];
  /** The first transaction of the books that corrects it; the others follow it as `….1`, `….2`. */
  readonly ledgerId: string;
  readonly by: string;
  readonly at: Date;
}

const text = { type: String, required: true } as const;
const mixed = { type: Schema.Types.Mixed, required: true } as const;

export const bankTakenChunkStore = defineStore<BankTakenChunk>(
  'bankTakenChunks',
  new Schema({
    _id: text,
    accountId: text,
    importId: text,
    posting: mixed,
    decided: mixed,
    ledgerId: text,
    by: text,
    at: Date,
  }),
);

/** The chunk's posting, while it stands. */
export async function findPosting(base: Base, chunkId: string, session?: Session): Promise<BankPosting | null> {
  return bankPostingStore.collection(base).findOne({ _id: chunkId }, session ? { session } : {});
}

/** Takes a posting and these lines' documents out, and keeps what they said. In the caller's transaction. */
export async function moveToTaken(
  base: Base,
  { taken, lineIds }: { taken: BankTakenChunk; lineIds: readonly string[] },
  session: Session,
): Promise<void> {
  await bankTakenChunkStore.collection(base).insertOne(taken, { session });
  const { deletedCount } = await bankPostingStore.collection(base).deleteOne({ _id: taken._id }, { session });
  if (deletedCount !== 1) throw new Error('a posting was gone within a transaction that had read it');
  await bankLineStore.collection(base).deleteMany({ _id: { $in: [...lineIds] } }, { session });
}

/** Gives the account to a statement that leaves it, if none is on its way and none was posted since it was read; previews of before are stale then. */
export async function holdAccount(
  base: Base,
  { account, importId }: { account: Pick<BankAccount, '_id' | 'revision'>; importId: string },
  session: Session,
): Promise<boolean> {
  const result = await bankAccountStore
    .collection(base)
    .updateOne(
      { _id: account._id, postingImportId: null, revision: account.revision },
      { $set: { postingImportId: importId }, $inc: { revision: 1 } },
      { session },
    );
  return result.matchedCount === 1;
}

/** The account is free again, with what the statements cover that are left. */
export async function giveSpansBack(
  base: Base,
  { accountId, importId, spans }: { accountId: string; importId: string; spans: readonly BankSpan[] },
  session: Session,
): Promise<void> {
  await bankAccountStore
    .collection(base)
    .updateOne({ _id: accountId, postingImportId: importId }, { $set: { postingImportId: null, spans } }, { session });
}

/** The other statements in the account's books, in the order in which they were posted. */
export async function findOtherImports(
  base: Base,
  { _id, accountId }: Pick<BankImport, '_id' | 'accountId'>,
): Promise<BankImport[]> {
  return bankImportStore
    .collection(base)
    .find({ accountId, _id: { $ne: _id }, state: { $in: [...POSTED_STATES] } })
    .sort({ accountRevision: 1 })
    .toArray();
}

/** Statements of the same days that were posted, or are being posted, after this one. */
export async function findLaterImports(base: Base, one: BankImport): Promise<BankImport[]> {
  const { accountId, accountRevision, preview } = one;
  return bankImportStore
    .collection(base)
    .find({
      accountId,
      accountRevision: { $gt: accountRevision },
      state: { $in: [...BOOKED_STATES] },
      'preview.fromDay': { $lte: preview?.toDay ?? '' },
      'preview.toDay': { $gte: preview?.fromDay ?? '' },
    })
    .limit(1)
    .toArray();
}
