import { z } from 'zod';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import type { PaymentState, RefundState } from './payment-port.js';
import { type ProvenAnswer, unavailable } from './wechat-v3.client.js';
import { PAYMENT_WORDS, REFUND_WORDS, unknownState, wordRefusal } from './wechat-v3.words.rules.js';

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
  trade_state: z.enum(['NOTPAY', 'USERPAYING', 'ACCEPT', 'PAYERROR', 'CLOSED', 'REVOKED']),
});

/** Of an order query. */
const transaction = z.union([paid, notPaid]);

/** Where a payment stands. A word that is none of the known ones is told as such, before anything else is read. */
export function readTransaction(answer: ProvenAnswer): z.output<typeof transaction> | Refusal {
  return unknownWord(answer, 'trade_state', PAYMENT_WORDS) ?? readAnswer(answer, transaction);
}

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

const refundAnswer = z.object({
  refund_id: z.string().min(1),
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  status: z.enum(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL']),
  success_time: instantMs.optional(),
  amount: totalAmount.extend({ refund: fen }),
});

/** Where a refund stands, told with the same care. */
export function readRefundAnswer(answer: ProvenAnswer): RefundState | Refusal {
  const read = unknownWord(answer, 'status', REFUND_WORDS) ?? readAnswer(answer, refundAnswer);
  return isRefusal(read) ? read : refundState(read);
}

function unknownWord(answer: ProvenAnswer, field: string, words: object): Refusal | null {
  if (answer.status >= 300) return null;
  const read = z.object({ [field]: z.string() }).safeParse(answer.body);
  const word = read.success ? read.data[field] : undefined;
  return word === undefined || Object.hasOwn(words, word) ? null : unknownState(word);
}

function refundState(found: z.output<typeof refundAnswer>): RefundState {
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

export function providerRefusal(answer: ProvenAnswer): Refusal {
  const body = z.object({ code: z.string().max(64), message: z.string().default('') }).safeParse(answer.body);
  return wordRefusal(body.success ? body.data : { code: `HTTP_${answer.status}`, message: '' });
}
