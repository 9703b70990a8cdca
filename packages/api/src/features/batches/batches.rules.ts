import { contentHash } from '../../kernel/canonical.js';
import { merkleRoot } from '../../kernel/merkle.js';
import type { MatchRecord } from '../charity/index.js';
import type { BatchLine } from './batch-lines.store.js';
import type { Batch, BatchTotal, SaleMonthSum } from './batches.store.js';
import type { ReceivedRemittance, ReceivingRemittance, Remittance } from './remittances.store.js';

/** Lines of one page: a subtree of the batch's Merkle tree that one read can make anew. */
export const PAGE_LINES = 1_024;

/** `2026-10` → `B202610` */
export function batchIdOf(month: string): string {
  return `B${month.replace('-', '')}`;
}

/** `B202610`, 1 → `AX202610-01` */
export function remittanceIdOf(batchId: string, position: number): string {
  return `AX${batchId.slice(1)}-${String(position).padStart(2, '0')}`;
}

/** What the sponsor owes of a match as it stands: nothing before it accrued; what refunds undid is not owed (rule 7). */
export function dueFen(match: Pick<MatchRecord, 'accruedAt' | 'amountFen' | 'undoneFen'>): number {
  return match.accruedAt === null ? 0 : match.amountFen - match.undoneFen;
}

/**
 * The line a batch has for a match: what is due less what earlier batches took. Null when the two agree. In whatever
 * order refunds, accruals and batches came, the sum of a match's lines ends at what is due.
 */
export function lineOf(
  match: MatchRecord,
  earlier: readonly Pick<BatchLine, '_id' | 'amountFen'>[],
  place: { batchId: string; seq: number; remittanceId: string; entryHash: string },
): BatchLine | null {
  const countedFen = earlier.reduce((sum, line) => sum + line.amountFen, 0);
  const amountFen = dueFen(match) - countedFen;
  if (amountFen === 0) return null;
  const { batchId, seq, remittanceId, entryHash } = place;
  const { _id: matchId, agreementId, countyCode, productId, month: saleMonth, at } = match;
  return {
    _id: `${batchId}.${String(seq).padStart(7, '0')}`,
    batchId,
    seq,
    matchId,
    entryHash,
    kind: earlier.length === 0 ? 'match' : 'adjustment',
    agreementId,
    remittanceId,
    countyCode,
    productId,
    saleMonth,
    at,
    amountFen,
    correctsId: earlier[0]?._id ?? null,
  };
}

/** A line as a leaf of the tree: anyone who has the line can compute it again. */
export function lineHash(line: BatchLine): string {
  return contentHash(line);
}

/** Adds up lines as they are written, so that a batch of any size is held in bounded memory. */
export interface BatchTally {
  add(line: BatchLine): void;
  result(names: {
    agreement: (id: string) => string;
    county: (code: string) => string;
    product: (id: string) => string;
  }): Pick<Batch, 'lineCount' | 'amountFen' | 'pageRoots' | 'root' | 'agreements' | 'counties' | 'products' | 'sums'>;
}

export function createTally(): BatchTally {
  let lineCount = 0;
  let amountFen = 0;
  let page: string[] = [];
  const pageRoots: string[] = [];
  const agreements = new Map<string, BatchTotal>();
  const counties = new Map<string, BatchTotal>();
  const products = new Map<string, BatchTotal>();
  const sums = new Map<string, SaleMonthSum>();
  const closePage = (): void => {
    if (page.length > 0) pageRoots.push(merkleRoot(page));
    page = [];
  };
  return {
    add(line) {
      lineCount += 1;
      amountFen += line.amountFen;
      page.push(lineHash(line));
      if (page.length === PAGE_LINES) closePage();
      addTotal(agreements, line.agreementId, line);
      addTotal(counties, line.countyCode, line);
      addTotal(products, line.productId ?? '', line);
      addSum(sums, line);
    },
    result(names) {
      closePage();
      return {
        lineCount,
        amountFen,
        pageRoots,
        root: merkleRoot(pageRoots),
        agreements: named(agreements, names.agreement),
        counties: named(counties, names.county),
        products: named(products, names.product),
        sums: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum),
      };
    },
  };
}

function addTotal(totals: Map<string, BatchTotal>, key: string, line: BatchLine): void {
  const before = totals.get(key) ?? { key, name: '', matchCount: 0, matchedFen: 0, adjustmentCount: 0, adjustedFen: 0 };
  const isMatch = line.kind === 'match';
  totals.set(key, {
    ...before,
    matchCount: before.matchCount + (isMatch ? 1 : 0),
    matchedFen: before.matchedFen + (isMatch ? line.amountFen : 0),
    adjustmentCount: before.adjustmentCount + (isMatch ? 0 : 1),
    adjustedFen: before.adjustedFen + (isMatch ? 0 : line.amountFen),
  });
}

