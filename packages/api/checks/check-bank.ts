import {
  addSums,
  arrival,
  type BankDayTotals,
  type BankPosting,
  bankAccountStore,
  bankChunkStore,
  bankDayTotalsStore,
  bankLineStore,
  bankPostingStore,
  bankTakenChunkStore,
  LINE_STATES,
  type LineMove,
  linesOf,
  matchedMove,
  noStates,
  restFen,
  type StateSums,
} from '../src/features/bank/index.js';
import { Findings } from './check.js';
import type { LedgerFacts } from './check-ledger.js';
import type { Snapshot } from './snapshot.js';

/** What an account's postings give. */
interface Account {
  netFen: number;
  /** Of lines with a document: what nothing explains yet. */
  openFen: number;
  /** Each line by id: its day and amount, and whether its import matched it. */
  readonly lines: Map<string, { day: string; amountFen: number; isMatched: boolean; hasDocument: boolean }>;
  /** What the documents say of each day, by state; lines that lie in their chunks are added at the end. */
  readonly moves: LineMove[];
}

/**
 * I15: each line that a bank wrote stands in the books once, as it was read; the bank's account in the ledger is what the
 * lines add up to, and what is unallocated there is what no line's decision explains, to the fen. The sums that the desk keeps
 * of each day are those of its lines.
 */
export async function checkBank(snapshot: Snapshot, { ledger }: { ledger: LedgerFacts }): Promise<Findings> {
  const findings = new Findings();
  const accounts = new Map<string, Account>();
  for await (const { _id } of snapshot.read(bankAccountStore)) {
    accounts.set(_id, { netFen: 0, openFen: 0, lines: new Map(), moves: [] });
  }
  if (accounts.size === 0) return findings;
  const posted = new Set<string>();
  for await (const posting of snapshot.read(bankPostingStore, { sort: { _id: 1 } })) {
    const account = accounts.get(posting.accountId);
    posted.add(posting._id);
    if (account) await checkPosting(snapshot, posting, { findings, account });
  }
  for await (const { _id } of snapshot.read(bankTakenChunkStore)) {
    const message = 'was taken back and stands in the books';
    findings.expect(!posted.has(_id), { invariant: 'I15', subject: `posting ${_id}`, message });
  }
  await checkDocuments(snapshot, findings, accounts);
  for (const [accountId, account] of accounts) checkAccount(findings, { accountId, account, ledger });
  await checkDayTotals(snapshot, findings, accounts);
  return findings;
}

async function checkPosting(
  snapshot: Snapshot,
  posting: BankPosting,
  { findings, account }: { findings: Findings; account: Account },
): Promise<void> {
  const subject = `posting ${posting._id}`;
  const expect = (holds: boolean, message: string): void =>
    findings.expect(holds, { invariant: 'I15', subject, message });
  const sums = { count: 0, netFen: 0, prints: '' };
  for await (const chunk of snapshot.read(bankChunkStore, { filter: { _id: posting._id } })) {
    const lines = readLines(posting, chunk);
    expect(lines !== null, 'has lines that cannot be read');
    for (const line of lines ?? []) {
      expect(!account.lines.has(line._id), `line ${line._id} stands twice`);
      const isMatched = line.state === 'MATCHED';
      account.lines.set(line._id, { day: line.day, amountFen: line.amountFen, isMatched, hasDocument: false });
      sums.count += 1;
      sums.netFen += line.amountFen;
      sums.prints += line._id.split('|')[2] ?? '';
    }
  }
  expect(sums.count === posting.newCount, `has ${sums.count} lines and says ${posting.newCount}`);
  expect(sums.netFen === posting.creditFen - posting.debitFen, 'does not sum up to what it says');
  expect(sums.prints === posting.prints, 'its lines are not those that were posted');
  account.netFen += sums.netFen;
}

/** Null where the texts in which a chunk's lines are kept were changed, so that they are none any more. */
function readLines(posting: BankPosting, chunk: Parameters<typeof linesOf>[1]): ReturnType<typeof linesOf> | null {
  try {
    return linesOf(posting, chunk);
  } catch {
    return null;
  }
}

async function checkDocuments(
  snapshot: Snapshot,
  findings: Findings,
  accounts: ReadonlyMap<string, Account>,
): Promise<void> {
  for await (const line of snapshot.read(bankLineStore)) {
    const account = accounts.get(line.accountId);
    const posted = account?.lines.get(line._id);
    const message = posted ? 'has another amount than its statement' : 'came by no statement';
    const holds = posted?.amountFen === line.amountFen;
    findings.expect(holds, { invariant: 'I15', subject: `bank line ${line._id}`, message });
    if (posted) posted.hasDocument = true;
    if (!account) continue;
    account.openFen += restFen(line);
    account.moves.push(arrival(line));
  }
}

function checkAccount(
  findings: Findings,
  { accountId, account, ledger }: { accountId: string; account: Account; ledger: LedgerFacts },
): void {
  const expect = (holds: boolean, message: string): void =>
    findings.expect(holds, { invariant: 'I15', subject: `bank account ${accountId}`, message });
  const bankFen = ledger.balances.get(`bank/${accountId}`) ?? 0;
  const unallocatedFen = ledger.balances.get(`unallocated/${accountId}`) ?? 0;
  expect(bankFen === account.netFen, `the books say ${bankFen} fen, its lines ${account.netFen}`);
  expect(
    unallocatedFen === -account.openFen,
    `the books say ${unallocatedFen} fen are not explained, its lines ${-account.openFen}`,
  );
  const lost = [...account.lines].find(([, line]) => !line.isMatched && !line.hasDocument);
  expect(!lost, `line ${lost?.[0] ?? ''} was neither matched nor left to a person`);
}

/** What the desk says of a day is what its lines add up to. */
async function checkDayTotals(
  snapshot: Snapshot,
  findings: Findings,
  accounts: ReadonlyMap<string, Account>,
): Promise<void> {
  const counted = new Map<string, StateSums>();
  for (const [accountId, { lines, moves }] of accounts) {
    const inChunks = [...lines.values()]
      .filter(({ isMatched, hasDocument }) => isMatched && !hasDocument)
      .map(({ day, amountFen }) => matchedMove({ accountId, day, amountFen }));
    for (const { day, state, sums } of [...moves, ...inChunks]) {
      const key = `${accountId}|${day}`;
      const known = counted.get(key) ?? noStates();
      counted.set(key, { ...known, [state]: addSums(known[state], sums) });
    }
  }
  const kept = new Map<string, StateSums>();
  for await (const totals of snapshot.read(bankDayTotalsStore)) kept.set(totals._id, statesOf(totals));
  for (const key of new Set([...counted.keys(), ...kept.keys()])) {
    const holds = sumsText(counted.get(key)) === sumsText(kept.get(key));
    const message = 'is not what its lines add up to; npm run rebuild counts it again';
    findings.expect(holds, { invariant: 'I15', subject: `bank day ${key}`, message });
  }
}

function statesOf({ OPEN, SUGGESTED, MATCHED, IGNORED }: BankDayTotals): StateSums {
  return { OPEN, SUGGESTED, MATCHED, IGNORED };
}

function sumsText(sums: StateSums = noStates()): string {
  return LINE_STATES.map((state) => {
    const { count, inFen, outFen, restInFen, restOutFen } = sums[state];
    return `${state} ${[count, inFen, outFen, restInFen, restOutFen].join(' ')}`;
  }).join('; ');
}
