import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { type ReceivingRemittance, readReceiving, receiveRemittances } from '../batches/index.js';
import { ledgerId, postLedger } from '../ledger/index.js';
import type { BankChunk, BankImport, BankLine } from './bank.store.js';
import { certainLines, referencesOf } from './certain-lines.rules.js';
import {
  type ExactMatch,
  type Row,
  bankLineOf,
  lineIdOf,
  lineOfRow,
  readDuplicates,
  readRows,
} from './chunks.rules.js';
import { IGNORE_RULES, type IgnoreCategory } from './ignore-rules.rules.js';
import { insertPosting } from './imports.store.js';
import { lineOutcome } from './line-outcome.js';
import { insertLines } from './lines.store.js';
import { remittanceFacts } from './matching-facts.js';
import { decideLines } from './matching.rules.js';
import type { LineDecision, LineFacts } from './matching.types.js';
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
export async function readyChunk(base: Base, { accountId }: BankImport, chunk: BankChunk): Promise<ReadyChunk> {
  const duplicates = readDuplicates(chunk.duplicates);
  const rows = readRows(chunk.lines);
  const named = referencesOf(rows, (position) => duplicates.has(position));
  const ids = [...new Set([...named.values()].flat())];
  const found = ids.length === 0 ? [] : await readReceiving(base, ids);
  const remittances = new Map(found.map((remittance) => [remittance._id, remittance]));

  const received: Received[] = [];
  const matches: ExactMatch[] = [];
  const isMatched = new Set<number>();
  for (const { position, remittance } of certainLines(rows, named, remittances)) {
    const [, day, amountFen] = rows[position]!;
    isMatched.add(position);
    received.push({ remittance, amountFen, day });
    matches.push([position, [remittance._id, amountFen]]);
  }
  const rest = rows.flatMap((row, position) =>
    isMatched.has(position) || duplicates.has(position) ? [] : [{ row, position }],
  );
  const decisions = decide(
    rest.map(({ row }) => factsOf(accountId, row)),
    remittances,
  );
  const others: { row: Row; decision: LineDecision }[] = [];
  rest.forEach(({ row, position }, index) => {
    const decision = decisions[index]!;
    if (decision.state !== 'MATCHED') {
      others.push({ row, decision });
      return;
    }
    const parts = decision.parts.map(({ remittanceId, amountFen }): [string, number] => [
      remittanceId ?? '',
      amountFen,
    ]);
    matches.push([position, ...parts]);
    for (const [remittanceId, amountFen] of parts) {
      const remittance = remittances.get(remittanceId);
      if (!remittance) throw new Error(`remittance ${remittanceId} was matched and never read`);
      received.push({ remittance, amountFen, day: row[1] });
    }
  });
  const { _id: chunkId, seq, firstDay, lastDay, newCount } = chunk;
  return { chunkId, seq, firstDay, lastDay, newCount, ...sumsOf(rows, duplicates), received, matches, others };
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
  const named = new Map([...remittances].map(([id, remittance]) => [id, remittanceFacts(remittance)]));
  return decideLines(lines, { remittancesByReference: named, openRemittances: [], rules: IGNORE_RULES });
}

function sumsOf(rows: readonly Row[], duplicates: ReadonlySet<number>) {
  const sums = { creditFen: 0, debitFen: 0, prints: '' };
  const prints: string[] = [];
  rows.forEach(([, , amountFen, , , , , , print], position) => {
    if (duplicates.has(position)) return;
    if (amountFen > 0) sums.creditFen += amountFen;
    else sums.debitFen -= amountFen;
    prints.push(print);
  });
  return { ...sums, prints: prints.join('') };
}

/** One chunk into the books, in the caller's transaction: lines, remittances, ledger, and the posting that says so. */
export async function postChunk(base: Base, one: BankImport, chunk: ReadyChunk, session: Session): Promise<void> {
  const { accountId } = one;
  const by = one.postedBy ?? one.by;
  const sourceKey = `statement:${chunk.chunkId}`;
  const entry = { by, ledgerId: ledgerId(sourceKey) };
  const { chunkId, seq, firstDay, lastDay, newCount, creditFen, debitFen, prints, received, matches } = chunk;
  await receiveRemittances(base, received, session);
  await insertLines(base, documentsOf(one, chunk, entry), session);
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
