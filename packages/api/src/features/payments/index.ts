/**
 * Payments: speaks to the payment provider.
 *
 * Owns the port (prepay, query, close, refund, notices) and its WeChat Pay v3 adapter: signatures, encryption, retries,
 * and the translation of the provider's words into ours. It never knows an order, never writes to the database, and
 * never decides what a payment means: it only says what the provider provably said.
 */
export { paymentPort } from './payment-port.js';
export type {
  JsapiParameters,
  NoticeInput,
  PaidNotice,
  PaymentNotice,
  PaymentPort,
  PaymentScene,
  PaymentState,
  Prepay,
  PrepayInput,
  RefundInput,
  RefundNotice,
  RefundState,
} from './payment-port.js';
