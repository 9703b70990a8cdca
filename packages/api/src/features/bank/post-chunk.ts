import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { type ReceivingRemittance, readReceiving, receiveRemittances } from '../batches/index.js';
import { type Posting, ledgerId, postLedger } from '../ledger/index.js';
import type { BankChunk, BankImport, BankLine } from './bank.store.js';
import { type ChunkLine, type ExactMatch, bankLineOf, lineIdOf, readDuplicates, readRows } from './chunks.rules.js';
import { IGNORE_RULES } from './ignore-rules.rules.js';
import { insertPosting } from './imports.store.js';
import { allocationPostings, ignorePostings } from './line-money.rules.js';
import { lineOutcome } from './line-outcome.js';
import { insertLines } from './lines.store.js';
import { remittanceFacts } from './matching-facts.js';
import { decideLines } from './matching.rules.js';
import type { LineDecision, LineFacts } from './matching.types.js';
import { findReferences } from './references.rules.js';

/** A chunk that is read and decided, ready to be written. */
export interface ReadyChunk {
  readonly chunkId: string;
  readonly seq: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly lines: readonly PlacedLine[];
  readonly decisions: readonly LineDecision[];
  readonly remittances: ReadonlyMap<string, ReceivingRemittance>;
}

interface PlacedLine extends LineFacts {
  /** Place in the chunk, duplicates counted. */
  readonly position: number;
  readonly row: ChunkLine;
}

/**
 * Reads a chunk and decides its lines, outside of any transaction, while the database still writes the chunk before. What
 * the decisions rest on is guarded when they are written: a remittance that is not as it was read fails the transaction.
 */
export async function readyChunk(base: Base, { accountId }: BankImport, chunk: BankChunk): Promise<ReadyChunk> {
  const duplicates = readDuplicates(chunk.duplicates);
  const ids = new Set<string>();
  const lines: PlacedLine[] = [];
  readRows(chunk.lines).forEach((row, position) => {
    if (duplicates.has(position)) return;
    const { day, amountFen, counterparty, counterpartyAccount, memo } = row;
    const lineId = lineIdOf(accountId, row);
    lines.push({ lineId, day, amountFen, counterparty, counterpartyAccount, memo, position, row });
    for (const reference of findReferences(memo)) ids.add(reference);
  });
  const found = ids.size === 0 ? [] : await readReceiving(base, [...ids]);
  const remittances = new Map(found.map((remittance) => [remittance._id, remittance]));
  const { _id: chunkId, seq, firstDay, lastDay } = chunk;
  return { chunkId, seq, firstDay, lastDay, lines, decisions: decide(lines, remittances), remittances };
}

/** One chunk into the books, in the caller's transaction: lines, remittances, ledger, and the posting that says so. */
export async function postChunk(base: Base, one: BankImport, chunk: ReadyChunk, session: Session): Promise<void> {
  const { decisions, remittances, lines } = chunk;
  const by = one.postedBy ?? one.by;
  const sourceKey = `statement:${chunk.chunkId}`;
  const outcome = outcomeOf(one, chunk, { by, ledgerId: ledgerId(sourceKey) });
  await receiveRemittances(base, receivedOf(chunk), session);
  await insertLines(base, outcome.documents, session);
  await insertPosting(
    base,
    {
      ...{ _id: chunk.chunkId, accountId: one.accountId, importId: one._id, seq: chunk.seq },
      ...{ firstDay: chunk.firstDay, lastDay: chunk.lastDay, newCount: lines.length },
      ...{ matchedCount: outcome.matches.length, matchedFen: outcome.matchedFen },
      ...{ creditFen: outcome.creditFen, debitFen: outcome.debitFen },
      prints: lines.map((line) => line.row.print).join(''),
      matches: JSON.stringify(outcome.matches),
      ledgerId: ledgerId(sourceKey),
      ...{ by, at: new Date(base.clock()) },
    },
    session,
  );
  const postings = postingsOf(one.accountId, { outcome, decisions, lines, remittances });
  if (postings.length === 0) return;
  // Last of all: every writer of the books meets at their head, and holds it from here to the commit.
  const refs = { importId: one._id, accountId: one.accountId };
  await postLedger(base, [{ sourceKey, kind: 'statement', day: chunk.lastDay, postings, refs, by }], session);
}

