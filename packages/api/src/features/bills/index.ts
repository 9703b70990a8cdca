/**
 * Owns the bills of payment providers: reads them, keeps their lines, holds each day against what the journal settled and
 * lists every fen that differs.
 * Never corrects a book, a bill or an order: a difference is explained by a person, or cured by what arrives later.
 */
export {
  type BillDay,
  billDayId,
  billDayStore,
  countCoveredDays,
  findDays as readBillDays,
  pageOfDays,
} from './bill-days.store.js';
export { type BillBack, billImportStore, type BillImport, importsOfDays } from './bill-imports.store.js';
export {
  type BillDifference,
  billDifferenceStore,
  countDifferences,
  type DayDifferences,
  type DifferenceFilter,
  type DifferencePosition,
  type DifferenceState,
  type Explanation,
  pageOfDifferences,
  sumDifferences,
} from './bill-differences.store.js';
export { BILL_KINDS, BILL_PROVIDERS, type BillKind, type BillProvider } from './bill-line.rules.js';
export {
  BILL_ROW_STATES,
  type BillRow,
  billRowStore,
  type BillRowState,
  pageOfRows,
  rowOf,
} from './bill-rows.store.js';
export { type BilledRefund, type BilledRefunds, billedRefunds } from './billed-refunds.js';
export { billJobs } from './bills.jobs.js';
export { type BillsOptions, billsOptions } from './bills.options.js';
export { billsProjection } from './bills.projection.js';
export { type BookedPayment, bookedPaymentStore } from './booked-payments.store.js';
export { askBillBack } from './ask-bill-back.js';
export { type BillLine } from './bill-line.rules.js';
export { compareDays } from './compare-days.js';
export {
  compareFlows,
  comparePayment,
  DIFFERENCE_PARTS,
  type DifferenceKind,
  type DifferencePart,
} from './compare.rules.js';
export { differenceText } from './difference-text.rules.js';
export { explainDifference } from './explain-difference.js';
export { type BillFetched, fetchBill } from './fetch-bill.js';
export { type BillImported, importBill } from './import-bill.js';
export { readBill } from './read-bill.js';
export { changeOf } from './row-change.rules.js';
export { takeBillBack } from './take-bill-back.js';
export { refundStateText } from './bill-state.rules.js';
export { moneyOfStray, type StrayMoney, type StrayReads, strayReads } from './stray-reads.js';
