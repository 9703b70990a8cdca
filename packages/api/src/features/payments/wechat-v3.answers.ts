import { z } from 'zod';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { PaymentState, RefundState } from './payment-port.js';
import { type ProvenAnswer, unavailable } from './wechat-v3.client.js';

/** RFC 3339 as the provider writes it: `2026-11-22T10:34:56+08:00`. */
export const instantMs = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const fen = z.int().min(0);

/** What is asked for is CNY; an amount in another currency is not an amount we know. */
export const totalAmount = z.object({ total: fen, currency: z.literal('CNY').default('CNY') });

export const nativeAnswer = z.object({ code_url: z.string().min(1) });
export const jsapiAnswer = z.object({ prepay_id: z.string().min(1) });
export const h5Answer = z.object({ h5_url: z.url() });

const paid = z.object({
  mchid: z.string(),
  appid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.enum(['SUCCESS', 'REFUND']),
  transaction_id: z.string().min(1),
  success_time: instantMs,
  amount: totalAmount,
});

const notPaid = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.enum(['NOTPAY', 'USERPAYING', 'PAYERROR', 'CLOSED', 'REVOKED']),
});

/** Of an order query, and (with `trade_state` SUCCESS) inside a payment notice. */
export const transaction = z.union([paid, notPaid]);

export function paymentState(found: z.output<typeof transaction>): PaymentState {
  const paymentId = found.out_trade_no;
  if (!('transaction_id' in found)) return { state: found.trade_state, paymentId };
  return {
    state: found.trade_state,
    paymentId,
    transactionId: found.transaction_id,
    amountFen: found.amount.total,
    paidAtMs: found.success_time,
  };
}

export const refundAnswer = z.object({
  refund_id: z.string().min(1),
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  status: z.enum(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL']),
  success_time: instantMs.optional(),
  amount: totalAmount.extend({ refund: fen }),
});

export function refundState(found: z.output<typeof refundAnswer>): RefundState {
  return {
    refundId: found.out_refund_no,
    paymentId: found.out_trade_no,
    providerRefundId: found.refund_id,
    state: found.status,
    amountFen: found.amount.refund,
    refundedAtMs: found.success_time ?? null,
  };
}

/** Reads a proven answer by its schema; a refusal of the provider, and an answer we cannot read, become ours. */
export function readAnswer<Schema extends z.ZodType>(answer: ProvenAnswer, schema: Schema): z.output<Schema> | Refusal {
  if (answer.status >= 300) return providerRefusal(answer);
  const read = schema.safeParse(answer.body);
  return read.success ? read.data : unavailable('unknown-answer');
}

/** The provider's code → our code and sentence. What is not here keeps the provider's code in `details`. */
const REFUSALS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  ORDERPAID: ['PAYMENT_ALREADY_PAID', '这笔款已经付过了，请刷新订单查看。'],
  ORDER_PAID: ['PAYMENT_ALREADY_PAID', '这笔款已经付过了，请刷新订单查看。'],
  ORDER_CLOSED: ['PAYMENT_CLOSED', '这次付款已经关闭，请重新发起付款。'],
  ORDERCLOSED: ['PAYMENT_CLOSED', '这次付款已经关闭，请重新发起付款。'],
  ORDER_NOT_EXIST: ['PAYMENT_UNKNOWN', '支付平台没有这笔付款，请重新发起付款。'],
  ORDERNOTEXIST: ['PAYMENT_UNKNOWN', '支付平台没有这笔付款，请重新发起付款。'],
  RESOURCE_NOT_EXISTS: ['PAYMENT_UNKNOWN', '支付平台没有这笔记录，请核对单号。'],
  OUT_TRADE_NO_USED: ['PAYMENT_ID_REUSED', '这个付款单号已经用过，请重新发起付款。'],
  NO_STATEMENT_EXIST: ['PAYMENT_BILL_NONE', '这一天没有交易，也没有账单。'],
  STATEMENT_CREATING: ['PAYMENT_BILL_NOT_READY', '账单还在生成，请在第二天 10 点以后再取。'],
  NOT_ENOUGH: ['PAYMENT_BALANCE_LOW', '商户账户余额不足，退款稍后会再次办理。'],
};

export function providerRefusal(answer: ProvenAnswer): Refusal {
  const body = z.object({ code: z.string().max(64), message: z.string().default('') }).safeParse(answer.body);
  const providerCode = body.success ? body.data.code : `HTTP_${answer.status}`;
  const known = Object.hasOwn(REFUSALS, providerCode) ? REFUSALS[providerCode] : undefined;
  const [code, message] = known ?? ['PAYMENT_REFUSED', '支付平台没有受理，请稍后再试，或联系平台运营。'];
  const providerMessage = body.success ? body.data.message.slice(0, 256) : '';
  return refuse(code, message, { details: { providerCode, providerMessage } });
}
