import { sealedText } from '../src/kernel/canonical.js';
import {
  type LedgerTransaction,
  ledgerAccountStore,
  ledgerHashOf,
  ledgerHeadStore,
  ledgerId,
  ledgerStore,
  overdrawn,
} from '../src/features/ledger/index.js';
import { Findings } from './check.js';
import type { Snapshot } from './snapshot.js';

/** The fund's books, as far as other checks look at them. */
export interface LedgerFacts {
  readonly balances: ReadonlyMap<string, number>;
  /** By number. */
  readonly hashes: ReadonlyMap<number, string>;
  /** The seals of batches that the chain holds, by batch. */
  readonly batchSeals: ReadonlyMap<string, string>;
}

/**
 * I11: the books have no gap, chain by hash, each transaction sums to zero and is the one that was written, no account
 * stands where it may not, and the running balances and the head are what the transactions give.
 */
export async function checkLedger(snapshot: Snapshot): Promise<{ findings: Findings; ledger: LedgerFacts }> {
  const findings = new Findings();
  const balances = new Map<string, number>();
  const hashes = new Map<number, string>();
  const batchSeals = new Map<string, string>();
  const seen = new Set<string>();
  let last = { seq: 0, hash: '' };
  for await (const transaction of snapshot.read(ledgerStore, { sort: { seq: 1 } })) {
    const subject = `ledger ${transaction._id}`;
    const expect = (holds: boolean, message: string): void =>
      findings.expect(holds, { invariant: 'I11', subject, message });
    expect(transaction.seq === last.seq + 1, `number ${transaction.seq} follows ${last.seq}`);
    expect(transaction.prevHash === last.hash, 'does not name the hash of the transaction before');
    expect(sealedText(() => ledgerHashOf(transaction)) === transaction.hash, 'was changed: its hash does not fit');
    expect(ledgerId(transaction.sourceKey) === transaction._id, 'does not have the id of its cause');
    const { correctsId } = transaction;
    expect(correctsId === null || seen.has(correctsId), 'corrects what does not stand before it');
    expect(post(balances, transaction) === 0, 'its postings do not sum to 0');
    const above = overdrawn(balances);
    expect(above === null, `lifts the account ${above ?? ''} above zero`);
    if (transaction.kind === 'batch') batchSeals.set(transaction.refs['batchId'] ?? '', transaction.refs['seal'] ?? '');
    seen.add(transaction._id);
    hashes.set(transaction.seq, transaction.hash);
    last = { seq: transaction.seq, hash: transaction.hash };
  }
  await checkHead(snapshot, { findings, last });
  await checkAccounts(snapshot, { findings, balances });
  return { findings, ledger: { balances, hashes, batchSeals } };
}

/** Adds the postings up; gives their sum. Whoever changed them by hand may have left anything there. */
function post(balances: Map<string, number>, { postings }: LedgerTransaction): number | null {
  if (!Array.isArray(postings)) return null;
  let sum = 0;
  for (const { account, amountFen } of postings as LedgerTransaction['postings']) {
    balances.set(account, (balances.get(account) ?? 0) + amountFen);
    sum += amountFen;
  }
  return sum;
}

async function checkHead(
  snapshot: Snapshot,
  { findings, last }: { findings: Findings; last: { seq: number; hash: string } },
): Promise<void> {
  let found = false;
  for await (const head of snapshot.read(ledgerHeadStore)) {
    found = true;
    findings.expect(head._id === 'fund' && head.seq === last.seq && head.hash === last.hash, {
      invariant: 'I11',
      subject: 'ledger head',
      message: `is at number ${head.seq}; the last transaction is number ${last.seq} or has another hash`,
    });
  }
  findings.expect(found || last.seq === 0, { invariant: 'I11', subject: 'ledger head', message: 'is missing' });
}

async function checkAccounts(
  snapshot: Snapshot,
  { findings, balances }: { findings: Findings; balances: ReadonlyMap<string, number> },
): Promise<void> {
  const missing = new Map([...balances].filter(([, balanceFen]) => balanceFen !== 0));
  for await (const { _id, balanceFen } of snapshot.read(ledgerAccountStore)) {
    missing.delete(_id);
    findings.expect(balanceFen === (balances.get(_id) ?? 0), {
      invariant: 'I11',
      subject: `account ${_id}`,
      message: `stands at ${balanceFen}, its postings sum to ${balances.get(_id) ?? 0}`,
    });
  }
  for (const [account, balanceFen] of missing) {
    findings.expect(false, {
      invariant: 'I11',
      subject: `account ${account}`,
      message: `is missing; its postings sum to ${balanceFen}`,
    });
  }
}
