import { type Agreement, agreementStore, type Budget, budgetStore } from '../src/features/agreements/index.js';
import {
  type BankDayTotals,
  type BankPosting,
  bankChunkStore,
  bankDayTotalsStore,
  bankLineStore,
  bankPostingStore,
  type BankTakenChunk,
  bankTakenChunkStore,
  type LineSums,
} from '../src/features/bank/index.js';
import {
  type Batch,
  type BatchLine,
  batchLineStore,
  batchStore,
  type PayTo,
  type Remittance,
  remittanceStore,
} from '../src/features/batches/index.js';
import { type BillDay, billDayStore, type BillDifference, billDifferenceStore } from '../src/features/bills/index.js';
import { type Pack, packHeadStore, packStore } from '../src/features/disclosure/index.js';
import { storedFileStore, type StoredFileDoc } from '../src/features/files/index.js';
import { type Block, blockStore } from '../src/features/journal/index.js';
import {
  ledgerAccountStore,
  ledgerHeadStore,
  ledgerStore,
  type LedgerTransaction,
} from '../src/features/ledger/index.js';
import { type Order, orderStore, type OutsideRefund } from '../src/features/orders/index.js';
import { type Project, projectStore, type Spend, spendStore } from '../src/features/projects/index.js';
import { type Receipt, receiptStore } from '../src/features/receipts/index.js';
import { strayPaymentStore } from '../src/features/settlement/index.js';
import { type Stock, stockStore } from '../src/features/stock/index.js';
import type { InvariantName } from './check.js';
import { type Form, anything, date, exactly, having, list, maybe, object, orNull, text, whole } from './form.js';

export interface Rule {
  readonly invariant: InvariantName;
  /** As the invariant's check calls it. */
  readonly subject: (id: string) => string;
  readonly form: Form;
}

const called =
  (noun: string) =>
  (id: string): string =>
    `${noun} ${id}`;

const totals = list(
  exactly<Batch['agreements'][number]>({
    ...{ key: text, name: text, matchCount: whole, matchedFen: whole, adjustmentCount: whole, adjustedFen: whole },
  }),
);

const batch = exactly<Batch>({
  ...{ _id: text, month: text, state: text, attempt: whole, makeKey: text, madeBy: text, madeAt: date },
  ...{ cutBlock: whole, lineCount: whole, amountFen: whole, pageRoots: list(text), root: text, contentHash: text },
  ...{ agreements: totals, counties: totals, products: totals, sums: list(object) },
  ...{ decidedBy: orNull(text), decidedAt: orNull(date), reason: orNull(text), seal: orNull(text) },
  payTo: maybe(orNull(exactly<PayTo>({ name: text, bankName: text, number: text }))),
});

const batchLine = exactly<BatchLine>({
  ...{ _id: text, batchId: text, seq: whole, matchId: text, entryHash: text, kind: text, agreementId: text },
  ...{ remittanceId: text, countyCode: text, productId: orNull(text), saleMonth: text, at: date, amountFen: whole },
  correctsId: orNull(text),
});

const remittance = exactly<Remittance>({
  ...{ _id: text, batchId: text, agreementId: text, agreementNumber: text, sponsorName: text, sponsorId: text },
  ...{ linesFen: whole, carriedInFen: whole, amountFen: whole, carriedOutFen: whole, receivedFen: whole },
  ...{ spentFen: whole, state: text, approvedAt: orNull(date), remittedDay: orNull(text), remittedAt: orNull(date) },
  ...{ receiptedAt: orNull(date), receiptId: orNull(text), disclosedAt: orNull(date), packId: orNull(text) },
});

const transaction = exactly<LedgerTransaction>({
  ...{ _id: text, seq: whole, sourceKey: text, kind: text, day: text, at: date, refs: object, by: text },
  postings: list(exactly<LedgerTransaction['postings'][number]>({ account: text, amountFen: whole })),
  ...{ correctsId: orNull(text), prevHash: text, hash: text },
});

const pack = exactly<Pack>({
  ...{ _id: text, state: text, from: text, until: text, correctsId: orNull(text), reason: orNull(text), json: text },
  ...{ hash: text, prevHash: text, faults: list(object), draftKey: text, draftedBy: text, draftedAt: date },
  ...{ seq: orNull(whole), publishKey: orNull(text), publishedBy: orNull(text), publishedAt: orNull(date) },
  seal: orNull(text),
});

const order = having<Order>({
  ...{ state: text, memberId: text, placedAt: date, totalFen: whole, refundedFen: whole, organisationId: text },
  paidBy: maybe(having<NonNullable<Order['paidBy']>>({ paymentId: text })),
  lines: list(having<Order['lines'][number]>({ lineId: text, productId: text, quantity: whole, paidFen: whole })),
  promises: list(
    having<Order['promises'][number]>({ agreementId: text, lineId: orNull(text), unitCount: whole, amountFen: whole }),
  ),
  refunds: list(
    having<Order['refunds'][number]>({
      ...{ state: text, amountFen: whole, outsideNumber: maybe(text) },
      lines: list(having<Order['refunds'][number]['lines'][number]>({ lineId: text, quantity: whole })),
    }),
  ),
  outsideRefunds: maybe(
    list(having<OutsideRefund>({ outsideId: text, paymentId: text, amountFen: orNull(whole), seenAt: date })),
  ),
  strayPaymentIds: maybe(list(text)),
});