/**
 * What is certain, and what an ignore rule names. Suggestions for the rest are made once, behind the last chunk, over all
 * that is unexplained (`refreshMatching`).
 */
function decide(lines: readonly LineFacts[], remittances: ReadonlyMap<string, ReceivingRemittance>): LineDecision[] {
  const named = new Map([...remittances].map(([id, remittance]) => [id, remittanceFacts(remittance)]));
  return decideLines(lines, { remittancesByReference: named, openRemittances: [], rules: IGNORE_RULES });
}

interface Outcome {
  readonly documents: readonly BankLine[];
  readonly matches: readonly ExactMatch[];
  readonly matchedFen: number;
  readonly creditFen: number;
  readonly debitFen: number;
}

function outcomeOf(one: BankImport, chunk: ReadyChunk, entry: { by: string; ledgerId: string }): Outcome {
  const documents: BankLine[] = [];
  const matches: ExactMatch[] = [];
  const sums = { matchedFen: 0, creditFen: 0, debitFen: 0 };
  chunk.lines.forEach((line, index) => {
    const decision = chunk.decisions[index];
    if (!decision) throw new Error('a line was left undecided');
    sums[line.amountFen > 0 ? 'creditFen' : 'debitFen'] += Math.abs(line.amountFen);
    if (decision.state === 'MATCHED') {
      sums.matchedFen += line.amountFen;
      matches.push([
        line.position,
        ...decision.parts.map((part) => [part.remittanceId ?? '', part.amountFen] as const),
      ]);
      return;
    }
    const document = {
      ...bankLineOf(line.row, { accountId: one.accountId, importId: one._id }),
      ...lineOutcome(decision),
    };
    const ignored =
      decision.state === 'IGNORED' ? { ...entry, category: decision.category, reason: decision.rule } : null;
    documents.push({ ...document, ignored });
  });
  return { documents, matches, ...sums };
}

/** A certain match takes all that its remittances wait for, so each stands here once. */
function receivedOf({
  lines,
  lastDay,
  decisions,
  remittances,
}: ReadyChunk): { remittance: ReceivingRemittance; amountFen: number; day: string }[] {
  return decisions.flatMap((decision, index) =>
    decision.state !== 'MATCHED'
      ? []
      : decision.parts.map(({ remittanceId, amountFen }) => {
          const remittance = remittances.get(remittanceId ?? '');
          if (!remittance) throw new Error(`remittance ${String(remittanceId)} was matched and never read`);
          return { remittance, amountFen, day: lines[index]?.day ?? lastDay };
        }),
  );
}

/** What the chunk moves: the bank against what is not explained, then what is explained at once out of it. */
function postingsOf(
  accountId: string,
  moved: {
    outcome: Outcome;
    decisions: readonly LineDecision[];
    lines: readonly PlacedLine[];
    remittances: ReadonlyMap<string, ReceivingRemittance>;
  },
): Posting[] {
  const byAgreement = new Map<string, number>();
  const aside: Posting[] = [];
  moved.decisions.forEach((decision, index) => {
    if (decision.state === 'IGNORED') {
      aside.push(...ignorePostings(accountId, decision.category, moved.lines[index]?.amountFen ?? 0));
    }
    if (decision.state !== 'MATCHED') return;
    for (const { remittanceId, amountFen } of decision.parts) {
      const agreementId = moved.remittances.get(remittanceId ?? '')?.agreementId ?? '';
      byAgreement.set(agreementId, (byAgreement.get(agreementId) ?? 0) + amountFen);
    }
  });
  const netFen = moved.outcome.creditFen - moved.outcome.debitFen;
  const matched = [...byAgreement].map(([agreementId, amountFen]) => ({ agreementId, amountFen }));
  const sums = new Map<string, number>();
  for (const { account, amountFen } of [
    { account: `bank/${accountId}`, amountFen: netFen },
    { account: `unallocated/${accountId}`, amountFen: -netFen },
    ...allocationPostings(accountId, matched),
    ...aside,
  ]) {
    sums.set(account, (sums.get(account) ?? 0) + amountFen);
  }
  return [...sums].flatMap(([account, amountFen]) => (amountFen === 0 ? [] : [{ account, amountFen }]));
}
