import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { type BankAccount, type BankLine, type LineState, bankAccountStore, bankLineStore } from './bank.store.js';
import { restFen } from './line-money.rules.js';

/** Lines that wait for a person at the same time; a desk with more has another trouble than its suggestions. */
const MOST_UNRESOLVED = 2_000;
/** An export reads more at once than a page that is shown. */
const MAX_PAGE = 1_000;

export async function findLines(base: Base, lineIds: readonly string[], session?: Session): Promise<BankLine[]> {
  return bankLineStore
    .collection(base)
    .find({ _id: { $in: [...lineIds] } }, session ? { session } : {})
    .sort({ day: 1, _id: 1 })
    .toArray();
}

/** All lines that nothing explains yet, the newest first where there are more than can be looked at together. */
export async function findUnresolved(base: Base, session: Session): Promise<BankLine[]> {
  return bankLineStore
    .collection(base)
    .find({ state: { $in: ['OPEN', 'SUGGESTED'] } }, { session })
    .sort({ day: -1, _id: -1 })
    .limit(MOST_UNRESOLVED)
    .toArray();
}

/** Writes lines as they are after a change; the transaction has read them before. */
export async function writeLines(base: Base, lines: readonly BankLine[], session: Session): Promise<void> {
  if (lines.length === 0) return;
  const writes = lines.map((line) => ({ replaceOne: { filter: { _id: line._id }, replacement: line } }));
  const result = await bankLineStore.collection(base).bulkWrite(writes, { session, ordered: true });
  if (result.matchedCount !== lines.length)
    throw new Error('a bank line was gone within a transaction that had read it');
}

export interface LineFilter {
  readonly accountId?: string;
  readonly states?: readonly LineState[];
  readonly fromDay?: string;
  readonly toDay?: string;
  /** Stands in counterparty, memo or reference. */
  readonly text?: string;
}

/** Where a line stands: by day, and within a day as its file has it. */
export interface LinePosition {
  readonly day: string;
  readonly lineNo: number;
  readonly lineId: string;
}

/** By day, the oldest first: as a statement reads. One more than `first` where there are more. */
export async function findLinePage(
  base: Base,
  asked: { filter: LineFilter; first: number; after: LinePosition | null },
): Promise<BankLine[]> {
  const { after } = asked;
  const position = after ? behind(after) : {};
  return bankLineStore
    .collection(base)
    .find({ $and: [queryOf(asked.filter), position] })
    .sort({ day: 1, lineNo: 1, _id: 1 })
    .limit(Math.min(asked.first, MAX_PAGE) + 1)
    .toArray();
}

function behind({ day, lineNo, lineId }: LinePosition): object {
  return {
    $or: [{ day: { $gt: day } }, { day, lineNo: { $gt: lineNo } }, { day, lineNo, _id: { $gt: lineId } }],
  };
}

export interface StateTotal {
  readonly state: LineState;
  readonly count: number;
  readonly inFen: number;
  readonly outFen: number;
}

/** How many lines of the filter stand in each state, and their money. */
export async function sumLines(base: Base, filter: LineFilter): Promise<StateTotal[]> {
  const sumOf = (condition: object): object => ({ $sum: { $cond: [condition, '$amountFen', 0] } });
  const sums = await bankLineStore
    .collection(base)
    .aggregate<Omit<StateTotal, 'state'> & { _id: LineState }>([
      { $match: queryOf(filter) },
      {
        $group: {
          _id: '$state',
          count: { $sum: 1 },
          inFen: sumOf({ $gt: ['$amountFen', 0] }),
          outFen: sumOf({ $lt: ['$amountFen', 0] }),
        },
      },
    ])
    .toArray();
  return sums.map(({ _id, ...sum }) => ({ state: _id, ...sum }));
}

export interface Waiting {
  readonly count: number;
  readonly inFen: number;
  readonly outFen: number;
}

export interface WaitingTotals {
  readonly open: Waiting;
  readonly suggested: Waiting;
  /** What is suggested for each remittance. */
  readonly byRemittance: ReadonlyMap<string, number>;
}

/** What is left to be explained of the lines that wait, by state: what was given away of a line no longer counts. */
export async function findUnresolvedTotals(base: Base): Promise<WaitingTotals> {
  const byRemittance = new Map<string, number>();
  const sums = { OPEN: { count: 0, inFen: 0, outFen: 0 }, SUGGESTED: { count: 0, inFen: 0, outFen: 0 } };
  const lines = bankLineStore
    .collection(base)
    .find({ state: { $in: ['OPEN', 'SUGGESTED'] } })
    .project<Pick<BankLine, '_id' | 'state' | 'amountFen' | 'allocations' | 'ignored' | 'suggestion'>>({
      ...{ state: 1, amountFen: 1, allocations: 1, ignored: 1, suggestion: 1 },
    });
  for await (const line of lines) {
    const sum = line.state === 'OPEN' ? sums.OPEN : sums.SUGGESTED;
    const left = restFen(line);
    sum.count += 1;
    if (left > 0) sum.inFen += left;
    else sum.outFen += left;
    for (const { lineId, remittanceId, amountFen } of line.suggestion?.parts ?? []) {
      if (lineId !== line._id || remittanceId === null) continue;
      byRemittance.set(remittanceId, (byRemittance.get(remittanceId) ?? 0) + amountFen);
    }
  }
  return { open: sums.OPEN, suggested: sums.SUGGESTED, byRemittance };
}

export async function findAccounts(base: Base): Promise<BankAccount[]> {
  return bankAccountStore.collection(base).find().sort({ _id: 1 }).limit(MAX_PAGE).toArray();
}

function queryOf({ accountId, states, fromDay, toDay, text }: LineFilter): object {
  const word = text ? { $regex: text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' } : null;
  return {
    ...(accountId === undefined ? {} : { accountId }),
    ...(states ? { state: { $in: [...states] } } : {}),
    ...(fromDay === undefined && toDay === undefined
      ? {}
      : { day: { ...(fromDay ? { $gte: fromDay } : {}), ...(toDay ? { $lte: toDay } : {}) } }),
    ...(word ? { $or: [{ counterparty: word }, { memo: word }, { references: word }] } : {}),
  };
}
