import type { Base } from '../../kernel/context.js';
import type { MatchState } from '../charity/index.js';
import { readLinesOfMatches } from './batch-lines.store.js';
import { type Remittance, type RemittanceState, readRemittances } from './remittances.store.js';

/** Where a match stands once a batch has taken it. */
export interface MatchPlace {
  readonly batchId: string;
  readonly remittanceId: string;
  readonly agreementNumber: string;
  readonly state: MatchState;
  /** What batches took of it so far: what it was, less adjustments. */
  readonly countedFen: number;
  readonly batchedAt: Date | null;
  readonly remittedAt: Date | null;
  readonly receiptedAt: Date | null;
  readonly disclosedAt: Date | null;
}

const STATES: Readonly<Record<RemittanceState, MatchState>> = {
  DRAFT: 'ACCRUED',
  OPEN: 'BATCHED',
  // Refunds of earlier yuan outweighed: nothing was to be remitted, and the yuan stay where the batch put them.
  NONE: 'BATCHED',
  REMITTED: 'REMITTED',
  RECEIPTED: 'RECEIPTED',
  DISCLOSED: 'DISCLOSED',
};

/** The state of a match is that of the remittance it belongs to: a million yuan move on with one write. */
export function matchStateOf(remittance: Pick<Remittance, 'state'>): MatchState {
  return STATES[remittance.state];
}

/** The places of those of these matches that an approved batch has taken. */
export async function readMatchPlaces(base: Base, matchIds: readonly string[]): Promise<Map<string, MatchPlace>> {
  const lines = await readLinesOfMatches(base, { matchIds });
  const ids = [...new Set(lines.map((line) => line.remittanceId))];
  const remittances = new Map((await readRemittances(base, { ids })).map((one) => [one._id, one]));
  const places = new Map<string, MatchPlace>();
  for (const line of lines) {
    const remittance = remittances.get(line.remittanceId);
    if (!remittance) continue;
    const before = places.get(line.matchId);
    places.set(
      line.matchId,
      before
        ? { ...before, countedFen: before.countedFen + line.amountFen }
        : {
            batchId: line.batchId,
            remittanceId: line.remittanceId,
            agreementNumber: remittance.agreementNumber,
            state: matchStateOf(remittance),
            countedFen: line.amountFen,
            batchedAt: remittance.approvedAt,
            remittedAt: remittance.remittedAt,
            receiptedAt: remittance.receiptedAt,
            disclosedAt: remittance.disclosedAt,
          },
    );
  }
  return places;
}