function addSum(sums: Map<string, SaleMonthSum>, line: BatchLine): void {
  const { saleMonth, agreementId, countyCode, remittanceId } = line;
  const key = `${saleMonth}|${agreementId}|${countyCode}|${remittanceId}`;
  const before = sums.get(key) ?? { saleMonth, agreementId, countyCode, remittanceId, count: 0, amountFen: 0 };
  const count = before.count + (line.kind === 'match' ? 1 : 0);
  sums.set(key, { ...before, count, amountFen: before.amountFen + line.amountFen });
}

function named(totals: ReadonlyMap<string, BatchTotal>, nameOf: (key: string) => string): BatchTotal[] {
  return [...totals.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map((one) => ({ ...one, name: nameOf(one.key) }));
}

export function totalFen(total: BatchTotal): number {
  return total.matchedFen + total.adjustedFen;
}

/** The remittance that one agreement's lines make: what refunds left over from the last one goes in first. */
export function draftRemittance(
  input: Pick<Remittance, '_id' | 'batchId' | 'agreementId' | 'agreementNumber' | 'sponsorName' | 'sponsorId'> & {
    readonly linesFen: number;
    readonly carriedInFen: number;
  },
): Remittance {
  const netFen = input.linesFen + input.carriedInFen;
  return {
    ...input,
    amountFen: Math.max(0, netFen),
    carriedOutFen: Math.min(0, netFen),
    receivedFen: 0,
    spentFen: 0,
    state: 'DRAFT',
    approvedAt: null,
    remittedDay: null,
    remittedAt: null,
    receiptedAt: null,
    receiptId: null,
    disclosedAt: null,
    packId: null,
  };
}

/** What the checker sees and approves, as one hash. */
export function batchContentHash(
  batch: Pick<
    Batch,
    '_id' | 'month' | 'cutBlock' | 'lineCount' | 'amountFen' | 'root' | 'agreements' | 'counties' | 'products' | 'payTo'
  >,
  remittances: readonly Pick<Remittance, '_id' | 'agreementId' | 'linesFen' | 'carriedInFen' | 'amountFen'>[],
): string {
  const { _id, month, cutBlock, lineCount, amountFen, root, agreements, counties, products, payTo } = batch;
  return contentHash({
    ...{ _id, month, cutBlock, lineCount, amountFen, root, agreements, counties, products },
    // A batch of before accounts were named keeps its hash.
    ...(payTo ? { payTo } : {}),
    remittances: remittances.map((one) => ({
      _id: one._id,
      agreementId: one.agreementId,
      linesFen: one.linesFen,
      carriedInFen: one.carriedInFen,
      amountFen: one.amountFen,
    })),
  });
}

/** What an approval freezes: every field of the batch, and of its remittances what no later step changes. */
export function batchSeal(batch: Batch, remittances: readonly Remittance[]): string {
  const { seal: _seal, ...frozen } = batch;
  return contentHash({
    ...frozen,
    remittances: remittances.map((one) => {
      const { _id, agreementId, agreementNumber, sponsorName, sponsorId } = one;
      const { linesFen, carriedInFen, amountFen, carriedOutFen } = one;
      return {
        _id,
        agreementId,
        agreementNumber,
        sponsorName,
        sponsorId,
        linesFen,
        carriedInFen,
        amountFen,
        carriedOutFen,
      };
    }),
  });
}

/**
 * A remittance after money came for it (positive) or a match of it was taken back (negative). Throws when it would hold
 * more than it asks for or less than nothing, or when what is receipted would be opened: callers refuse before.
 */
export function afterReceipt<Read extends ReceivingRemittance>(
  remittance: Read,
  money: { readonly amountFen: number; readonly day: string; readonly at: Date },
): ReceivedRemittance<Read> {
  const { _id, state, amountFen } = remittance;
  if (state !== 'OPEN' && !(state === 'REMITTED' && money.amountFen < 0)) {
    throw new Error(`remittance ${_id} is ${state} and takes no money`);
  }
  const receivedFen = remittance.receivedFen + money.amountFen;
  if (receivedFen < remittance.spentFen) throw new Error(`remittance ${_id} would hold less than was spent of it`);
  if (receivedFen > amountFen) throw new Error(`remittance ${_id} would hold ${receivedFen} of ${amountFen} fen`);
  return receivedFen === amountFen
    ? { ...remittance, receivedFen, state: 'REMITTED' as const, remittedDay: money.day, remittedAt: money.at }
    : { ...remittance, receivedFen, state: 'OPEN' as const, remittedDay: null, remittedAt: null };
}
