import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { type ReceivingRemittance, readReceiving, receiveRemittances } from '../batches/index.js';
import { ledgerId, postLedger } from '../ledger/index.js';
import { moveTotals } from './bank-totals.store.js';
import type { BankImport, BankLine } from './bank.store.js';
import { certainLines, namedBy } from './certain-lines.rules.js';
import {
  type ChunkKeys,
  type ExactMatch,
  PRINT_CHARACTERS,
  type Row,
  bankLineOf,
  daysOf,
  lineIdOf,
  lineOfRow,
  readDuplicates,
  readKeys,
  readRows,
} from './chunks.rules.js';
import { IGNORE_RULES, type IgnoreCategory } from './ignore-rules.rules.js';
import { type KeptChunk, findChunkLines, insertPosting } from './imports.store.js';
import { lineOutcome } from './line-outcome.js';
import { insertLines } from './lines.store.js';
import { decideLines } from './matching.rules.js';
import type { LineDecision, LineFacts, RemittanceFacts } from './matching.types.js';
import { arrival, type LineMove, matchedMove } from './totals.rules.js';
import { statementPostings } from './statement-postings.rules.js';

/** A chunk that is read and decided, ready to be written. */
export interface ReadyChunk {
  readonly chunkId: string;
  readonly seq: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly newCount: number;
  readonly creditFen: number;
  readonly debitFen: number;
  readonly prints: string;
  readonly received: readonly Received[];
  readonly matches: readonly ExactMatch[];
  /** What the matched lines add to the sums of their days. */
  readonly matched: readonly LineMove[];
  /** Lines that were not matched. */
  readonly others: readonly { readonly row: Row; readonly decision: LineDecision }[];
}

interface Received {
  readonly remittance: ReceivingRemittance;
  readonly amountFen: number;
  readonly day: string;
}

/**
 * Reads a chunk and decides its lines, outside of any transaction, while the database still writes the chunk before. What
 * the decisions rest on is guarded when they are written: a remittance that is not as it was read fails the transaction.
 */
export async function readyChunk(base: Base, one: BankImport, chunk: KeptChunk): Promise<ReadyChunk> {
  const duplicates = readDuplicates(chunk.duplicates);
  const keys = readKeys(chunk.keys);
  const days = daysOf(keys);
  const named = namedBy(keys, (position) => duplicates.has(position));
  // A reference that lines of other chunks name too is left to the end, when all of them can be seen together.
  const repeated = new Set(one.repeatedReferences);
  const ids = [...named.keys()].filter((reference) => !repeated.has(reference));
  const found = ids.length === 0 ? [] : await readReceiving(base, ids);

  const received: Received[] = [];
  const matches: ExactMatch[] = [];
  for (const { position, remittance } of certainLines(keys, named, found)) {
    const amountFen = keys.amounts[position]!;
    received.push({ remittance, amountFen, day: days[position]! });
    matches.push([position, [remittance._id, amountFen]]);
  }
  const { _id: chunkId, seq, firstDay, lastDay, newCount } = chunk;
  const sums = sumsOf(keys, chunk.prints, duplicates);
  const ready = { chunkId, seq, firstDay, lastDay, newCount, ...sums, received, matches };
  const matchedMoves = (): LineMove[] =>
    matches.map(([position]) =>
      matchedMove({ accountId: one.accountId, day: days[position]!, amountFen: keys.amounts[position]! }),
    );
  if (matches.length === newCount) return { ...ready, matched: matchedMoves(), others: [] };
  const isDone = new Set([...duplicates, ...matches.map(([position]) => position)]);
  const rest = readRows(await findChunkLines(base, chunkId)).flatMap((row, position) =>
    isDone.has(position) ? [] : [{ row, position }],
  );
  const others = decideOthers(one.accountId, rest, { found, received, matches });
  return { ...ready, matched: matchedMoves(), others };
}

/** What is not the plain case. Adds to what was matched; gives what was not. */
function decideOthers(
  accountId: string,
  rest: readonly { readonly row: Row; readonly position: number }[],
  so: { found: readonly ReceivingRemittance[]; received: Received[]; matches: ExactMatch[] },
): { row: Row; decision: LineDecision }[] {
  const remittances = new Map(so.found.map((remittance) => [remittance._id, remittance]));
  const lines = rest.map(({ row }) => factsOf(accountId, row));
  const decisions = decide(lines, remittances);
  return rest.flatMap(({ row, position }, index) => {
    const decision = decisions[index]!;
    if (decision.state !== 'MATCHED') return [{ row, decision }];
    const parts = decision.parts.map(({ remittanceId, amountFen }): [string, number] => [
      remittanceId ?? '',
      amountFen,
    ]);
    so.matches.push([position, ...parts]);
    for (const [remittanceId, amountFen] of parts) {
      const remittance = remittances.get(remittanceId);
      if (!remittance) throw new Error(`remittance ${remittanceId} was matched and never read`);
      so.received.push({ remittance, amountFen, day: row[1] });
    }
    return [];
  });
}

