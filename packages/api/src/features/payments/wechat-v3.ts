import { type Clock, systemClock } from '../../kernel/clock.js';
import { assertFen } from '../../kernel/fen.js';
import { systemRandom } from '../../kernel/ids.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import type { PaymentPort, PaymentState, Prepay, PrepayInput, RefundInput, RefundState } from './payment-port.js';
import {
  h5Answer,
  jsapiAnswer,
  nativeAnswer,
  paymentState,
  providerRefusal,
  readAnswer,
  readRefundAnswer,
  readTransaction,
} from './wechat-v3.answers.js';
import { downloadBill } from './wechat-v3.bills.js';
import { createWechatV3Client, type ProvenAnswer, unavailable, type WechatV3Client } from './wechat-v3.client.js';
import { readWechatV3Notice } from './wechat-v3.notice.js';
import { readWechatV3Keys, type WechatV3Keys, type WechatV3Options } from './wechat-v3.options.js';
import { jsapiParameters } from './wechat-v3.signing.js';

/** The provider's own bounds, in bytes of UTF-8: the stricter reading of a rule that does not name its unit. */
const MAX_DESCRIPTION_BYTES = 127;
const MAX_REASON_BYTES = 80;

interface Adapter {
  readonly options: WechatV3Options;
  readonly keys: WechatV3Keys;
  readonly clock: Clock;
  readonly client: WechatV3Client;
}

/** WeChat Pay API v3 for a merchant of its own (直连商户). Throws on options that cannot work. */
export function createWechatV3(options: WechatV3Options): PaymentPort {
  const keys = readWechatV3Keys(options);
  const clock = options.clock ?? systemClock;
  const client = createWechatV3Client(options, keys, clock, options.random ?? systemRandom);
  const adapter: Adapter = { options, keys, clock, client };
  return {
    provider: 'wechat-v3',
    prepay: (input) => prepay(adapter, input),
    query: (paymentId) => query(adapter, paymentId),
    close: (paymentId) => close(adapter, paymentId),
    refund: (input) => refund(adapter, input),
    queryRefund: (refundId) => queryRefund(adapter, refundId),
    downloadBill: (input) => downloadBill(client, input),
    readNotice: (input) =>
      readWechatV3Notice(input, { faultOf: client.ring.faultOf, apiV3Key: keys.apiV3Key }, options),
    check: () => check(client),
    stop: client.stop,
  };
}

async function prepay(adapter: Adapter, input: PrepayInput): Promise<Prepay | Refusal> {
  const { options, client, keys } = adapter;
  const refusal = checkPrepay(input, adapter.clock());
  if (refusal) return refusal;
  const answer = await client.call('POST', `/v3/pay/transactions/${input.scene.toLowerCase()}`, {
    appid: options.appid,
    mchid: options.mchid,
    description: cutBytes(input.description, MAX_DESCRIPTION_BYTES),
    out_trade_no: input.paymentId,
    time_expire: shanghaiInstant(input.expiresAtMs),
    notify_url: options.notifyUrl,
    amount: { total: input.amountFen, currency: 'CNY' },
    ...(input.scene === 'JSAPI' ? { payer: { openid: input.payerOpenId } } : {}),
    ...(input.scene === 'H5' ? { scene_info: { payer_client_ip: input.payerIp, h5_info: { type: 'Wap' } } } : {}),
  });
  if (isRefusal(answer)) return answer;
  if (input.scene === 'NATIVE') {
    const read = readAnswer(answer, nativeAnswer);
    return isRefusal(read) ? read : { scene: 'NATIVE', codeUrl: read.code_url };
  }
  if (input.scene === 'H5') {
    const read = readAnswer(answer, h5Answer);
    return isRefusal(read) ? read : { scene: 'H5', h5Url: read.h5_url };
  }
  const read = readAnswer(answer, jsapiAnswer);
  if (isRefusal(read)) return read;
  const signed = { prepayId: read.prepay_id, timestampSeconds: client.timestampSeconds(), nonce: client.nonce() };
  const parameters = await jsapiParameters({ appid: options.appid, ...signed }, keys.merchantPrivateKey);
  return { scene: 'JSAPI', parameters };
}

async function query({ options, client }: Adapter, paymentId: string): Promise<PaymentState | Refusal> {
  if (!isOurNumber(paymentId)) return badNumber('paymentId');
  const target = `/v3/pay/transactions/out-trade-no/${paymentId}?mchid=${options.mchid}`;
  const answer = await client.call('GET', target);
  if (isRefusal(answer)) return answer;
  const read = readTransaction(answer);
  if (isRefusal(read)) return read;
  // The answer is genuine; it must also be the answer to this question.
  if (read.out_trade_no !== paymentId || read.mchid !== options.mchid) return unavailable('other-payment');
  return paymentState(read);
}

