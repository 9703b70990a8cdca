import { z } from 'zod';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { brokenTextAt } from '../../kernel/text.js';
import type { NoticeInput, PaymentNotice } from './payment-port.js';
import { instantMs, totalAmount } from './wechat-v3.answers.js';
import { WECHAT_V3_VARIABLES } from './wechat-v3.options.js';
import { decryptResource, type SignatureFault } from './wechat-v3.signing.js';

const envelope = z.object({
  id: z.string().min(1).max(64),
  event_type: z.string(),
  resource_type: z.literal('encrypt-resource'),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string(),
    nonce: z.string(),
    associated_data: z.string().optional(),
  }),
});

const paidResource = z.object({
  mchid: z.string(),
  appid: z.string(),
  out_trade_no: z.string().min(1),
  transaction_id: z.string().min(1),
  trade_state: z.literal('SUCCESS'),
  success_time: instantMs,
  amount: totalAmount,
});

const refundResource = z.object({
  mchid: z.string(),
  out_trade_no: z.string().min(1),
  out_refund_no: z.string().min(1),
  refund_id: z.string().min(1),
  refund_status: z.enum(['SUCCESS', 'CLOSED', 'ABNORMAL']),
  success_time: instantMs.optional(),
  amount: z.object({ total: z.int().min(0), refund: z.int().min(0) }),
});

/** Whose signature it must be, and the secret that it is sealed with. */
interface NoticeKeys {
  faultOf(headers: NoticeInput['headers'], rawBody: Buffer, nowMs: number): Promise<SignatureFault | null>;
  readonly apiV3Key: Buffer;
}

interface Addressee {
  readonly mchid: string;
  readonly appid: string;
}

/**
 * From raw bytes to a notice one may believe. The order matters: nothing of the body is looked at before its signature
 * holds, and nothing of the resource before its tag does.
 */
export async function readWechatV3Notice(
  input: NoticeInput,
  keys: NoticeKeys,
  us: Addressee,
): Promise<PaymentNotice | Refusal> {
  const fault = await keys.faultOf(input.headers, input.rawBody, input.nowMs);
  if (fault) return forged(`signature-${fault}`);
  const outer = envelope.safeParse(parseJson(input.rawBody.toString('utf8')));
  if (!outer.success) return unreadable('envelope');
  const { id: noticeId, event_type: eventType, resource } = outer.data;
  const text = decryptResource(resource, keys.apiV3Key);
  // Signed by the provider, and not sealed with our secret: either it was forged with its key, or our secret is wrong.
  if (text === null) return forged('tag', { variable: WECHAT_V3_VARIABLES.apiV3Key });
  const content = parseJson(text);
  if (eventType === 'TRANSACTION.SUCCESS') return paidNotice(noticeId, content, us);
  if (eventType.startsWith('REFUND.')) return refundNotice(noticeId, eventType, content, us);
  return unreadable('event-type');
}

function paidNotice(noticeId: string, content: unknown, us: Addressee): PaymentNotice | Refusal {
  const read = paidResource.safeParse(content);
  if (!read.success) return unreadable('transaction');
  const { mchid, appid, ...found } = read.data;
  if (mchid !== us.mchid || appid !== us.appid) return forged('addressee');
  return {
    kind: 'paid',
    noticeId,
    paymentId: found.out_trade_no,
    transactionId: found.transaction_id,
    amountFen: found.amount.total,
    paidAtMs: found.success_time,
  };
}

function refundNotice(noticeId: string, eventType: string, content: unknown, us: Addressee): PaymentNotice | Refusal {
  const read = refundResource.safeParse(content);
  if (!read.success || eventType !== `REFUND.${read.data.refund_status}`) return unreadable('refund');
  // The provider names no appid in a refund.
  if (read.data.mchid !== us.mchid) return forged('addressee');
  return {
    kind: 'refund',
    noticeId,
    refundId: read.data.out_refund_no,
    paymentId: read.data.out_trade_no,
    providerRefundId: read.data.refund_id,
    state: read.data.refund_status,
    amountFen: read.data.amount.refund,
    refundedAtMs: read.data.success_time ?? null,
  };
}

function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    // Numbers of payments and the provider's words are kept and hashed: half of a character among them is no notice.
    return brokenTextAt(json) === null ? json : undefined;
  } catch {
    return undefined;
  }
}

function forged(reason: string, more: { variable?: string } = {}): Refusal {
  return refuse('PAYMENT_NOTICE_FORGED', '通知没有通过验证。', { details: { reason, ...more } });
}

function unreadable(reason: string): Refusal {
  return refuse('PAYMENT_NOTICE_UNREADABLE', '通知的内容无法识别。', { details: { reason } });
}
