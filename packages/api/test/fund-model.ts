import type { BatchLine, Remittance } from '../src/features/batches/index.js';
import {
  afterReceipt,
  batchIdOf,
  draftRemittance,
  dueFen,
  lineOf,
  remittanceIdOf,
} from '../src/features/batches/batches.rules.js';
import { allocationPostings, ignorePostings } from '../src/features/bank/line-money.rules.js';
import type { IgnoreCategory } from '../src/features/bank/ignore-rules.rules.js';
import type { MatchRecord } from '../src/features/charity/index.js';
import {
  EMPTY_LEDGER,
  accountChanges,
  chainTransactions,
  overdrawn,
  reversed,
} from '../src/features/ledger/ledger.rules.js';
import type { LedgerTransaction, Posting } from '../src/features/ledger/index.js';

/**
 * The fund in memory, made of the very rules by which the commands decide: what a thousand random histories can be played
 * through in seconds. Holds no rule of its own but the order of the calls.
 */
export interface FundModel {
  readonly matches: MatchRecord[];
  readonly lines: Map<string, BatchLine[]>;
  readonly remittances: Map<string, Remittance>;
  readonly ledger: LedgerTransaction[];
  readonly balances: Map<string, number>;
  readonly bankLines: ModelBankLine[];
  batchCount: number;
  spentFen: number;
}

export interface ModelBankLine {
  readonly id: number;
  readonly amountFen: number;
  place: 'open' | { readonly remittanceId: string } | IgnoreCategory | 'payout';
}

const AT = new Date('2026-10-05T04:00:00Z');
const DAY = '2026-10-05';
export const ACCOUNT = 'main';

export function emptyFund(): FundModel {
  return {
    ...{ matches: [], lines: new Map(), remittances: new Map(), ledger: [], balances: new Map(), bankLines: [] },
    ...{ batchCount: 0, spentFen: 0 },
  };
}

export function sell(fund: FundModel, { agreementId, amountFen }: { agreementId: string; amountFen: number }): void {
  const n = fund.matches.length;
  fund.matches.push({
    ...{ _id: `e${n}.0`, entryId: `e${n}`, memberId: 'm', orderId: `o${n}`, agreementId, unit: 'line', lineId: '1' },
    ...{ productId: 'p', countyCode: '500229', unitCount: 1, amountFen, undoneFen: 0, state: 'PENDING', at: AT },
    ...{ month: '2026-10', accruedAt: null, accruedMonth: null, voidAt: null, changedBlock: n },
  });
}

/** The nth match, however many there are; undefined without any. */
export function matchAt(fund: FundModel, n: number): MatchRecord | undefined {
  return fund.matches[n % Math.max(1, fund.matches.length)];
}

export function accrue(fund: FundModel, n: number): void {
  const match = matchAt(fund, n);
  if (match?.state === 'PENDING') change(fund, match, { state: 'ACCRUED', accruedAt: AT, accruedMonth: '2026-10' });
}

export function refund(fund: FundModel, n: number, partFen: number): void {
  const match = matchAt(fund, n);
  if (!match) return;
  const undoneFen = Math.min(match.amountFen, match.undoneFen + partFen);
  change(fund, match, undoneFen === match.amountFen ? { undoneFen, state: 'VOID', voidAt: AT } : { undoneFen });
}

function change(fund: FundModel, match: MatchRecord, more: Partial<MatchRecord>): void {
  fund.matches[fund.matches.indexOf(match)] = { ...match, ...more };
}

