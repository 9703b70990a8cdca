import { shanghaiMonth } from '../../kernel/shanghai.js';
import type { CompletionEntry, PurchaseEntry, RefundEntry } from '../journal/index.js';
import type { FundMonth, MatchRecord, MatchState } from './charity.store.js';

export type FundChange = {
  -readonly [K in keyof Omit<FundMonth, '_id' | 'month' | 'agreementId' | 'countyCode'>]: number;
};

const NO_CHANGE: FundChange = {
  pendingCount: 0,
  pendingFen: 0,
  accruedCount: 0,
  accruedFen: 0,
  voidCount: 0,
  voidFen: 0,
};

/** The matches that a settled purchase makes, each PENDING. `block`: the one that seals it, 0 while none does. */
export function matchesOf(entry: PurchaseEntry, block: number): MatchRecord[] {
  return entry.matches.map((match, index) => {
    // A match per order has no line of its own: it counts for the county of the first line it covers.
    const lineId = match.lineId ?? match.lineIds?.[0] ?? entry.lines[0]?.lineId;
    const line = entry.lines.find((one) => one.lineId === lineId);
    return {
      _id: `${entry._id}.${index}`,
      entryId: entry._id,
      memberId: entry.memberId,
      orderId: entry.orderId,
      agreementId: match.agreementId,
      unit: match.unit,
      lineId: match.lineId,
      productId: match.lineId === null ? null : (line?.productId ?? null),
      countyCode: line?.countyCode ?? '',
      unitCount: match.unitCount,
      amountFen: match.amountFen,
      undoneFen: 0,
      state: 'PENDING',
      at: entry.at,
      month: shanghaiMonth(entry.at.getTime()),
      accruedAt: null,
      accruedMonth: null,
      voidAt: null,
      changedBlock: block,
    };
  });
}

/** A match after a refund's entry: what is undone of it, and VOID when nothing is left. Itself where it is not meant. */
export function afterRefund(match: MatchRecord, entry: RefundEntry, block: number): MatchRecord {
  const undoneFen = entry.matches
    .filter((one) => one.agreementId === match.agreementId && one.lineId === match.lineId)
    .reduce((sum, one) => sum + one.amountFen, match.undoneFen);
  if (undoneFen === match.undoneFen) return match;
  if (undoneFen > match.amountFen) throw new Error(`match ${match._id} would be undone by more than it is`);
  return undoneFen === match.amountFen
    ? { ...match, undoneFen, state: 'VOID', voidAt: entry.at, changedBlock: block }
    : { ...match, undoneFen, changedBlock: block };
}

/** A match after its order's return window: the sponsor owes it. */
export function afterCompletion(match: MatchRecord, entry: CompletionEntry, block: number): MatchRecord {
  if (match.state !== 'PENDING') return match;
  const accruedMonth = shanghaiMonth(entry.at.getTime());
  return { ...match, state: 'ACCRUED', accruedAt: entry.at, accruedMonth, changedBlock: block };
}

/** What the change of one match adds to its month's sums. `before` is null for a new match. */
export function fundChange(before: MatchRecord | null, after: MatchRecord): FundChange {
  const change = { ...NO_CHANGE };
  for (const [match, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    if (!match) continue;
    const leftFen = match.amountFen - match.undoneFen;
    change.voidFen += sign * match.undoneFen;
    if (match.state === 'VOID') change.voidCount += sign;
    else if (match.state === 'PENDING') {
      change.pendingCount += sign;
      change.pendingFen += sign * leftFen;
    } else {
      change.accruedCount += sign;
      change.accruedFen += sign * leftFen;
    }
  }
  return change;
}

export function fundMonthId(match: Pick<MatchRecord, 'month' | 'agreementId' | 'countyCode'>): string {
  return `${match.month}|${match.agreementId}|${match.countyCode}`;
}

const STATE_TEXTS: Readonly<Record<MatchState, string>> = {
  PENDING: '待确认',
  ACCRUED: '已生效',
  BATCHED: '已列入批次',
  REMITTED: '已汇入基金',
  RECEIPTED: '已开票据',
  DISCLOSED: '已公示',
  VOID: '已撤销（退货）',
};

export function matchStateText(state: MatchState): string {
  return STATE_TEXTS[state];
}

const WAY: readonly { state: MatchState; text: string }[] = [
  { state: 'PENDING', text: '已付款' },
  { state: 'ACCRUED', text: '签收，过退货期' },
  { state: 'BATCHED', text: '列入当月批次' },
  { state: 'REMITTED', text: '汇入基金' },
  { state: 'RECEIPTED', text: '开具票据' },
  { state: 'DISCLOSED', text: '用途公示' },
];

export interface MatchStep {
  readonly state: MatchState;
  readonly text: string;
  readonly at: Date | null;
  readonly done: boolean;
}

/** When a match reached the states that a batch and its remittance give it. */
export interface BatchedWay {
  readonly state: MatchState;
  readonly batchedAt: Date | null;
  readonly remittedAt: Date | null;
  readonly receiptedAt: Date | null;
  readonly disclosedAt: Date | null;
}

/** The state of a match as people see it: a batch that has taken it leads it on, even if it was given back after. */
export function shownState(match: Pick<MatchRecord, 'state'>, way: Pick<BatchedWay, 'state'> | null): MatchState {
  return way?.state ?? match.state;
}

/** The way of a yuan as steps; a void one ends where the goods came back. */
export function matchSteps(match: MatchRecord, way: BatchedWay | null): MatchStep[] {
  const state = shownState(match, way);
  const instants: Partial<Record<MatchState, Date | null>> = {
    PENDING: match.at,
    ACCRUED: match.accruedAt,
    BATCHED: way?.batchedAt ?? null,
    REMITTED: way?.remittedAt ?? null,
    RECEIPTED: way?.receiptedAt ?? null,
    DISCLOSED: way?.disclosedAt ?? null,
  };
  const reached = state === 'VOID' ? 0 : WAY.findIndex((step) => step.state === state);
  const steps = WAY.map((step, index): MatchStep => ({
    ...step,
    at: instants[step.state] ?? null,
    done: index <= reached,
  }));
  if (state !== 'VOID') return steps;
  return [
    ...steps.filter((step) => step.done),
    { state: 'VOID', text: STATE_TEXTS.VOID, at: match.voidAt, done: true },
  ];
}
