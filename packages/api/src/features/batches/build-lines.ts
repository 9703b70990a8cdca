import type { Base } from '../../kernel/context.js';
import { type Session, atOneInstant, inTransaction } from '../../kernel/transaction.js';
import type { MatchRecord } from '../charity/index.js';
import { type BatchLine, insertLines, readLinesOfMatches } from './batch-lines.store.js';
import { type Names, readCandidates, readCutBlock, readEntryHashes, readNames } from './batch-sources.store.js';
import {
  type BatchTally,
  batchContentHash,
  createTally,
  draftRemittance,
  lineOf,
  remittanceIdOf,
  totalFen,
} from './batches.rules.js';
import { type Batch, changeBatch, readBatches } from './batches.store.js';
import { type Remittance, readCarried } from './remittances.store.js';

/** Another attempt has taken the batch: whatever this one would write belongs nowhere. */
export const LOST_BUILD = Symbol('lost build');

type Totals = Pick<
  Batch,
  'lineCount' | 'amountFen' | 'pageRoots' | 'root' | 'agreements' | 'counties' | 'products' | 'sums'
>;

export interface Built {
  readonly batch: Totals & Pick<Batch, 'cutBlock' | 'contentHash'>;
  readonly remittances: readonly Remittance[];
}

/**
 * Writes the lines of a batch that is being built, a thousand in a transaction, all from one instant of the database: a
 * refund settled meanwhile is the next batch's business.
 */
export async function buildLines(
  base: Base,
  batch: Batch,
  last: Pick<Batch, 'month' | 'cutBlock'> | null,
): Promise<Built | typeof LOST_BUILD> {
  const tally = createTally();
  const remittanceIds = new Map<string, string>();
  const approvedIds = (await readBatches(base, { states: ['APPROVED'] })).map((one) => one._id);
  const cutBlock = await atOneInstant(base, async (snapshot) => {
    const cut = await readCutBlock(base, snapshot);
    let seq = 0;
    for await (const matches of readCandidates(base, { month: batch.month, last }, snapshot)) {
      const lines = await linesOf(base, { batch, approvedIds, matches, remittanceIds, afterSeq: seq }, snapshot);
      seq += lines.length;
      if (lines.length > 0 && !(await writeLines(base, batch, lines))) return LOST_BUILD;
      for (const line of lines) tally.add(line);
    }
    return cut;
  });
  if (cutBlock === LOST_BUILD) return LOST_BUILD;
  const names = await readNames(base);
  const totals = totalsOf(tally, names);
  const remittances = await draftRemittances(base, { batch, totals, remittanceIds, names });
  const contentHash = batchContentHash({ ...batch, ...totals, cutBlock }, remittances);
  return { batch: { ...totals, cutBlock, contentHash }, remittances };
}

async function linesOf(
  base: Base,
  input: {
    batch: Batch;
    approvedIds: readonly string[];
    matches: readonly MatchRecord[];
    remittanceIds: Map<string, string>;
    afterSeq: number;
  },
  snapshot: Session,
): Promise<BatchLine[]> {
  const { batch, approvedIds, matches, remittanceIds, afterSeq } = input;
  const matchIds = matches.map((match) => match._id);
  const earlier = await readLinesOfMatches(base, { matchIds, batchIds: approvedIds }, snapshot);
  const entryIds = matches.map((match) => match.entryId);
  const hashes = await readEntryHashes(base, entryIds, snapshot);
  const earlierOf = new Map<string, BatchLine[]>();
  for (const line of earlier) earlierOf.set(line.matchId, [...(earlierOf.get(line.matchId) ?? []), line]);
  const lines: BatchLine[] = [];
  for (const match of matches) {
    const entryHash = hashes.get(match.entryId);
    if (entryHash === undefined) throw new Error(`match ${match._id} comes from no entry of the journal`);
    const known = remittanceIds.get(match.agreementId);
    const remittanceId = known ?? remittanceIdOf(batch._id, remittanceIds.size + 1);
    const seq = afterSeq + lines.length + 1;
    const line = lineOf(match, earlierOf.get(match._id) ?? [], { batchId: batch._id, seq, remittanceId, entryHash });
    if (!line) continue;
    if (known === undefined) remittanceIds.set(match.agreementId, remittanceId);
    lines.push(line);
  }
  return lines;
}

/**
 * False when the batch is no longer this attempt's. Touching it makes two builders conflict, and says that this one is
 * alive: a million lines take longer than a build may stand still.
 */
async function writeLines(base: Base, batch: Batch, lines: readonly BatchLine[]): Promise<boolean> {
  return inTransaction(base, async (session) => {
    const { _id, attempt } = batch;
    const moved = { lineCount: lines.at(-1)?.seq ?? 0, madeAt: new Date(base.clock()) };
    if (!(await changeBatch(base, { _id, attempt, state: 'BUILDING' }, moved, session))) return false;
    await insertLines(base, lines, session);
    return true;
  });
}

function totalsOf(tally: BatchTally, names: Names): Totals {
  return tally.result({
    agreement: (id) => names.agreements.get(id)?.number ?? id,
    county: (code) => names.counties.get(code) ?? code,
    product: (id) => (id === '' ? '整笔订单' : (names.products.get(id) ?? id)),
  });
}

async function draftRemittances(
  base: Base,
  input: { batch: Batch; totals: Totals; remittanceIds: ReadonlyMap<string, string>; names: Names },
): Promise<Remittance[]> {
  const { batch, totals, remittanceIds, names } = input;
  const carried = await readCarried(base, [...remittanceIds.keys()]);
  return totals.agreements.map((total) => {
    const agreement = names.agreements.get(total.key);
    if (!agreement) throw new Error(`batch ${batch._id} has lines of the agreement ${total.key}, which does not exist`);
    return draftRemittance({
      _id: remittanceIds.get(total.key) ?? '',
      batchId: batch._id,
      agreementId: total.key,
      agreementNumber: agreement.number,
      sponsorName: agreement.sponsorName,
      sponsorId: agreement.sponsorUscc,
      linesFen: totalFen(total),
      carriedInFen: carried.get(total.key) ?? 0,
    });
  });
}