/** Makes and approves the next batch, as make-batch and approve-batch do. */
export function batch(fund: FundModel): void {
  const batchId = batchIdOf(`2026${String(fund.batchCount).padStart(3, '0')}`);
  const sums = new Map<string, number>();
  let seq = 0;
  for (const match of fund.matches.toSorted((a, b) => (a.agreementId < b.agreementId ? -1 : 1))) {
    const earlier = fund.lines.get(match._id) ?? [];
    const position = [...sums.keys()].indexOf(match.agreementId);
    const remittanceId = remittanceIdOf(batchId, position < 0 ? sums.size + 1 : position + 1);
    const line = lineOf(match, earlier, { batchId, seq: seq + 1, remittanceId, entryHash: 'h' });
    if (!line) continue;
    seq += 1;
    fund.lines.set(match._id, [...earlier, line]);
    sums.set(match.agreementId, (sums.get(match.agreementId) ?? 0) + line.amountFen);
  }
  if (seq === 0) return;
  fund.batchCount += 1;
  const postings: Posting[] = [];
  [...sums].forEach(([agreementId, linesFen], index) => {
    const drafted = draftRemittance({
      ...{ _id: remittanceIdOf(batchId, index + 1), batchId, agreementId, agreementNumber: '', sponsorName: '' },
      ...{ sponsorId: '', linesFen, carriedInFen: carriedFen(fund, agreementId) },
    });
    fund.remittances.set(drafted._id, { ...drafted, state: drafted.amountFen === 0 ? 'NONE' : 'OPEN', approvedAt: AT });
    if (linesFen === 0) return;
    postings.push({ account: `owed/${agreementId}`, amountFen: linesFen });
    postings.push({ account: `pledged/${agreementId}`, amountFen: -linesFen });
  });
  if (postings.length > 0) post(fund, `batch:${batchId}`, postings);
}

export function carriedFen(fund: FundModel, agreementId: string): number {
  const own = [...fund.remittances.values()].filter((one) => one.agreementId === agreementId);
  return own.at(-1)?.carriedOutFen ?? 0;
}

export function bankLine(fund: FundModel, amountFen: number): ModelBankLine {
  const line: ModelBankLine = { id: fund.bankLines.length, amountFen, place: 'open' };
  fund.bankLines.push(line);
  post(fund, `statement:${line.id}`, [
    { account: `bank/${ACCOUNT}`, amountFen },
    { account: `unallocated/${ACCOUNT}`, amountFen: -amountFen },
  ]);
  return line;
}

/** An open credit line goes to a remittance that waits for at least as much. */
export function receive(fund: FundModel, line: ModelBankLine | undefined, remittance: Remittance | undefined): void {
  if (line?.place !== 'open' || line.amountFen <= 0 || remittance?.state !== 'OPEN') return;
  if (line.amountFen > remittance.amountFen - remittance.receivedFen) return;
  const { _id, agreementId } = remittance;
  fund.remittances.set(_id, afterReceipt(remittance, { amountFen: line.amountFen, day: DAY, at: AT }));
  line.place = { remittanceId: _id };
  post(
    fund,
    `match:${line.id}:${fund.ledger.length}`,
    allocationPostings(ACCOUNT, [{ amountFen: line.amountFen, agreementId }]),
  );
}

export function takeBack(fund: FundModel, line: ModelBankLine | undefined): void {
  if (typeof line?.place !== 'object') return;
  const remittance = fund.remittances.get(line.place.remittanceId);
  // As the command refuses: what was spent of it, or what the books no longer hold, cannot be taken away again.
  if (!remittance || remittance.receivedFen - line.amountFen < remittance.spentFen) return;
  if (availableFen(fund) < line.amountFen) return;
  fund.remittances.set(remittance._id, afterReceipt(remittance, { amountFen: -line.amountFen, day: DAY, at: AT }));
  const parts = [{ amountFen: line.amountFen, agreementId: remittance.agreementId }];
  post(fund, `back:${line.id}:${fund.ledger.length}`, reversed(allocationPostings(ACCOUNT, parts)));
  line.place = 'open';
}

export function ignore(fund: FundModel, line: ModelBankLine | undefined, category: IgnoreCategory): void {
  if (line?.place !== 'open') return;
  line.place = category;
  post(fund, `ignore:${line.id}`, ignorePostings(ACCOUNT, category, line.amountFen));
}

