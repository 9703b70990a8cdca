/**
 * The heart: payment event in, journal entry out. Owns the moment in which a paid order becomes a help record, points
 * with their reasons and matched yuan, all in one document; and the refund that undoes exactly its share; and what
 * happens to money that came too late, twice, or in the wrong amount.
 * Never talks to a page, never counts totals (projections do), never believes a message that was not verified.
 */
export { askAboutPayments } from './ask-about-payments.js';
export { bookOutsideRefund } from './book-outside-refund.js';
export { closeExpiredOrders } from './close-expired.js';
export { completeOrders } from './complete-orders.js';
export { noteBilledRefunds } from './note-billed-refunds.js';
export { sendRefunds } from './send-refunds.js';
export { settlePayment, settlementQueue } from './settle-payment.js';
export { settleRefund } from './settle-refund.js';
export { settlementJobs } from './settlement.jobs.js';
export { type SettlementOptions, settlementOptions } from './settlement.options.js';
export type { PaymentPaid } from './settlement.rules.js';
export {
  readStraysBetween,
  readStraysOfPayments,
  type StrayPayment,
  strayPaymentStore,
} from './stray-payments.store.js';
export { readStuckWork, STUCK_QUEUES, type StuckQueue, type StuckWork } from './stuck-work.store.js';
export { takePaidNotice } from './take-paid-notice.js';
export { takeRefundNotice } from './take-refund-notice.js';
export { tryStuckNow } from './try-stuck-now.js';
