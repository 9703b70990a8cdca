import type { BankLine } from './bank.store.js';
import { LINE_STATES, type LineState } from './line-states.js';
import { restFen } from './line-money.rules.js';

/** Lines and their money, signed as on the statement: `outFen` and `restOutFen` are zero or negative. */
export interface LineSums {
  readonly count: number;
  readonly inFen: number;
  readonly outFen: number;
  /** What nothing explains yet. */
  readonly restInFen: number;
  readonly restOutFen: number;
}

export type StateSums = Readonly<Record<LineState, LineSums>>;

/** A line, or a kind of lines, that comes to stand in a state (count 1) or leaves it (-1). */
export interface LineMove {
  readonly accountId: string;
  readonly day: string;
  readonly state: LineState;
  readonly sums: LineSums;
}

export const NO_SUMS: LineSums = { count: 0, inFen: 0, outFen: 0, restInFen: 0, restOutFen: 0 };

export function addSums(one: LineSums, other: LineSums): LineSums {
  return {
    count: one.count + other.count,
    inFen: one.inFen + other.inFen,
    outFen: one.outFen + other.outFen,
    restInFen: one.restInFen + other.restInFen,
    restOutFen: one.restOutFen + other.restOutFen,
  };
}

type Summed = Pick<BankLine, 'amountFen' | 'allocations' | 'ignored'>;

/** What a line adds to the sums of its state. */
export function sumsOfLine(line: Summed): LineSums {
  const { amountFen } = line;
  const left = restFen(line);
  return {
    count: 1,
    inFen: Math.max(0, amountFen),
    outFen: Math.min(0, amountFen),
    restInFen: Math.max(0, left),
    restOutFen: Math.min(0, left),
  };
}

export function arrival(line: Summed & Pick<BankLine, 'accountId' | 'day' | 'state'>): LineMove {
  const { accountId, day, state } = line;
  return { accountId, day, state, sums: sumsOfLine(line) };
}

/** A line that its import matched exactly. */
export function matchedMove(line: Pick<BankLine, 'accountId' | 'day' | 'amountFen'>): LineMove {
  const { accountId, day, amountFen } = line;
  const sums = { ...NO_SUMS, count: 1, inFen: Math.max(0, amountFen), outFen: Math.min(0, amountFen) };
  return { accountId, day, state: 'MATCHED', sums };
}

/** The same line leaves again. */
export function departure(line: Parameters<typeof arrival>[0]): LineMove {
  const { sums, ...place } = arrival(line);
  return {
    ...place,
    sums: {
      count: -sums.count,
      inFen: 0 - sums.inFen,
      outFen: 0 - sums.outFen,
      restInFen: 0 - sums.restInFen,
      restOutFen: 0 - sums.restOutFen,
    },
  };
}

/** Moves of each account and day together; days on which nothing changes are left out. */
export function byAccountDay(moves: readonly LineMove[]): { accountId: string; day: string; sums: StateSums }[] {
  const found = new Map<string, { accountId: string; day: string; sums: Record<LineState, LineSums> }>();
  for (const { accountId, day, state, sums } of moves) {
    const key = `${accountId}|${day}`;
    const known = found.get(key) ?? { accountId, day, sums: noStates() };
    known.sums[state] = addSums(known.sums[state], sums);
    found.set(key, known);
  }
  return [...found.values()].filter(({ sums }) =>
    LINE_STATES.some((state) => Object.values(sums[state]).some((figure) => figure !== 0)),
  );
}

export function noStates(): Record<LineState, LineSums> {
  return { OPEN: NO_SUMS, SUGGESTED: NO_SUMS, MATCHED: NO_SUMS, IGNORED: NO_SUMS };
}
