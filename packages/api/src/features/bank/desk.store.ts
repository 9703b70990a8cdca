import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import {
  type BankAccount,
  type BankLine,
  LINE_STATES,
  type LineState,
  bankAccountStore,
  bankLineStore,
} from './bank.store.js';
import { type LineSearch, searchFor } from './line-search.store.js';

/** An export reads more at once than a page that is shown. */
const MAX_PAGE = 1_000;
const UNRESOLVED = { $in: ['OPEN', 'SUGGESTED'] satisfies LineState[] };

export async function findLines(base: Base, lineIds: readonly string[], session?: Session): Promise<BankLine[]> {
  return bankLineStore
    .collection(base)
    .find({ _id: { $in: [...lineIds] } }, session ? { session } : {})
    .sort({ day: 1, _id: 1 })
    .toArray();
}

/** Where a walk over all lines that nothing explains yet has come: they are read payer by payer. */
export interface PayerPosition {
  readonly payer: string;
  readonly lineId: string;
}

/** The next lines that nothing explains yet, by payer, or those of one statement in no such order. */
export async function findUnresolved(
  base: Base,
  asked: { after: PayerPosition | null; importId?: string; first: number },
  session: Session,
): Promise<BankLine[]> {
  const { after, importId, first } = asked;
  const lines = bankLineStore.collection(base);
  if (importId !== undefined) {
    const behind = after ? { _id: { $gt: after.lineId } } : {};
    return lines
      .find({ importId, state: UNRESOLVED, ...behind }, { session })
      .sort({ importId: 1, _id: 1 })
      .limit(first)
      .toArray();
  }
  const behind = after
    ? {
        'keys.payer': { $gte: after.payer },
        $or: [{ 'keys.payer': { $gt: after.payer } }, { _id: { $gt: after.lineId } }],
      }
    : {};
  return lines
    .find({ ...behind, state: UNRESOLVED } as object, { session, hint: { 'keys.payer': 1, _id: 1 } })
    .sort({ 'keys.payer': 1, _id: 1 })
    .limit(first)
    .toArray();
}

/** Lines that nothing explains yet and whose decision leans on one of these, or that came from one of these payers. */
export async function findNear(
  base: Base,
  asked: { near: readonly string[]; payers: readonly string[]; first: number },
  session: Session,
): Promise<BankLine[]> {
  const { near, payers, first } = asked;
  const either = [
    ...(near.length > 0 ? [{ 'keys.near': { $in: [...near] } }] : []),
    ...(payers.length > 0 ? [{ 'keys.payer': { $in: [...payers] } }] : []),
  ];
  if (either.length === 0) return [];
  // Each way by its own index: the state alone would be a choice for the planner, and a bad one.
  const hint = payers.length === 0 ? { 'keys.near': 1 } : { 'keys.payer': 1, _id: 1 };
  return bankLineStore
    .collection(base)
    .find({ $or: either, state: UNRESOLVED } as object, either.length > 1 ? { session } : { session, hint })
    .limit(first)
    .toArray();
}

export interface LineFilter {
  readonly accountId?: string;
  readonly states?: readonly LineState[];
  readonly fromDay?: string;
  readonly toDay?: string;
  /** Stands in counterparty, memo or reference, or is the amount. */
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
  const { filter, after, first } = asked;
  const search = filter.text ? await searchFor(base, filter.text) : null;
  return bankLineStore
    .collection(base)
    .find({ $and: [queryOf(filter), search?.query ?? {}, after ? behind(after) : {}] }, hintOf(search))
    .sort({ day: 1, lineNo: 1, _id: 1 })
    .limit(Math.min(first, MAX_PAGE) + 1)
    .toArray();
}

/** The bound by day alone is what an index can use; the rest is for the lines of that day. */
function behind({ day, lineNo, lineId }: LinePosition): object {
  return {
    day: { $gte: day },
    $or: [{ day: { $gt: day } }, { lineNo: { $gt: lineNo } }, { lineNo, _id: { $gt: lineId } }],
  };
}

export interface StateTotal {
  readonly state: LineState;
  readonly count: number;
  readonly inFen: number;
  readonly outFen: number;
}

/** A search that finds more is too wide to be counted; its totals are of so many. */
export const MOST_COUNTED = 1_000;

/** How many lines of a search stand in each state, and their money; of the first `MOST_COUNTED` that are found. */
export async function sumFound(base: Base, filter: LineFilter & { readonly text: string }): Promise<StateTotal[]> {
  const sumOf = (condition: object): object => ({ $sum: { $cond: [condition, '$amountFen', 0] } });
  const search = await searchFor(base, filter.text);
  const sums = await bankLineStore
    .collection(base)
    .aggregate<Omit<StateTotal, 'state'> & { _id: LineState }>(
      [
        { $match: { $and: [queryOf(filter), search.query] } },
        { $limit: MOST_COUNTED },
        {
          $group: {
            _id: '$state',
            count: { $sum: 1 },
            inFen: sumOf({ $gt: ['$amountFen', 0] }),
            outFen: sumOf({ $lt: ['$amountFen', 0] }),
          },
        },
      ],
      hintOf(search),
    )
    .toArray();
  return sums.map(({ _id, ...sum }) => ({ state: _id, ...sum }));
}

/** What is suggested for each of these remittances and waits for a person. */
export async function findSuggestedFor(base: Base, remittanceIds: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  if (remittanceIds.length === 0) return found;
  const asked = new Set(remittanceIds);
  const lines = bankLineStore
    .collection(base)
    .find({ 'keys.near': { $in: [...remittanceIds] }, state: 'SUGGESTED' }, { hint: { 'keys.near': 1 } })
    .project<Pick<BankLine, '_id' | 'suggestion'>>({ suggestion: 1 });
  for await (const { _id, suggestion } of lines) {
    for (const { lineId, remittanceId, amountFen } of suggestion?.parts ?? []) {
      if (lineId !== _id || remittanceId === null || !asked.has(remittanceId)) continue;
      found.set(remittanceId, (found.get(remittanceId) ?? 0) + amountFen);
    }
  }
  return found;
}

export async function findAccounts(base: Base): Promise<BankAccount[]> {
  return bankAccountStore.collection(base).find().sort({ _id: 1 }).limit(MAX_PAGE).toArray();
}

function hintOf(search: LineSearch | null): { hint?: Record<string, 1> } {
  return search?.hint ? { hint: { ...search.hint } } : {};
}

/** Names all states where any will do, so that an index by state gives the page in its order, state by state. */
function queryOf({ accountId, states, fromDay, toDay }: LineFilter): object {
  return {
    state: { $in: [...(states ?? LINE_STATES)] },
    ...(accountId === undefined ? {} : { accountId }),
    ...(fromDay === undefined && toDay === undefined
      ? {}
      : { day: { ...(fromDay ? { $gte: fromDay } : {}), ...(toDay ? { $lte: toDay } : {}) } }),
  };
}
