import { type Remittance, remittanceStore } from '../src/features/batches/index.js';
import { ledgerId, ledgerStore } from '../src/features/ledger/index.js';
import { projectStore, type Spend, spendStore } from '../src/features/projects/index.js';
import { receiptStore } from '../src/features/receipts/index.js';
import { Findings } from './check.js';
import type { LedgerFacts } from './check-ledger.js';
import type { Snapshot } from './snapshot.js';

interface Sums {
  readonly byRemittance: Map<string, number>;
  readonly byProject: Map<string, number>;
  readonly receipts: Map<string, { readonly receiptId: string; readonly amountFen: number }>;
  /** Booked and not yet seen leaving the bank. */
  payableFen: number;
}

/**
 * I16: every spend in the books names the yuan it used, to the fen, and has its transaction; what was spent of a
 * remittance and of a project is the sum of their spends, never more than came or than the budget; a receipt that counts
 * is for what came.
 */
export async function checkUse(snapshot: Snapshot, ledger: Pick<LedgerFacts, 'balances'>): Promise<Findings> {
  const findings = new Findings();
  const sums: Sums = { byRemittance: new Map(), byProject: new Map(), receipts: new Map(), payableFen: 0 };
  await checkSpends(snapshot, findings, sums);
  await checkReceipts(snapshot, findings, sums);
  for await (const remittance of snapshot.read(remittanceStore)) checkRemittance(remittance, findings, sums);
  await checkProjects(snapshot, findings, sums);
  const payableFen = 0 - (ledger.balances.get('payable') ?? 0);
  findings.expect(payableFen === sums.payableFen, {
    invariant: 'I16',
    subject: 'ledger account payable',
    message: `stands at ${payableFen} fen; the spends leave ${sums.payableFen} to be paid out`,
  });
  return findings;
}

async function checkSpends(snapshot: Snapshot, findings: Findings, sums: Sums): Promise<void> {
  const posted = new Map<string, number>();
  for await (const one of snapshot.read(ledgerStore, { filter: { 'refs.spendId': { $exists: true } } })) {
    posted.set(one._id, one.postings.find(({ account }) => account === 'fund')?.amountFen ?? 0);
  }
  for await (const spend of snapshot.read(spendStore)) {
    const expect = (holds: boolean, message: string): void =>
      findings.expect(holds, { invariant: 'I16', subject: `spend ${spend._id}`, message });
    const isBooked = spend.state === 'APPROVED' || spend.state === 'REVERSED';
    expect(isBooked || (spend.ledgerId === null && spend.sources.length === 0), 'is not approved and used money');
    if (!isBooked) continue;
    const sourcesFen = spend.sources.reduce((sum, one) => sum + one.amountFen, 0);
    expect(sourcesFen === spend.amountFen, `is ${spend.amountFen} fen and names the yuan of ${sourcesFen}`);
    expect(spend.ledgerId === ledgerId(`spend:${spend._id}`), 'does not name its transaction in the books');
    expect(posted.get(spend.ledgerId ?? '') === spend.amountFen, 'stands in the books with another amount, or not');
    expect(spend.decidedBy !== null && spend.decidedBy !== spend.recordedBy, 'was approved by who recorded it');
    expect(
      spend.paidFen >= 0 && spend.paidFen <= Math.max(0, spend.amountFen),
      `was paid out with ${spend.paidFen} fen`,
    );
    addUp(spend, sums);
  }
}

function addUp({ projectId, amountFen, sources, paidFen }: Spend, sums: Sums): void {
  sums.payableFen += amountFen - paidFen;
  sums.byProject.set(projectId, (sums.byProject.get(projectId) ?? 0) + amountFen);
  for (const one of sources) {
    sums.byRemittance.set(one.remittanceId, (sums.byRemittance.get(one.remittanceId) ?? 0) + one.amountFen);
  }
}

async function checkReceipts(snapshot: Snapshot, findings: Findings, { receipts }: Sums): Promise<void> {
  for await (const receipt of snapshot.read(receiptStore, { filter: { state: 'VALID' } })) {
    const { _id, remittanceId, amountFen } = receipt;
    const isAlone = !receipts.has(remittanceId);
    const subject = `receipt ${_id}`;
    findings.expect(isAlone, { invariant: 'I16', subject, message: 'is the second that counts for a remittance' });
    receipts.set(remittanceId, { receiptId: _id, amountFen });
  }
}

function checkRemittance(remittance: Remittance, findings: Findings, { byRemittance, receipts }: Sums): void {
  const { _id, spentFen, receivedFen } = remittance;
  const expect = (holds: boolean, message: string): void =>
    findings.expect(holds, { invariant: 'I16', subject: `remittance ${_id}`, message });
  const spends = byRemittance.get(_id) ?? 0;
  expect(spentFen === spends, `says that ${spentFen} fen of it are spent; its spends are ${spends}`);
  expect(spentFen >= 0 && spentFen <= receivedFen, `has spent ${spentFen} of the ${receivedFen} fen that came`);
  const receipt = receipts.get(_id);
  if (!receipt) return;
  expect(receipt.receiptId === remittance.receiptId, 'does not name the receipt that counts for it');
  expect(receipt.amountFen === receivedFen, `received ${receivedFen} fen; its receipt says ${receipt.amountFen}`);
}

async function checkProjects(snapshot: Snapshot, findings: Findings, { byProject }: Sums): Promise<void> {
  const left = new Set(byProject.keys());
  for await (const { _id, spentFen, budgetFen } of snapshot.read(projectStore)) {
    left.delete(_id);
    const spends = byProject.get(_id) ?? 0;
    findings.expect(spentFen === spends && spentFen >= 0 && spentFen <= budgetFen, {
      invariant: 'I16',
      subject: `project ${_id}`,
      message: `says that ${spentFen} of ${budgetFen} fen are spent; its spends are ${spends}`,
    });
  }
  for (const projectId of left) {
    findings.expect(false, { invariant: 'I16', subject: `project ${projectId}`, message: 'has spends and is missing' });
  }
}
