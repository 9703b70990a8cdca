/**
 * The zone's rooms for the project's own scripts: seed, benchmarks, failure tests, checks. A portal uses `createZone`
 * from the package's front door and nothing from here.
 */
export { addressKeys, checkAddress, createAddressKeys, saveAddress } from './features/addresses/index.js';
export {
  type Agreement,
  type Budget,
  agreementOf,
  agreementStore,
  budgetStore,
  fullBudgets,
} from './features/agreements/index.js';
export {
  type Category,
  type Certificate,
  type CertificateKind,
  type County,
  type Picture,
  type PictureFacts,
  type Product,
  type Story,
  type Supplier,
  catalogue,
  categoryStore,
  countyStore,
  pictureStore,
  pinyinOf,
  productStore,
  storyStore,
  supplierStore,
} from './features/catalogue/index.js';
export {
  approveBatch,
  type BatchLine,
  batchLineStore,
  batchStore,
  lineHash,
  makeBatch,
  PAGE_LINES,
  readRemittances,
  type Remittance,
  remittanceStore,
} from './features/batches/index.js';
export {
  type BankLine,
  bankAccountStore,
  bankDayTotalsStore,
  bankImportStore,
  bankLineStore,
  bankPostingStore,
  type BankProfile,
  guessDelimiter,
  guessProfile,
  READY_PROFILES,
  readStatement,
  arrival,
  followTargets,
  ignoreLine,
  keysOf,
  matchLines,
  type LineFilter,
  noStates,
  addSums,
  postStatement,
  previewStatement,
  readDeskFigures,
  readDeskLines,
  readDeskTargets,
  readDeskTotals,
  rebuildBankTotals,
  rememberTargets,
  runPosting,
  runPreview,
  saveAccount,
  shownCounterparty,
  spendPort,
  StatementCheck,
  type StatementLine,
} from './features/bank/index.js';
export { draftPack, packStore, publishPack } from './features/disclosure/index.js';
export { hasGlyph, pagesPdf, printedText } from './features/exports/index.js';
export { saveFile } from './features/files/index.js';
export { ledgerAccountStore, ledgerStore, postLedger } from './features/ledger/index.js';
export {
  decideProject,
  decideSpend,
  fundSpends,
  projectHash,
  proposeProject,
  recordSpend,
  spendHash,
} from './features/projects/index.js';
export { recordReceipt } from './features/receipts/index.js';
export {
  billedRefunds,
  type BillLine,
  type BookedPayment,
  bookedPaymentStore,
  changeOf,
  compareFlows,
  comparePayment,
  importBill,
  readBill,
  rowOf,
  strayReads,
} from './features/bills/index.js';
export { matchStore } from './features/charity/index.js';
export {
  type Entry,
  type RebuildProgress,
  type Rebuilt,
  blockStore,
  journalStore,
  pipeline,
  pipelineOptions,
  rebuildProjections,
} from './features/journal/index.js';
export {
  type Draft,
  type Order,
  confirmReceipt,
  decideRefund,
  orderStore,
  placeOrder,
  placementQueue,
  requestRefund,
  shipParcel,
} from './features/orders/index.js';
export { priceOrder, purchaseFacts } from './features/orders/orders.rules.js';
export { proofText } from './features/proof/proof.rules.js';
export { loadPolicy, policyStore } from './features/policy/index.js';
export { importDirectory, portalOptions } from './features/portal/index.js';
export {
  completeOrders,
  noteBilledRefunds,
  readStraysBetween,
  readStraysOfPayments,
  settlePayment,
  settleRefund,
  settlementQueue,
} from './features/settlement/index.js';
export { type Stock, boughtTallyId, stockStore } from './features/stock/index.js';
export { type Member, type Organisation, memberStore, organisationStore } from './features/portal/portal.store.js';
export { systemClock } from './kernel/clock.js';
export { type Base, type Context, systemContext } from './kernel/context.js';
export { derivedId, newId, systemRandom } from './kernel/ids.js';
export { createLogger } from './kernel/logging.js';
export { createMerkleRange, merkleRoot } from './kernel/merkle.js';
export { isRefusal, type Refusal } from './kernel/refusal.js';
export { shanghaiDay, shanghaiMonth } from './kernel/shanghai.js';
export { ensureCollections } from './kernel/store.js';
export { inTransaction } from './kernel/transaction.js';
export { projections } from './projections.js';
