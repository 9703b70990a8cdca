import type { Base } from '../../kernel/context.js';
import {
  type FundMonth,
  MATCH_STATES,
  type MatchPosition,
  type MatchRecord,
  type MatchState,
  readMatches,
  readMatchesByIds,
} from '../charity/index.js';
import { readLinesOfRemittances } from './batch-lines.store.js';
import { dueFen } from './batches.rules.js';
import { readLastApproved, readSaleMonthSums } from './batches.store.js';
import { matchStateOf, readMatchPlaces } from './match-places.reads.js';
import { readRemittances, type RemittanceState } from './remittances.store.js';

export interface FundMatchQuery {
  /** Of the sales, `2026-10`. */
  readonly month: string;
  readonly state: MatchState | null;
  readonly agreementId: string | null;
  readonly first: number;
  readonly after: MatchPosition | null;
}

const REMITTANCE_STATES_OF: Partial<Readonly<Record<MatchState, readonly RemittanceState[]>>> = {
  BATCHED: ['OPEN', 'NONE'],
  REMITTED: ['REMITTED'],
  RECEIPTED: ['RECEIPTED'],
  DISCLOSED: ['DISCLOSED'],
};

/** A month's matches as the fund sees them, newest first, one more than `first` where there are more. */
export async function readFundMatches(base: Base, query: FundMatchQuery): Promise<MatchRecord[]> {
  const { month, state, agreementId, first, after } = query;
  const states = state === null ? undefined : REMITTANCE_STATES_OF[state];
  if (states) return readBatched(base, query, states);
  const of = { month, ...(agreementId === null ? {} : { agreementId }) };
  if (state === null) return readMatches(base, { filter: of, first, after });
  const last = state === 'ACCRUED' ? await readLastApproved(base) : null;
  const found = await readMatches(base, { filter: { ...of, state }, changedSince: last, first, after });
  return state === 'ACCRUED' ? withoutCounted(base, found) : found;
}

/** Of accrued matches those of which a batch has still to take something. */
async function withoutCounted(base: Base, found: readonly MatchRecord[]): Promise<MatchRecord[]> {
  const places = await readMatchPlaces(
    base,
    found.map((match) => match._id),
  );
  return found.filter((match) => {
    const place = places.get(match._id);
    return (place?.countedFen ?? 0) !== dueFen(match);
  });
}

async function readBatched(
  base: Base,
  { month, agreementId, first, after }: FundMatchQuery,
  states: readonly RemittanceState[],
): Promise<MatchRecord[]> {
  const agreementIds = agreementId === null ? {} : { agreementIds: [agreementId] };
  const remittanceIds = (await readRemittances(base, { states, ...agreementIds })).map((one) => one._id);
  const lines = await readLinesOfRemittances(base, { remittanceIds, saleMonth: month, first, after });
  const matchIds = lines.map((line) => line.matchId);
  const found = new Map((await readMatchesByIds(base, matchIds)).map((match) => [match._id, match]));
  return matchIds.flatMap((matchId) => found.get(matchId) ?? []);
}

export interface StateSum {
  readonly state: MatchState;
  readonly agreementId: string;
  readonly count: number;
  readonly amountFen: number;
}

/**
 * A month's sales by state and agreement: what the journal says, less what batches took, which stands where their
 * remittances do. ACCRUED may be negative for a while: a refund came after the batch and the next one takes it back.
 */
export async function readStateSums(base: Base, month: string, sums: readonly FundMonth[]): Promise<StateSum[]> {
  const batched = await readSaleMonthSums(base, month);
  const ids = [...new Set(batched.map((sum) => sum.remittanceId))];
  const remittances = new Map((await readRemittances(base, { ids })).map((one) => [one._id, one]));
  const result: StateSum[] = [];
  for (const { agreementId, ...sum } of sums) {
    result.push(
      { state: 'PENDING', agreementId, count: sum.pendingCount, amountFen: sum.pendingFen },
      { state: 'ACCRUED', agreementId, count: sum.accruedCount, amountFen: sum.accruedFen },
      { state: 'VOID', agreementId, count: sum.voidCount, amountFen: sum.voidFen },
    );
  }
  for (const { remittanceId, agreementId, count, amountFen } of batched) {
    const remittance = remittances.get(remittanceId);
    if (!remittance) continue;
    result.push(
      { state: 'ACCRUED', agreementId, count: -count, amountFen: -amountFen },
      { state: matchStateOf(remittance), agreementId, count, amountFen },
    );
  }
  return result;
}

/** One sum for each state, in the order of the way. */
export function totalsByState(sums: readonly StateSum[]): { state: MatchState; count: number; amountFen: number }[] {
  return MATCH_STATES.map((state) => {
    const of = sums.filter((sum) => sum.state === state);
    const count = of.reduce((total, sum) => total + sum.count, 0);
    // A match that was given back after its batch counts there and among the void ones.
    return { state, count: Math.max(0, count), amountFen: of.reduce((total, sum) => total + sum.amountFen, 0) };
  });
}