const spend = having<Spend>({
  ...{ projectId: text, state: text, amountFen: whole, paidFen: whole, fileIds: list(text), ledgerId: orNull(text) },
  sources: list(having<Spend['sources'][number]>({ remittanceId: text, amountFen: whole })),
});

const posting = having<BankPosting>({
  ...{ accountId: text, newCount: whole, creditFen: whole, debitFen: whole, prints: text, matches: text },
});

const sums = exactly<LineSums>({ count: whole, inFen: whole, outFen: whole, restInFen: whole, restOutFen: whole });
const dayTotals = exactly<BankDayTotals>({
  ...{ _id: text, accountId: text, day: text, OPEN: sums, SUGGESTED: sums, MATCHED: sums, IGNORED: sums },
});

/** The form of what checks read, by collection: of what is sealed every field, of the rest what is counted with. */
export const FORMS: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [
    blockStore.name,
    {
      ...{ invariant: 'I7', subject: called('block') },
      form: exactly<Block>({
        ...{ _id: whole, entryIds: list(text), entryHashes: list(text), total: whole, root: text, prevHash: text },
        ...{ hash: text, sealedAt: date, resumeToken: anything },
      }),
    },
  ],
  [ledgerStore.name, { invariant: 'I11', subject: called('ledger'), form: transaction }],
  [
    ledgerHeadStore.name,
    { invariant: 'I11', subject: () => 'ledger head', form: exactly({ _id: text, seq: whole, hash: text }) },
  ],
  [
    ledgerAccountStore.name,
    { invariant: 'I11', subject: called('account'), form: exactly({ _id: text, balanceFen: whole }) },
  ],
  [batchStore.name, { invariant: 'I13', subject: called('batch'), form: batch }],
  [batchLineStore.name, { invariant: 'I13', subject: called('line'), form: batchLine }],
  [remittanceStore.name, { invariant: 'I13', subject: called('remittance'), form: remittance }],
  [packStore.name, { invariant: 'I14', subject: called('pack'), form: pack }],
  [
    packHeadStore.name,
    {
      invariant: 'I14',
      subject: () => 'pack head',
      form: exactly({ _id: text, seq: whole, packId: text, hash: text }),
    },
  ],
  [orderStore.name, { invariant: 'I5', subject: called('order'), form: order }],
  [
    strayPaymentStore.name,
    {
      ...{ invariant: 'I5', subject: called('payment') },
      form: having({ orderId: text, amountFen: whole, arrivedAt: date, doneAt: maybe(date) }),
    },
  ],
  [
    agreementStore.name,
    {
      ...{ invariant: 'I3', subject: called('agreement') },
      form: having<Agreement>({
        ...{ capFen: whole, monthlyCapFen: maybe(orNull(whole)), validFrom: date, validUntil: date },
        fileIds: maybe(list(text)),
        history: maybe(list(having<Agreement['history'][number]>({ contentHash: text }))),
      }),
    },
  ],
  [
    budgetStore.name,
    {
      ...{ invariant: 'I3', subject: called('agreement') },
      form: exactly<Budget>({ _id: text, capFen: whole, leftFen: whole }),
    },
  ],
  [
    stockStore.name,
    {
      ...{ invariant: 'I4', subject: called('product') },
      form: exactly<Stock>({ _id: text, suppliedCount: whole, leftCount: whole }),
    },
  ],
  [spendStore.name, { invariant: 'I16', subject: called('spend'), form: spend }],
  [
    projectStore.name,
    {
      ...{ invariant: 'I16', subject: called('project') },
      form: having<Project>({ spentFen: whole, budgetFen: whole }),
    },
  ],
  [
    receiptStore.name,
    {
      ...{ invariant: 'I16', subject: called('receipt') },
      form: having<Receipt>({ remittanceId: text, amountFen: whole, fileId: text, state: text }),
    },
  ],
  [
    storedFileStore.name,
    {
      ...{ invariant: 'I17', subject: called('file') },
      form: having<StoredFileDoc>({ bytesId: text, purpose: text, sizeBytes: whole, sha256: text }),
    },
  ],
  [bankPostingStore.name, { invariant: 'I15', subject: called('posting'), form: posting }],
  [
    bankTakenChunkStore.name,
    {
      ...{ invariant: 'I15', subject: called('chunk taken back') },
      form: having<BankTakenChunk>({ accountId: text, importId: text, posting, ledgerId: text }),
    },
  ],
  [
    bankChunkStore.name,
    { invariant: 'I15', subject: called('chunk'), form: having({ lines: text, duplicates: text }) },
  ],
  [
    bankLineStore.name,
    {
      ...{ invariant: 'I15', subject: called('bank line') },
      form: having({
        accountId: text,
        day: text,
        state: text,
        amountFen: whole,
        allocations: list(having({ amountFen: whole })),
      }),
    },
  ],
  [bankDayTotalsStore.name, { invariant: 'I15', subject: called('bank day'), form: dayTotals }],
  [billDayStore.name, { invariant: 'I12', subject: called('bill day'), form: having<BillDay>({ covers: list(text) }) }],
  [
    billDifferenceStore.name,
    {
      ...{ invariant: 'I12', subject: called('difference') },
      form: having<BillDifference>({ about: text, ourFen: whole, theirFen: whole }),
    },
  ],
]);