export function availableFen(fund: FundModel): number {
  return -(fund.balances.get('fund') ?? 0);
}

/** Spends as much as asked, or all that is there: first received, first spent. */
export function spend(fund: FundModel, wantedFen: number): void {
  const amountFen = Math.min(wantedFen, availableFen(fund));
  if (amountFen <= 0) return;
  let restFen = amountFen;
  for (const [id, remittance] of fund.remittances) {
    const partFen = Math.min(restFen, remittance.receivedFen - remittance.spentFen);
    fund.remittances.set(id, { ...remittance, spentFen: remittance.spentFen + partFen });
    restFen -= partFen;
  }
  if (restFen > 0) throw new Error('the books hold more than the remittances received');
  fund.spentFen += amountFen;
  post(fund, `spend:${fund.ledger.length}`, [
    { account: 'fund', amountFen },
    { account: 'payable', amountFen: -amountFen },
  ]);
}

function post(fund: FundModel, sourceKey: string, postings: readonly Posting[]): void {
  const last = fund.ledger.at(-1);
  const head = last ? { _id: 'fund' as const, seq: last.seq, hash: last.hash } : EMPTY_LEDGER;
  const news = { sourceKey, kind: 'match' as const, day: DAY, postings, refs: {}, by: 'model' };
  const chained = chainTransactions(head, [news], AT);
  fund.ledger.push(...chained);
  for (const [account, changeFen] of accountChanges(chained)) {
    fund.balances.set(account, (fund.balances.get(account) ?? 0) + changeFen);
  }
  const broken = overdrawn(fund.balances);
  if (broken) throw new Error(`${broken} is overdrawn`);
}

/** What must hold after every step; the first thing that does not, or null. */
export function fault(fund: FundModel): string | null {
  const balance = (account: string): number => fund.balances.get(account) ?? 0;
  const total = [...fund.balances.values()].reduce((sum, fen) => sum + fen, 0);
  if (total !== 0) return `the books sum to ${total}`;
  const places = ['fund', 'payable', 'interest', 'bank-fees', 'foreign', `unallocated/${ACCOUNT}`];
  const placedFen = places.reduce((sum, account) => sum - balance(account), 0);
  if (placedFen !== balance(`bank/${ACCOUNT}`))
    return `the places hold ${placedFen}, the bank ${balance(`bank/${ACCOUNT}`)}`;
  const openFen = fund.bankLines.reduce((sum, line) => sum + (line.place === 'open' ? line.amountFen : 0), 0);
  if (-balance(`unallocated/${ACCOUNT}`) !== openFen) return 'what is unallocated is not what is open';
  for (const agreementId of new Set(fund.matches.map((match) => match.agreementId))) {
    const own = [...fund.remittances.values()].filter((one) => one.agreementId === agreementId);
    const waitingFen =
      own.reduce((sum, one) => sum + one.amountFen - one.receivedFen, 0) + carriedFen(fund, agreementId);
    if (balance(`owed/${agreementId}`) !== waitingFen)
      return `${agreementId} owes another amount than its remittances ask for`;
    if (balance(`owed/${agreementId}`) + balance(`pledged/${agreementId}`) !== 0)
      return `${agreementId} pledged what nobody owes`;
  }
  const heldFen = [...fund.remittances.values()].reduce((sum, one) => sum + one.receivedFen - one.spentFen, 0);
  return heldFen === availableFen(fund) ? null : 'the remittances hold another amount than the fund';
}

/** What every match is worth to the fund, and what batches counted of it: the end that all orders of events share. */
export function countedByMatch(fund: FundModel): Map<string, { dueFen: number; countedFen: number }> {
  return new Map(
    fund.matches.map((match) => [
      match._id,
      {
        dueFen: dueFen(match),
        countedFen: (fund.lines.get(match._id) ?? []).reduce((sum, line) => sum + line.amountFen, 0),
      },
    ]),
  );
}
