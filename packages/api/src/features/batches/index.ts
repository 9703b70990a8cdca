/**
 * Owns the monthly batches of matched yuan and the remittances that sponsors owe for them: made by one person, approved by
 * another, frozen with a Merkle root. A match's way beyond ACCRUED is that of its remittance.
 * Never moves money: the bank's lines do, and the ledger says where it lies. Never changes a match: the journal does.
 */
export {
  type AgeBucket,
  type AgeingRow,
  readAgeing,
  readWaitingMatches,
  readWaitingRemittances,
} from './ageing.reads.js';
export { approveBatch } from './approve-batch.js';
export { type BatchDocument, batchDocument } from './batch-documents.js';
export { type BatchLine, batchLineStore, readBatchLines, readLinesOfMatches } from './batch-lines.store.js';
export { batchContentHash, batchSeal, dueFen, lineHash, PAGE_LINES, totalFen } from './batches.rules.js';
export {
  type Batch,
  BATCH_STATES,
  type BatchState,
  batchStore,
  type BatchTotal,
  readBatch,
  readBatches,
  type SaleMonthSum,
} from './batches.store.js';
export { readFundMatches, readStateSums, type StateSum, totalsByState } from './fund-matches.reads.js';
export { type MonthStanding, overall, readStandings } from './standings.reads.js';
export { makeBatch } from './make-batch.js';
export { type MatchPlace, readMatchPlaces } from './match-places.reads.js';
export { type MoneyReceived, receiveRemittances } from './receive-remittances.js';
export { type PayTo, payToPort, type PayToPort } from './pay-to.js';
export { rejectBatch } from './reject-batch.js';
export {
  markDisclosed,
  markReceipted,
  moveSpent,
  readReceiving,
  readRemittances,
  type ReceivingRemittance,
  type Remittance,
  REMITTANCE_STATES,
  type RemittanceFilter,
  remittanceStore,
  type RemittanceState,
} from './remittances.store.js';
