import { canonicalJson, sealedText } from '../src/kernel/canonical.js';
import { merkleRoot } from '../src/kernel/merkle.js';
import {
  type Batch,
  type BatchLine,
  BATCH_STATES,
  batchContentHash,
  batchLineStore,
  batchSeal,
  batchStore,
  PAGE_LINES,
  type Remittance,
  remittanceStore,
} from '../src/features/batches/index.js';
import { type BatchTally, createTally } from '../src/features/batches/batches.rules.js';
import type { LedgerFacts } from './check-ledger.js';
import { Findings, isSameInstant } from './check.js';
import { createLineChecks } from './check-batch-lines.js';
import type { BatchFacts } from './facts.js';
import type { Snapshot } from './snapshot.js';

/**
 * I13: the lines of a batch are those of which its pages, its root and its sums were made, each line is its match's, the
 * batch is what was approved (its seal, also in the ledger's chain), and remittances, lines and ledger agree to the fen.
 */
export async function checkBatches(
  snapshot: Snapshot,
  input: { entryHashes: ReadonlyMap<string, string>; ledger: LedgerFacts },
): Promise<{ findings: Findings; facts: BatchFacts }> {
  const findings = new Findings();
  const batches = new Map<string, Batch>();
  for await (const batch of snapshot.read(batchStore, { sort: { _id: 1 } })) batches.set(batch._id, batch);
  const remittances = new Map<string, Remittance>();
  for await (const one of snapshot.read(remittanceStore, { sort: { _id: 1 } })) remittances.set(one._id, one);
  const facts = { batches, remittances };
  await checkLines(snapshot, { findings, facts, entryHashes: input.entryHashes });
  for (const batch of batches.values()) {
    const own = [...remittances.values()].filter((one) => one.batchId === batch._id);
    checkBatch(findings, { batch, remittances: own, ledger: input.ledger });
  }
  checkRemittances(findings, { facts, ledger: input.ledger });
  return { findings, facts };
}

interface Counted {
  readonly batch: Batch;
  readonly tally: BatchTally;
}

async function checkLines(
  snapshot: Snapshot,
  input: { findings: Findings; facts: BatchFacts; entryHashes: ReadonlyMap<string, string> },
): Promise<void> {
  const { findings, facts } = input;
  const counted = new Map<string, Counted>();
  for (const batch of facts.batches.values()) {
    if (isMade(batch)) counted.set(batch._id, { batch, tally: createTally() });
  }
  const checks = createLineChecks(snapshot, input);
  for await (const page of pagesOf(snapshot)) {
    const at = counted.get(page[0]?.batchId ?? '');
    if (at) for (const line of page) at.tally.add(line);
    await checks.page(page, at?.batch ?? null);
  }
  for (const { batch, tally } of counted.values()) checkSums(findings, { batch, tally });
}

/** Lines in their order, as many at a time as stand on a page. A batch that was sealed is not changed by a live zone. */
async function* pagesOf(snapshot: Snapshot): AsyncGenerator<BatchLine[]> {
  let page: BatchLine[] = [];
  for await (const line of snapshot.read(batchLineStore, { sort: { batchId: 1, seq: 1 } })) {
    if (page.length === PAGE_LINES || (page[0] && page[0].batchId !== line.batchId)) {
      yield page;
      page = [];
    }
    page.push(line);
  }
  if (page.length > 0) yield page;
}

function isMade({ state }: Batch): boolean {
  return state === 'DRAFT' || state === 'APPROVED';
}

function checkSums(findings: Findings, { batch, tally }: Counted): void {
  const nameIn = (totals: Batch['agreements']) => (key: string) => totals.find((one) => one.key === key)?.name ?? '';
  const { agreements, counties, products } = batch;
  const given = tally.result({
    agreement: nameIn(agreements),
    county: nameIn(counties),
    product: nameIn(products),
  });
  for (const key of ['lineCount', 'amountFen', 'root', 'agreements', 'counties', 'products', 'sums'] as const) {
    const holds = sealedText(() => canonicalJson(batch[key])) === canonicalJson(given[key]);
    findings.expect(holds, {
      invariant: 'I13',
      subject: `batch ${batch._id}`,
      message: `its ${key} is not what its lines give`,
    });
  }
}

