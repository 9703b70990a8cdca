/**
 * Owns the donation receipts (公益事业捐赠票据) that the fund gave its sponsors: one that counts for each remittance, with its
 * number, check code and picture. The donor is the sponsor, never the buyer (rule 6).
 * Never gives a receipt by itself and never edits one: a wrong one is voided, and the right one names it.
 */
export { receiptFileReader } from './receipt-files.reads.js';
export type { ReceiptContent } from './receipts.rules.js';
export {
  readReceipt,
  readReceipts,
  readReceiptsOf,
  type Receipt,
  RECEIPT_STATES,
  receiptStore,
} from './receipts.store.js';
export { recordReceipt, type RecordReceiptInput } from './record-receipt.js';
export { voidReceipt, type VoidReceiptInput } from './void-receipt.js';
