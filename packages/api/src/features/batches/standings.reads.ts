import type { Base } from '../../kernel/context.js';
import { MATCH_STATES, type MatchState, readMonthSums } from '../charity/index.js';
import { matchStateOf } from './match-places.reads.js';
import { readRemittances } from './remittances.store.js';
import { readTakenSums } from './standings.store.js';

export interface StateStanding {
  readonly state: MatchState;
  readonly count: number;
  readonly amountFen: number;
}

export interface MonthStanding {
  /** Of the sales. */
  readonly month: string;
  readonly states: readonly StateStanding[];
}

/** Where the yuan of each month's sales stand, oldest first: the journal's sums, less what batches took, which stands where its remittance does. */
export async function readStandings(base: Base): Promise<MonthStanding[]> {
  const [months, taken, remittances] = await Promise.all([
    readMonthSums(base),
    readTakenSums(base),
    readRemittances(base, {}),
  ]);
  const stateOf = new Map(remittances.map((one) => [one._id, matchStateOf(one)]));
  return months.map((month) => {
    const sums: StateStanding[] = [
      { state: 'PENDING', count: month.pendingCount, amountFen: month.pendingFen },
      { state: 'ACCRUED', count: month.accruedCount, amountFen: month.accruedFen },
      { state: 'VOID', count: month.voidCount, amountFen: month.voidFen },
    ];
    for (const { remittanceId, count, amountFen } of taken.filter((one) => one.month === month.month)) {
      const state = stateOf.get(remittanceId);
      if (!state) continue;
      sums.push({ state: 'ACCRUED', count: -count, amountFen: -amountFen }, { state, count, amountFen });
    }
    return { month: month.month, states: byState(sums) };
  });
}

/** All months together. */
export function overall(standings: readonly MonthStanding[]): StateStanding[] {
  return byState(standings.flatMap(({ states }) => states));
}

function byState(sums: readonly StateStanding[]): StateStanding[] {
  return MATCH_STATES.map((state) => {
    const of = sums.filter((sum) => sum.state === state);
    return {
      state,
      count: of.reduce((total, sum) => total + sum.count, 0),
      amountFen: of.reduce((total, sum) => total + sum.amountFen, 0),
    };
  });
}
