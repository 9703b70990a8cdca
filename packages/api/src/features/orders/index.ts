/**
 * Owns the order from the basket to the end of its return window: what was bought, at which price, held or free, paid or
 * not, sent, received, asked back.
 * Never decides points, records or matches (settlement does), never believes a payment by itself, never edits what a
 * line froze at placement.
 */
export { cancelOrder } from './cancel-order.js';
export { confirmReceipt } from './confirm-receipt.js';
export { decideOutsideRefund, type OutsideRefundOfOrder } from './decide-outside-refund.js';
export { decideRefund } from './decide-refund.js';
export { escalateRefund } from './escalate-refund.js';
export { holdAgain, releaseHolds, takenByOrder } from './holds.js';
export { type OrderChange, orderChanges } from './order-changes.js';
export { type OrdersOptions, ordersOptions } from './orders.options.js';
export {
  MAX_PAGE as MAX_ORDERS_PAGE,
  type OrderPage,
  type OrderPosition,
  countMemberOrders,
  countSupplierOrders,
  readMemberOrders,
  readOrder,
  readOrders,
  readOrdersWithOpenRefunds,
  readOwnOrder,
  readSupplierOrders,
} from './orders.reads.js';
export {
  isSettled,
  orderIdOfNumber,
  orderRights,
  orderStateText,
  purchaseFacts,
  returnedQuantities,
} from './orders.rules.js';
export {
  type Order,
  type OrderLine,
  type OrderPromise,
  type OrderQueue,
  type OrderRefund,
  type OrderState,
  type OutsideRefund,
  type Parcel,
  type RefundLine,
  type RefundState,
  type ReturnKind,
  orderStore,
} from './orders.store.js';
export { appendOutsideRefund, readOrdersWithOutsideRefunds, writeOutsideAsRefund } from './outside-refunds.store.js';
export { closeAttempt, openAttempts } from './payment-attempts.js';
export { payOrder } from './pay-order.js';
export { type PlaceOrderInput, placeOrder } from './place-order.js';
export { type Placed, placementQueue } from './placement.js';
export type { Draft } from './placement.rules.js';
export { outsideAsRefund, type WantedPieces } from './refund-lines.rules.js';
export { writeRefund } from './refunds.store.js';
export { type RefundOfOrder, requestRefund } from './request-refund.js';
export { shipParcel } from './ship-parcel.js';
export { mayDecideRefund, waitsForDecision } from './supplier-rights.js';
