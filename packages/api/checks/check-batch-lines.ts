import { sealedText } from '../src/kernel/canonical.js';
import { merkleRoot } from '../src/kernel/merkle.js';
import {
  type Batch,
  type BatchLine,
  batchLineStore,
  dueFen,
  lineHash,
  PAGE_LINES,
} from '../src/features/batches/index.js';
import { type MatchRecord, matchStore } from '../src/features/charity/index.js';
import { type Findings, isSameInstant } from './check.js';
import type { BatchFacts } from './facts.js';
import type { Snapshot } from './snapshot.js';

export interface LineChecks {
  /** The next lines in their order, of one page; null where they belong to no batch that was made. */
  page(lines: readonly BatchLine[], batch: Batch | null): Promise<void>;
}

/** Each line against its place, its match and its journal entry; each page against the root that was frozen. */
export function createLineChecks(
  snapshot: Snapshot,
  input: { findings: Findings; facts: BatchFacts; entryHashes: ReadonlyMap<string, string> },
): LineChecks {
  const { findings, facts } = input;
  let last = { batchId: '', seq: 0 };
  return {
    async page(lines, batch) {
      const matches = await readMatchesOf(snapshot, lines);
      const earlier = await readEarlier(snapshot, lines);
      let isNamed = false;
      for (const line of lines) {
        const seq = line.batchId === last.batchId ? last.seq + 1 : 1;
        const match = matches.get(line.matchId);
        const place = { seq, batch, match, facts, entryHash: input.entryHashes.get(match?.entryId ?? '') };
        const problem = placeProblem(line, place) ?? amountProblem(line, { ...place, earlier });
        isNamed ||= problem !== null;
        findings.expect(problem === null, { invariant: 'I13', subject: `line ${line._id}`, message: problem ?? '' });
        last = { batchId: line.batchId, seq };
      }
      if (batch) checkPage(findings, { lines, batch, isNamed });
    },
  };
}

function checkPage(
  findings: Findings,
  { lines, batch, isNamed }: { lines: readonly BatchLine[]; batch: Batch; isNamed: boolean },
): void {
  const [first, final] = [lines[0]?.seq ?? 0, lines.at(-1)?.seq ?? 0];
  const page = Math.floor((first - 1) / PAGE_LINES);
  const root = sealedText(() => merkleRoot(lines.map(lineHash)));
  findings.expect(root === batch.pageRoots[page], {
    invariant: 'I13',
    subject: `batch ${batch._id}, lines ${first} to ${final}`,
    message: isNamed ? 'are not those that were frozen' : 'are not those that were frozen: one of them was changed',
  });
}

interface Place {
  readonly seq: number;
  readonly batch: Batch | null;
  readonly match: MatchRecord | undefined;
  readonly facts: BatchFacts;
  readonly entryHash: string | undefined;
}

function placeProblem(line: BatchLine, { seq, batch, match, facts, entryHash }: Place): string | null {
  if (!facts.batches.has(line.batchId)) return `belongs to no batch ${line.batchId}`;
  if (line.seq !== seq) return `number ${line.seq} stands where number ${seq} should`;
  if (line._id !== `${line.batchId}.${String(line.seq).padStart(7, '0')}`) return 'does not have the id of its place';
  if (!match) return `is of no match ${line.matchId}`;
  if (line.entryHash !== entryHash) return 'does not name the hash of its journal entry';
  const remittance = facts.remittances.get(line.remittanceId);
  const isOfIt = remittance?.batchId === line.batchId && remittance.agreementId === line.agreementId;
  if (batch && !isOfIt) return `does not belong to the remittance ${line.remittanceId}`;
  const { agreementId, countyCode, productId, saleMonth, at } = line;
  if (agreementId !== match.agreementId || countyCode !== match.countyCode || productId !== match.productId) {
    return 'is not what its match says: agreement, county or product';
  }
  if (saleMonth !== match.month || !isSameInstant(at, match.at)) return 'is not of the time of its match';
  return (line.kind === 'match') === (line.correctsId === null) ? null : `is ${line.kind} and says otherwise`;
}

/** Where nothing changed the match since, the line and those before it come to what is due. */
function amountProblem(
  line: BatchLine,
  { batch, match, earlier }: Place & { earlier: ReadonlyMap<string, readonly BatchLine[]> },
): string | null {
  if (line.amountFen === 0) return 'is a line of nothing';
  const before = (earlier.get(line.matchId) ?? []).filter((one) => one.batchId < line.batchId);
  if ((before[0]?._id ?? null) !== line.correctsId) return 'does not correct the first line of its match';
  if (!match || !batch || match.changedBlock > batch.cutBlock) return null;
  const countedFen = before.reduce((sum, one) => sum + one.amountFen, line.amountFen);
  return countedFen === dueFen(match)
    ? null
    : `makes ${countedFen} fen of its match, of which ${dueFen(match)} are due`;
}

async function readMatchesOf(
  snapshot: Snapshot,
  lines: readonly BatchLine[],
): Promise<ReadonlyMap<string, MatchRecord>> {
  const filter = { _id: { $in: lines.map((line) => line.matchId) } };
  const matches = new Map<string, MatchRecord>();
  for await (const match of snapshot.read(matchStore, { filter })) matches.set(match._id, match);
  return matches;
}

/** The lines of approved batches before these, of those that correct one: few are. */
async function readEarlier(
  snapshot: Snapshot,
  lines: readonly BatchLine[],
): Promise<ReadonlyMap<string, readonly BatchLine[]>> {
  const matchIds = lines.map((line) => line.matchId);
  const earlier = new Map<string, BatchLine[]>();
  const found = snapshot.read(batchLineStore, { filter: { matchId: { $in: matchIds } }, sort: { batchId: 1 } });
  for await (const line of found) earlier.set(line.matchId, [...(earlier.get(line.matchId) ?? []), line]);
  return earlier;
}