function checkBatch(
  findings: Findings,
  input: { batch: Batch; remittances: readonly Remittance[]; ledger: LedgerFacts },
): void {
  const { batch, remittances, ledger } = input;
  const expect = (holds: boolean, message: string): void =>
    findings.expect(holds, { invariant: 'I13', subject: `batch ${batch._id}`, message });
  const isApproved = batch.state === 'APPROVED';
  expect(BATCH_STATES.includes(batch.state), `is ${batch.state}, which is no state`);
  expect(isApproved === (batch.seal !== null), 'is approved and has no seal, or the other way round');
  if (!isMade(batch)) return;
  expect(sealedText(() => merkleRoot(batch.pageRoots)) === batch.root, 'its pages do not give its root');
  const contentHash = sealedText(() => batchContentHash(batch, remittances));
  expect(contentHash === batch.contentHash, 'was changed, or a remittance of it: the content has another hash');
  if (!isApproved) return;
  expect(batch.decidedBy !== batch.madeBy, 'was approved by its maker');
  expect(sealedText(() => batchSeal(batch, remittances)) === batch.seal, 'was changed: its seal does not fit');
  const kept = ledger.batchSeals.get(batch._id);
  // A batch whose lines cancel out posts nothing, and the chain does not hold it.
  expect(kept === undefined || kept === batch.seal, 'is not the one whose seal the ledger holds');
}

function checkRemittances(findings: Findings, { facts, ledger }: { facts: BatchFacts; ledger: LedgerFacts }): void {
  const owed = new Map<string, number>();
  const carriedFen = new Map<string, number>();
  for (const one of facts.remittances.values()) {
    const batch = facts.batches.get(one.batchId);
    const problem = remittanceProblem(one, batch, carriedFen.get(one.agreementId) ?? 0);
    const subject = `remittance ${one._id}`;
    findings.expect(problem === null, { invariant: 'I13', subject, message: problem ?? '' });
    if (one.state === 'DRAFT') continue;
    carriedFen.set(one.agreementId, one.carriedOutFen);
    owed.set(one.agreementId, (owed.get(one.agreementId) ?? 0) + one.linesFen - one.receivedFen);
  }
  for (const [agreementId, owedFen] of owed) {
    const balanceFen = ledger.balances.get(`owed/${agreementId}`) ?? 0;
    findings.expect(balanceFen === owedFen, {
      invariant: 'I13',
      subject: `agreement ${agreementId}`,
      message: `the ledger says that ${balanceFen} fen are owed, the remittances ${owedFen}`,
    });
  }
}

function remittanceProblem(one: Remittance, batch: Batch | undefined, carriedFen: number): string | null {
  if (!batch) return `belongs to no batch ${one.batchId}`;
  const lines = batch.agreements.find((total) => total.key === one.agreementId);
  if (one.linesFen !== (lines?.matchedFen ?? 0) + (lines?.adjustedFen ?? 0)) return 'is not the sum of its lines';
  const netFen = one.linesFen + one.carriedInFen;
  if (one.amountFen !== Math.max(0, netFen) || one.carriedOutFen !== Math.min(0, netFen)) return 'does not add up';
  if (one.state === 'DRAFT') return batch.state === 'APPROVED' ? 'is a draft of an approved batch' : null;
  if (batch.state !== 'APPROVED') return 'stands although its batch was not approved';
  if (one.carriedInFen !== carriedFen) return 'does not carry on what the remittance before left over';
  if (!isSameInstant(one.approvedAt, batch.decidedAt)) return 'was approved at another time than its batch';
  if (one.spentFen < 0 || one.spentFen > one.receivedFen) return 'has spent what it did not receive';
  return stateProblem(one);
}

/** What the state says, and what the dates and sums beside it say. */
function stateProblem(one: Remittance): string | null {
  const { state, amountFen, receivedFen, remittedDay, remittedAt, receiptId, receiptedAt, packId, disclosedAt } = one;
  const isNone = state === 'NONE';
  if (isNone && (amountFen > 0 || receivedFen !== 0)) return 'is NONE and asks for money';
  const isWhole = receivedFen === amountFen && amountFen > 0;
  if (!isNone && (state === 'OPEN') === isWhole) return `is ${state} with ${receivedFen} of ${amountFen} fen received`;
  const reached = {
    remitted: state !== 'OPEN' && !isNone,
    receipted: state === 'RECEIPTED' || state === 'DISCLOSED',
    disclosed: state === 'DISCLOSED',
  };
  const fits =
    areKnown(reached.remitted, remittedDay, remittedAt) &&
    areKnown(reached.receipted, receiptId, receiptedAt) &&
    areKnown(reached.disclosed, packId, disclosedAt);
  return fits ? null : `is ${state} and its dates say otherwise`;
}

function areKnown(known: boolean, ...facts: readonly unknown[]): boolean {
  return facts.every((fact) => (fact !== null) === known);
}
