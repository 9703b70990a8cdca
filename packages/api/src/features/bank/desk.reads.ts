import type { Base } from '../../kernel/context.js';
import { type Batch, readBatches, readRemittances, type Remittance } from '../batches/index.js';
import { readLedgerBalances } from '../ledger/index.js';
import { accountTitle, standingOf } from './balance-chain.rules.js';
import type { BankLine, LineState } from './bank.store.js';
import { sumTotals } from './bank-totals.store.js';
import {
  findAccounts,
  findLinePage,
  findLines,
  findSuggestedFor,
  type LineFilter,
  type LinePosition,
  type StateTotal,
  sumFound,
} from './desk.store.js';
import { findPostedLine } from './lines.store.js';
import { byDay, findPostedPage } from './posted-lines.store.js';
import { type OpenSpend, spendPort } from './spend-port.js';

/** The figures above the desk: a month's batch, and what the bank says of it. */
export interface DeskFigures {
  /** `2026-10`; null before the first batch. */
  readonly month: string | null;
  /** Months that have a batch, the newest first. */
  readonly months: readonly string[];
  readonly dueFen: number;
  readonly dueCount: number;
  /** Matches refunded after an earlier batch, taken off this one. */
  readonly adjustmentCount: number;
  readonly remittanceCount: number;
  /** What has come for the month's remittances. */
  readonly matchedFen: number;
  readonly matchedCount: number;
  /** What has come or is suggested for them, and for how many of them. */
  readonly seenFen: number;
  readonly seenCount: number;
  /** What is suggested and waits for a person, of all months: money that came, and that went. */
  readonly suggestedFen: number;
  readonly suggestedOutFen: number;
  readonly suggestedCount: number;
  /** Lines that nobody can explain yet: money that came, and that went. */
  readonly openInFen: number;
  readonly openOutFen: number;
  readonly openCount: number;
  /** What the books call unallocated less what these lines say: zero, or something is lost. */
  readonly unknownFen: number;
}

export async function readDeskFigures(base: Base, month: string | null): Promise<DeskFigures> {
  const batches = (await readBatches(base)).filter(({ state }) => state === 'APPROVED');
  const batch = batches.find((one) => one.month === month) ?? (month === null ? batches[0] : undefined);
  const remittances = batch ? await readRemittances(base, { batchId: batch._id }) : [];
  const accounts = await findAccounts(base);
  const names = accounts.map(({ _id }) => `unallocated/${_id}`);
  const [balances, { OPEN: open, SUGGESTED: suggested }, suggestedFor] = await Promise.all([
    readLedgerBalances(base, names),
    sumTotals(base, {}),
    findSuggestedFor(
      base,
      remittances.map(({ _id }) => _id),
    ),
  ]);
  const unallocatedFen = [...balances.values()].reduce((sum, fen) => sum + fen, 0);
  const waitingFen = open.restInFen + open.restOutFen + suggested.restInFen + suggested.restOutFen;
  return {
    month: batch?.month ?? month,
    months: batches.map((one) => one.month),
    ...dueOf(batch, remittances, suggestedFor),
    suggestedFen: suggested.restInFen,
    suggestedOutFen: suggested.restOutFen,
    suggestedCount: suggested.count,
    openInFen: open.restInFen,
    openOutFen: open.restOutFen,
    openCount: open.count,
    unknownFen: Math.abs(unallocatedFen + waitingFen),
  };
}

function dueOf(
  batch: Batch | undefined,
  remittances: readonly Remittance[],
  suggestedFen: ReadonlyMap<string, number>,
) {
  const asked = remittances.filter(({ amountFen }) => amountFen > 0);
  const sumOf = (of: 'amountFen' | 'receivedFen'): number => asked.reduce((sum, one) => sum + one[of], 0);
  const countOf = (of: 'matchCount' | 'adjustmentCount'): number =>
    (batch?.agreements ?? []).reduce((sum, one) => sum + one[of], 0);
  return {
    dueFen: sumOf('amountFen'),
    dueCount: countOf('matchCount'),
    adjustmentCount: countOf('adjustmentCount'),
    remittanceCount: asked.length,
    seenFen: asked.reduce((sum, one) => sum + (suggestedFen.get(one._id) ?? 0), sumOf('receivedFen')),
    seenCount: asked.filter((one) => one.receivedFen > 0 || suggestedFen.has(one._id)).length,
    matchedFen: sumOf('receivedFen'),
    matchedCount: asked.filter(({ receivedFen }) => receivedFen > 0).length,
  };
}

/**
 * A page of lines, those in documents and those that lie in their chunks together; one more than `first` where there are
 * more.
 */
export async function readDeskLines(
  base: Base,
  asked: { filter: LineFilter; first: number; after: LinePosition | null },
): Promise<BankLine[]> {
  const { filter, first, after } = asked;
  const documents = await findLinePage(base, asked);
  if (filter.states && !filter.states.includes('MATCHED')) return documents;
  const posted = await findPostedPage(base, { filter, limit: first + 1, after });
  const { readUpTo } = posted;
  const both = [...documents, ...posted.lines].sort(byDay);
  // Behind what was looked at there may be more that comes first.
  const certain = readUpTo === null ? both : both.filter((line) => line.day < readUpTo.day);
  return certain.slice(0, first + 1);
}

export async function readDeskLine(base: Base, lineId: string): Promise<BankLine | null> {
  return (await findLines(base, [lineId]))[0] ?? (await findPostedLine(base, lineId));
}

const STATE_ORDER: readonly LineState[] = ['SUGGESTED', 'OPEN', 'MATCHED', 'IGNORED'];

/**
 * Lines by state. With words to go by, those that lie in their chunks are not counted, as it would read all of them, and the
 * others only up to `MOST_COUNTED`.
 */
export async function readDeskTotals(base: Base, filter: LineFilter): Promise<StateTotal[]> {
  const { text } = filter;
  if (text === undefined) {
    const sums = await sumTotals(base, filter);
    return STATE_ORDER.map((state) => {
      const { count, inFen, outFen } = sums[state];
      return { state, count, inFen, outFen };
    });
  }
  const found = await sumFound(base, { ...filter, text });
  return STATE_ORDER.map(
    (state) => found.find((one) => one.state === state) ?? { state, count: 0, inFen: 0, outFen: 0 },
  );
}

/** What lines can be given to. */
export async function readDeskTargets(
  base: Base,
): Promise<{ remittances: Remittance[]; spends: readonly OpenSpend[] }> {
  const remittances = await readRemittances(base, { states: ['OPEN'] });
  return { remittances, spends: await spendPort(base).readOpenSpends(base) };
}

/** The fund's accounts by id, as the desk and the exported table name them. */
export async function readAccountTitles(base: Base): Promise<ReadonlyMap<string, string>> {
  return new Map((await findAccounts(base)).map((account) => [account._id, accountTitle(account)]));
}

/** Each account's chain of statements in a sentence. */
export async function readBalanceChains(base: Base) {
  return (await findAccounts(base)).map(standingOf);
}
