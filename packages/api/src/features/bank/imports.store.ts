import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import {
  type BankAccount,
  type BankChunk,
  type BankImport,
  type BankPosting,
  type BankProfile,
  bankAccountStore,
  bankChunkStore,
  bankImportStore,
  bankPostingStore,
  bankProfileStore,
} from './bank.store.js';
import { countPrints } from './chunks.rules.js';
import { BOOKED_STATES } from './import-states.js';

const MAX_PAGE = 100;

export function chunkIdOf(importId: string, seq: number): string {
  return `${importId}.${String(seq).padStart(5, '0')}`;
}

export async function findImport(base: Base, importId: string, session?: Session): Promise<BankImport | null> {
  return bankImportStore.collection(base).findOne({ _id: importId }, session ? { session } : {});
}

/** Newest first; one more than `first` where there are more. */
export async function findImports(
  base: Base,
  asked: { first: number; after: { atMs: number; importId: string } | null },
): Promise<BankImport[]> {
  const { after } = asked;
  const at = after ? new Date(after.atMs) : null;
  return bankImportStore
    .collection(base)
    .find(at && after ? { $or: [{ at: { $lt: at } }, { at, _id: { $lt: after.importId } }] } : {})
    .sort({ at: -1, _id: -1 })
    .limit(Math.min(asked.first, MAX_PAGE) + 1)
    .toArray();
}

/** A statement that the zone itself brings further. */
export interface Unfinished {
  readonly _id: string;
  readonly state: 'PREVIEWING' | 'POSTING' | 'TAKING_BACK';
}

/** What a process left to be done: previews, postings and what is taken back, the oldest first. */
export async function findUnfinished(base: Base): Promise<Unfinished[]> {
  return bankImportStore
    .collection(base)
    .find({ state: { $in: ['PREVIEWING', 'POSTING', 'TAKING_BACK'] } })
    .project<Unfinished>({ state: 1 })
    .sort({ at: 1, _id: 1 })
    .limit(MAX_PAGE)
    .toArray();
}

export async function insertImport(base: Base, one: BankImport): Promise<void> {
  await bankImportStore.collection(base).insertOne(one);
}

/** Changes an import that is in this state; false when it is not. */
export async function changeImport(
  base: Base,
  from: Pick<BankImport, '_id' | 'state'>,
  changes: Partial<BankImport>,
  session?: Session,
): Promise<boolean> {
  const { _id, state } = from;
  const result = await bankImportStore
    .collection(base)
    .updateOne({ _id, state }, { $set: changes }, session ? { session } : {});
  return result.matchedCount === 1;
}

export async function findAccount(base: Base, accountId: string, session?: Session): Promise<BankAccount | null> {
  return bankAccountStore.collection(base).findOne({ _id: accountId }, session ? { session } : {});
}

/** Gives the account to this import, if no other is being posted and none was since the preview. */
export async function takeAccount(
  base: Base,
  { _id: importId, accountId, accountRevision }: BankImport,
  session: Session,
): Promise<boolean> {
  const result = await bankAccountStore
    .collection(base)
    .updateOne(
      { _id: accountId, postingImportId: null, revision: accountRevision },
      { $set: { postingImportId: importId }, $inc: { revision: 1 } },
      { session },
    );
  return result.matchedCount === 1;
}

export async function giveAccountBack(
  base: Base,
  { _id: importId, accountId, spansAfter, profileId }: BankImport,
  session: Session,
): Promise<void> {
  await bankAccountStore.collection(base).updateOne(
    { _id: accountId, postingImportId: importId },
    // The profile that has just read a statement of this account is offered first for the next.
    { $set: { postingImportId: null, spans: spansAfter, ...(profileId === '' ? {} : { profileId }) } },
    { session },
  );
}

export async function findAllAccounts(base: Base): Promise<BankAccount[]> {
  return bankAccountStore.collection(base).find().sort({ _id: 1 }).limit(MAX_PAGE).toArray();
}

export async function insertAccount(base: Base, account: BankAccount): Promise<void> {
  await bankAccountStore.collection(base).insertOne(account);
}

export async function renameAccount(
  base: Base,
  accountId: string,
  texts: Pick<BankAccount, 'name' | 'bankName' | 'profileId'>,
): Promise<BankAccount | null> {
  return bankAccountStore
    .collection(base)
    .findOneAndUpdate({ _id: accountId }, { $set: texts }, { returnDocument: 'after' });
}

export async function findProfiles(base: Base): Promise<BankProfile[]> {
  return bankProfileStore.collection(base).find().sort({ _id: 1 }).limit(MAX_PAGE).toArray();
}

export async function writeProfile(base: Base, profile: BankProfile): Promise<void> {
  await bankProfileStore.collection(base).replaceOne({ _id: profile._id }, profile, { upsert: true });
}

export async function findProfile(base: Base, profileId: string): Promise<BankProfile | null> {
  return bankProfileStore.collection(base).findOne({ _id: profileId });
}

