import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import {
  type BankChunk,
  type BankLine,
  type BankPosting,
  bankChunkStore,
  bankLineStore,
  bankPostingStore,
} from './bank.store.js';
import { bankLineOf, lineOfRow, parseLineId, readDuplicates, readMatches, readRows } from './chunks.rules.js';

export async function insertLines(base: Base, lines: readonly BankLine[], session: Session): Promise<void> {
  if (lines.length > 0) await bankLineStore.collection(base).insertMany([...lines], { session, ordered: true });
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

async function postingsOfDay(base: Base, accountId: string, day: string, session?: Session): Promise<BankPosting[]> {
  return bankPostingStore
    .collection(base)
    .find({ accountId, lastDay: { $gte: day }, firstDay: { $lte: day } }, session ? { session } : {})
    .sort({ _id: 1 })
    .toArray();
}
