import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import {
  type BankChunk,
  type BankLine,
  type BankPosting,
  LINE_STATES,
  bankChunkStore,
  bankLineStore,
  bankPostingStore,
} from './bank.store.js';
import { moveTotals } from './bank-totals.store.js';
import { bankLineOf, lineOfRow, parseLineId, readDuplicates, readMatches, readRows } from './chunks.rules.js';
import { keysOf } from './line-keys.rules.js';
import { arrival, departure } from './totals.rules.js';

/** Lines as new documents. Those that come into the books with them are counted by the caller (`moveTotals`). */
export async function insertLines(base: Base, lines: readonly BankLine[], session: Session): Promise<void> {
  if (lines.length === 0) return;
  const documents = lines.map((line) => ({ ...line, keys: keysOf(line) }));
  await bankLineStore.collection(base).insertMany(documents, { session, ordered: true });
}

/** A line before a change, as the transaction has read it, and after it. */
export interface LineWrite {
  readonly before: BankLine;
  readonly after: BankLine;
}

/** Writes lines as they are after a change, with their keys and the sums of their days. */
export async function writeLines(base: Base, changes: readonly LineWrite[], session: Session): Promise<void> {
  if (changes.length === 0) return;
  const writes = changes.map(({ after }) => ({
    replaceOne: { filter: { _id: after._id }, replacement: { ...after, keys: keysOf(after) } },
  }));
  const result = await bankLineStore.collection(base).bulkWrite(writes, { session, ordered: true });
  if (result.matchedCount !== changes.length)
    throw new Error('a bank line was gone within a transaction that had read it');
  const moves = changes.flatMap(({ before, after }) => [departure(before), arrival(after)]);
  await moveTotals(base, moves, session);
}

/**
 * Makes documents of lines that the import matched exactly, so that a person can change them: those of these lines that
 * have none yet. In the caller's transaction, which then finds all of them as documents.
 */
export async function liftBankLines(base: Base, lineIds: readonly string[], session: Session): Promise<void> {
  const held = await bankLineStore
    .collection(base)
    .find({ _id: { $in: [...lineIds] } }, { session })
    .project<{ _id: string }>({ _id: 1 })
    .toArray();
  const known = new Set(held.map((one) => one._id));
  const lifted: BankLine[] = [];
  for (const lineId of new Set(lineIds)) {
    const line = known.has(lineId) ? null : await findPostedLine(base, lineId, session);
    if (line) lifted.push(line);
  }
  await insertLines(base, lifted, session);
}

/** A line out of its chunk, as its import left it; null when no such line is in the books. */
export async function findPostedLine(base: Base, lineId: string, session?: Session): Promise<BankLine | null> {
  const id = parseLineId(lineId);
  if (!id) return null;
  const postings = await postingsOfDay(base, id.accountId, id.day, session);
  for (const posting of postings.filter((one) => one.prints.includes(id.print))) {
    const lines = await linesOfPosting(base, posting, session);
    const found = lines.find((line) => line._id === lineId);
    if (found) return found;
  }
  return null;
}

/**
 * Lines that the import matched exactly and that nobody has touched since have no document: these, of one posting, as
 * they would be. Others of the posting are given too, as their import left them.
 */
export async function linesOfPosting(base: Base, posting: BankPosting, session?: Session): Promise<BankLine[]> {
  const chunk = await bankChunkStore.collection(base).findOne({ _id: posting._id }, session ? { session } : {});
  return chunk ? linesOf(posting, chunk) : [];
}

export function linesOf(posting: BankPosting, chunk: Pick<BankChunk, 'lines' | 'duplicates'>): BankLine[] {
  const duplicates = readDuplicates(chunk.duplicates);
  const matches = new Map(readMatches(posting.matches).map(([position, ...parts]) => [position, parts]));
  return readRows(chunk.lines).flatMap((row, position) => {
    if (duplicates.has(position)) return [];
    const line = bankLineOf(lineOfRow(row), { accountId: posting.accountId, importId: posting.importId });
    const parts = matches.get(position);
    return [parts ? matchedLine(line, parts, posting) : line];
  });
}

function matchedLine(
  line: BankLine,
  parts: readonly (readonly [remittanceId: string, amountFen: number])[],
  { by, at, ledgerId }: BankPosting,
): BankLine {
  const targetIds = parts.map(([remittanceId]) => remittanceId);
  const allocations = parts.map(([remittanceId, amountFen]) => {
    return { remittanceId, spendId: null, amountFen, by, at, ledgerId };
  });
  const reason = { code: 'REFERENCE_AND_AMOUNT', targetIds } as const;
  return { ...line, state: 'MATCHED', references: targetIds, allocations, reason };
}

/** Chunks in the books that may hold lines of the day. */
export async function postingsOfDay(
  base: Base,
  accountId: string,
  day: string,
  session?: Session,
): Promise<BankPosting[]> {
  return bankPostingStore
    .collection(base)
    .find({ accountId, lastDay: { $gte: day }, firstDay: { $lte: day } }, session ? { session } : {})
    .sort({ _id: 1 })
    .toArray();
}

/** Each account and day of which lines may stand in the books, by account and day. */
export async function findPostedDays(base: Base): Promise<{ accountId: string; day: string }[]> {
  const found = await bankPostingStore
    .collection(base)
    .aggregate<{ _id: { accountId: string; firstDay: string; lastDay: string } }>([
      { $group: { _id: { accountId: '$accountId', firstDay: '$firstDay', lastDay: '$lastDay' } } },
    ])
    .toArray();
  const days = new Map<string, { accountId: string; day: string }>();
  for (const { _id } of found) {
    for (const day of daysBetween(_id.firstDay, _id.lastDay)) {
      days.set(`${_id.accountId}|${day}`, { accountId: _id.accountId, day });
    }
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

const DAY_MS = 86_400_000;

/** Both ends included. */
function daysBetween(firstDay: string, lastDay: string): string[] {
  const days: string[] = [];
  for (let atMs = Date.parse(firstDay); atMs <= Date.parse(lastDay); atMs += DAY_MS) {
    days.push(new Date(atMs).toISOString().slice(0, 10));
  }
  return days;
}

export async function findDocumentsOfDay(
  base: Base,
  { accountId, day }: { accountId: string; day: string },
  session: Session,
): Promise<BankLine[]> {
  return bankLineStore
    .collection(base)
    .find({ accountId, state: { $in: [...LINE_STATES] }, day }, { session })
    .toArray();
}

/** Documents of before lines had keys. */
export async function writeMissingKeys(base: Base): Promise<void> {
  const lines = bankLineStore.collection(base);
  for await (const line of lines.find({ 'keys.words': { $exists: false } })) {
    // Only what the keys follow from may not have moved since; then whoever moved it has written them.
    await lines.updateOne({ _id: line._id, 'keys.words': { $exists: false } }, { $set: { keys: keysOf(line) } });
  }
}