async function close({ options, client }: Adapter, paymentId: string): Promise<null | Refusal> {
  if (!isOurNumber(paymentId)) return badNumber('paymentId');
  const path = `/v3/pay/transactions/out-trade-no/${paymentId}/close`;
  const answer = await client.call('POST', path, { mchid: options.mchid });
  if (isRefusal(answer)) return answer;
  if (answer.status < 300) return null;
  const refusal = providerRefusal(answer);
  return refusal.code === 'PAYMENT_CLOSED' ? null : refusal;
}

async function refund({ options, client }: Adapter, input: RefundInput): Promise<RefundState | Refusal> {
  const refusal = checkRefund(input);
  if (refusal) return refusal;
  const answer = await client.call('POST', '/v3/refund/domestic/refunds', {
    out_trade_no: input.paymentId,
    out_refund_no: input.refundId,
    reason: cutBytes(input.reason, MAX_REASON_BYTES),
    notify_url: options.notifyUrl,
    amount: { refund: input.amountFen, total: input.totalFen, currency: 'CNY' },
  });
  return isRefusal(answer) ? answer : readRefund(answer, input.refundId);
}

async function queryRefund({ client }: Adapter, refundId: string): Promise<RefundState | Refusal> {
  if (!isOurNumber(refundId)) return badNumber('refundId');
  const answer = await client.call('GET', `/v3/refund/domestic/refunds/${refundId}`);
  return isRefusal(answer) ? answer : readRefund(answer, refundId);
}

function readRefund(answer: ProvenAnswer, refundId: string): RefundState | Refusal {
  const read = readRefundAnswer(answer);
  return isRefusal(read) || read.refundId === refundId ? read : unavailable('other-refund');
}

/** The list of certificates is signed for and sealed: to get it, number, serial, key and secret must all be right. */
async function check({ ring }: WechatV3Client): Promise<null | Refusal> {
  const refused = await ring.refresh();
  return refused?.code === 'PAYMENT_CERTIFICATES_NONE' ? null : refused;
}

/** Letters and digits only: our numbers stand in a path. */
function isOurNumber(text: string): boolean {
  return /^[0-9A-Za-z]{6,32}$/.test(text);
}

function badNumber(path: string): Refusal {
  return refuse('PAYMENT_INPUT_INVALID', '单号应为 6 至 32 位字母或数字，请核对。', { path });
}

function checkPrepay(input: PrepayInput, nowMs: number): Refusal | null {
  if (!isOurNumber(input.paymentId)) return badNumber('paymentId');
  if (assertFen(input.amountFen) < 1)
    return refuse('PAYMENT_INPUT_INVALID', '付款金额至少为 1 分。', { path: 'amountFen' });
  if (input.expiresAtMs <= nowMs)
    return refuse('PAYMENT_CLOSED', '这次付款已经超时，请重新下单。', { path: 'expiresAtMs' });
  if (input.scene === 'JSAPI' && !input.payerOpenId) {
    return refuse('PAYMENT_INPUT_INVALID', '没有识别到您的微信身份，请从微信里重新打开。', { path: 'payerOpenId' });
  }
  if (input.scene === 'H5' && !input.payerIp) {
    return refuse('PAYMENT_INPUT_INVALID', '没有识别到您的网络地址，请换一种付款方式。', { path: 'payerIp' });
  }
  return null;
}

function checkRefund(input: RefundInput): Refusal | null {
  if (!isOurNumber(input.paymentId)) return badNumber('paymentId');
  if (!isOurNumber(input.refundId)) return badNumber('refundId');
  const amountFen = assertFen(input.amountFen);
  if (amountFen >= 1 && amountFen <= assertFen(input.totalFen, 'totalFen')) return null;
  return refuse('PAYMENT_INPUT_INVALID', '退款金额应大于 0，且不超过付款金额。', { path: 'amountFen' });
}

/** `2026-11-22T10:34:56+08:00`: the provider reads no fractions of a second. */
function shanghaiInstant(instantMs: number): string {
  return `${new Date(instantMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}

/** Whole characters only: half of one would be refused as bad UTF-8. */
function cutBytes(text: string, maxBytes: number): string {
  let lengthBytes = 0;
  let kept = '';
  for (const character of text) {
    lengthBytes += Buffer.byteLength(character);
    if (lengthBytes > maxBytes) break;
    kept += character;
  }
  return kept;
}