function factsOf(accountId: string, row: Row): LineFacts {
  const line = lineOfRow(row);
  const { day, amountFen, counterparty, counterpartyAccount, memo } = line;
  return { lineId: lineIdOf(accountId, line), day, amountFen, counterparty, counterpartyAccount, memo };
}

/**
 * What is certain, and what an ignore rule names. Suggestions for the rest are made once, behind the last chunk, over all
 * that is unexplained (`refreshMatching`).
 */
function decide(lines: readonly LineFacts[], remittances: ReadonlyMap<string, ReceivingRemittance>): LineDecision[] {
  if (lines.length === 0) return [];
  const named = new Map([...remittances].map(([id, remittance]) => [id, targetOf(remittance)]));
  return decideLines(lines, { remittancesByReference: named, openRemittances: [], rules: IGNORE_RULES });
}

/** Who sends it does not matter to what is certain. */
function targetOf({ _id, state, amountFen, receivedFen }: ReceivingRemittance): RemittanceFacts {
  const sponsor = { sponsorKey: '', payerNames: [], payerAccounts: [] };
  return { remittanceId: _id, ...sponsor, leftFen: state === 'OPEN' ? amountFen - receivedFen : 0 };
}

function sumsOf({ amounts }: ChunkKeys, prints: string, duplicates: ReadonlySet<number>) {
  const sums = { creditFen: 0, debitFen: 0, prints };
  amounts.forEach((amountFen, position) => {
    if (duplicates.has(position)) return;
    if (amountFen > 0) sums.creditFen += amountFen;
    else sums.debitFen -= amountFen;
  });
  if (duplicates.size === 0) return sums;
  const printAt = (at: number): string => prints.slice(at * PRINT_CHARACTERS, (at + 1) * PRINT_CHARACTERS);
  const kept = amounts.map((_, position) => (duplicates.has(position) ? '' : printAt(position)));
  return { ...sums, prints: kept.join('') };
}

/** One chunk into the books, in the caller's transaction: lines, remittances, ledger, and the posting that says so. */
export async function postChunk(base: Base, one: BankImport, chunk: ReadyChunk, session: Session): Promise<void> {
  const { accountId } = one;
  const by = one.postedBy ?? one.by;
  const sourceKey = `statement:${chunk.chunkId}`;
  const entry = { by, ledgerId: ledgerId(sourceKey) };
  const { chunkId, seq, firstDay, lastDay, newCount, creditFen, debitFen, prints, received, matches } = chunk;
  await receiveRemittances(base, received, session);
  const documents = documentsOf(one, chunk, entry);
  await insertLines(base, documents, session);
  await moveTotals(base, [...chunk.matched, ...documents.map(arrival)], session);
  await insertPosting(
    base,
    {
      ...{ _id: chunkId, accountId, importId: one._id, seq, firstDay, lastDay, newCount, creditFen, debitFen, prints },
      matchedCount: matches.length,
      matchedFen: received.reduce((sum, { amountFen }) => sum + amountFen, 0),
      matches: JSON.stringify(matches),
      ...{ ...entry, at: new Date(base.clock()) },
    },
    session,
  );
  const ignored = chunk.others.flatMap(({ row, decision }): { category: IgnoreCategory; amountFen: number }[] =>
    decision.state === 'IGNORED' ? [{ category: decision.category, amountFen: row[2] }] : [],
  );
  const given = received.map(({ remittance, amountFen }) => ({ agreementId: remittance.agreementId, amountFen }));
  const postings = statementPostings(accountId, { netFen: creditFen - debitFen, given, ignored });
  if (postings.length === 0) return;
  // Last of all: every writer of the books meets at their head, and holds it from here to the commit.
  const refs = { importId: one._id, accountId };
  await postLedger(base, [{ sourceKey, kind: 'statement', day: lastDay, postings, refs, by }], session);
}

function documentsOf(one: BankImport, chunk: ReadyChunk, entry: { by: string; ledgerId: string }): BankLine[] {
  const owner = { accountId: one.accountId, importId: one._id };
  return chunk.others.map(({ row, decision }) => ({
    ...bankLineOf(lineOfRow(row), owner),
    ...lineOutcome(decision),
    ignored: decision.state === 'IGNORED' ? { ...entry, category: decision.category, reason: decision.rule } : null,
  }));
}