export async function insertChunk(base: Base, chunk: BankChunk): Promise<void> {
  await bankChunkStore.collection(base).insertOne(chunk);
}

export async function findChunk(base: Base, chunkId: string, session?: Session): Promise<BankChunk | null> {
  return bankChunkStore.collection(base).findOne({ _id: chunkId }, session ? { session } : {});
}

/** A chunk without its lines' text, which is most of it. */
export type KeptChunk = Omit<BankChunk, 'lines'>;

export async function findKeptChunk(base: Base, chunkId: string): Promise<KeptChunk | null> {
  return bankChunkStore.collection(base).findOne<KeptChunk>({ _id: chunkId }, { projection: { lines: 0 } });
}

/** The lines' text of a chunk that is there. */
export async function findChunkLines(base: Base, chunkId: string): Promise<string> {
  return (await findChunk(base, chunkId))?.lines ?? '[]';
}

export async function markDuplicates(
  base: Base,
  chunkId: string,
  marks: Pick<BankChunk, 'newCount' | 'duplicates'>,
): Promise<void> {
  await bankChunkStore.collection(base).updateOne({ _id: chunkId }, { $set: marks });
}

/** Chunks of an import that are not in the books. */
export async function dropChunks(base: Base, importId: string): Promise<void> {
  await bankChunkStore.collection(base).deleteMany({ _id: { $gte: `${importId}.`, $lt: `${importId}/` } });
}

/** How often each print stands on the account in these days. Empty in the usual case, that the file follows the last. */
export async function countKnownPrints(
  base: Base,
  accountId: string,
  days: { fromDay: string; toDay: string },
): Promise<Map<string, number>> {
  const found = await bankPostingStore
    .collection(base)
    .find({ accountId, lastDay: { $gte: days.fromDay }, firstDay: { $lte: days.toDay } })
    .project<{ prints: string }>({ _id: 0, prints: 1 })
    .toArray();
  return countPrints(found.map((one) => one.prints));
}

/** The first and the last day of what stands on the account within these days; nothing lies between where nothing stands. */
export async function postedDays(
  base: Base,
  accountId: string,
  days: { fromDay: string; toDay: string },
): Promise<{ fromDay: string; toDay: string }> {
  const [found] = await bankPostingStore
    .collection(base)
    .aggregate<{ fromDay: string; toDay: string }>([
      { $match: { accountId, lastDay: { $gte: days.fromDay }, firstDay: { $lte: days.toDay } } },
      { $group: { _id: null, fromDay: { $min: '$firstDay' }, toDay: { $max: '$lastDay' } } },
    ])
    .toArray();
  return found ?? { fromDay: '', toDay: '' };
}

/**
 * What stands on the account in these days, chunk by chunk: the prints that were new in it, and the keys of all its lines.
 * `onlyWithoutEnds`: of statements alone that say no balance at their end, and so lie in no span.
 */
export async function* postedChunks(
  base: Base,
  asked: { accountId: string; fromDay: string; toDay: string; onlyWithoutEnds: boolean },
): AsyncGenerator<{ prints: string; keys: string; duplicates: string }> {
  const { accountId, fromDay, toDay, onlyWithoutEnds } = asked;
  const postings = bankPostingStore
    .collection(base)
    .find({ accountId, lastDay: { $gte: fromDay }, firstDay: { $lte: toDay } })
    .project<{ _id: string; importId: string; prints: string }>({ importId: 1, prints: 1 });
  const hasEnds = new Map<string, boolean>();
  for await (const { _id, importId, prints } of postings) {
    if (onlyWithoutEnds) {
      const known = hasEnds.get(importId) ?? (await findImport(base, importId))?.preview?.closingFen != null;
      hasEnds.set(importId, known);
      if (known) continue;
    }
    const chunk = await findKeptChunk(base, _id);
    if (!chunk) throw new Error('a chunk that is in the books is gone');
    yield { prints, keys: chunk.keys, duplicates: chunk.duplicates };
  }
}

/** The newest posted statement of the account with these very bytes. */
export async function findPostedFile(
  base: Base,
  { accountId, fileSha256 }: Pick<BankImport, 'accountId' | 'fileSha256'>,
): Promise<BankImport | null> {
  return bankImportStore
    .collection(base)
    .findOne({ accountId, fileSha256, state: { $in: [...BOOKED_STATES] } }, { sort: { at: -1 } });
}

export async function insertPosting(base: Base, posting: BankPosting, session: Session): Promise<void> {
  await bankPostingStore.collection(base).insertOne(posting, { session });
}

/** Ids of the chunks of this import that are in the books. */
export async function findPostedChunks(base: Base, importId: string): Promise<Set<string>> {
  const found = await bankPostingStore
    .collection(base)
    .find({ _id: { $gte: `${importId}.`, $lt: `${importId}/` } })
    .project<{ _id: string }>({ _id: 1 })
    .toArray();
  return new Set(found.map((one) => one._id));
}
