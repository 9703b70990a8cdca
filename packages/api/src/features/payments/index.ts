/**
 * Payments: speaks to the payment provider.
 *
 * Owns the port (prepay, query, close, refund, notices) and its WeChat Pay v3 adapter: signatures, encryption, retries,
 * and the translation of the provider's words into ours. It never knows an order, never writes to the database, and
 * never decides what a payment means: it only says what the provider provably said.
 */
export { paymentPort } from './payment-port.js';
export type {
  BillInput,
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
export { tellRefusals } from './tell-refusals.js';
export { createWechatV3 } from './wechat-v3.js';
export { paymentMeaning, REFUND_WORDS, refundRefusal } from './wechat-v3.words.rules.js';
export { WECHAT_V3_VARIABLES, wechatV3OptionsFromEnv } from './wechat-v3.options.js';
export type { WechatV3Options } from './wechat-v3.options.js';
