import { X509Certificate } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { applyForBill, billFile } from './bills.js';
import type { Payment } from './book.js';
import { type Desk, ProviderError } from './desk.js';
import type { ApiFault } from './faults.js';
import { closePayment, findPayment, prepay, transactionOf } from './payments.js';
import {
  authorizationFault,
  encryptResource,
  probeHeaders,
  rfc3339,
  signBody,
  type SignedHeaders,
} from './protocol.js';
import { findRefund, refund, refundAnswer } from './refunds.js';

export interface ApiRequest {
  readonly method: string;
  /** Path and query, as it came. */
  readonly target: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: SignedHeaders;
  /** Bytes: a file, which is not signed. */
  readonly body: string | Buffer;
}

const number = z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/);
const address = z
  .string()
  .max(256)
  .regex(/^https?:\/\/[^?]+$/);
const fen = z.int().min(1);

const prepayBody = z.object({
  appid: z.string(),
  mchid: z.string(),
  description: z.string().min(1).max(127),
  out_trade_no: number,
  time_expire: z.iso.datetime({ offset: true }).optional(),
  attach: z.string().max(128).default(''),
  notify_url: address,
  amount: z.object({ total: fen, currency: z.literal('CNY').default('CNY') }),
  payer: z.object({ openid: z.string().min(1).max(128) }).optional(),
  scene_info: z
    .object({ payer_client_ip: z.union([z.ipv4(), z.ipv6()]), h5_info: z.object({ type: z.string() }).optional() })
    .optional(),
});

const refundBody = z.object({
  out_trade_no: number,
  out_refund_no: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/),
  reason: z.string().max(80).optional(),
  notify_url: address.optional(),
  amount: z.object({ refund: fen, total: fen, currency: z.literal('CNY') }),
});

const TWO_HOURS_MS = 7_200_000;

interface Place {
  readonly desk: Desk;
  /** Where the pay page is. */
  readonly publicUrl: string;
  /** For refunds that name no address of their own. */
  readonly notifyUrl: string | undefined;
}

/** Null: the connection is dropped without an answer. */
export async function answerApi(place: Place, request: ApiRequest): Promise<ApiAnswer | null> {
  const { keys, faults } = place.desk;
  const denied = authorizationFault(request, keys);
  // An answer to an unknown sender is not signed.
  if (denied !== null) return { status: 401, headers: {}, body: errorBody('SIGN_ERROR', denied) };
  if (request.method === 'GET' && request.target.startsWith('/v3/billdownload/file?')) return download(place, request);
  const fault = faults.takeApiFault(outTradeNoOf(request));
  if (fault?.slowMs !== undefined) await sleep(fault.slowMs);
  let status = 200;
  let body = '';
  try {
    if (fault?.fail === 'system-error') throw new ProviderError(500, 'SYSTEM_ERROR', '系统异常，请稍后重试');
    if (fault?.fail === 'frequency') throw new ProviderError(429, 'FREQUENCY_LIMITED', '频率超限');
    refuseInWords(place, request);
    const content = route(place, request);
    if (content === undefined) status = 204;
    else body = JSON.stringify(content);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    status = error.status;
    body = errorBody(error.code, error.message);
  }
  return spoil(fault, { status, body, headers: signBody(body, keys) }, keys);
}

/** The fault `refuse`. */
function refuseInWords({ desk }: Place, request: ApiRequest): void {
  const refund = /\/refunds\/([^/?]+)/.exec(request.target)?.[1];
  const outTradeNo = refund === undefined ? outTradeNoOf(request) : desk.book.refunds.get(refund)?.outTradeNo;
  const wanted = desk.faults.of(outTradeNo).refuse;
  if (wanted?.call !== undefined && wanted.call === callOf(request)) {
    throw new ProviderError(wanted.status, wanted.code, wanted.message ?? '');
  }
}

function callOf({ method, target }: ApiRequest): string {
  if (target.startsWith('/v3/certificates')) return 'certificates';
  if (target.includes('/refund/')) return method === 'POST' ? 'refund' : 'query-refund';
  if (!target.includes('/pay/')) return '';
  if (method === 'GET') return 'query';
  return target.endsWith('/close') ? 'close' : 'prepay';
}

/** The file has no signature: the answer that named its address vouched for it. */
function download({ desk }: Place, { target }: ApiRequest): ApiAnswer {
  const token = new URL(target, 'http://provider').searchParams.get('token');
  return { status: 200, headers: {}, body: billFile(desk, token) };
}

async function spoil(
  fault: ApiFault | undefined,
  answer: ApiAnswer & { readonly body: string },
  keys: Desk['keys'],
): Promise<ApiAnswer | null> {
  const longAgoSeconds = Math.floor(Date.now() / 1000) - 301;
  switch (fault?.fail) {
    case 'hang':
      await sleep(60_000, undefined, { ref: false });
      return null;
    case 'hangup':
      return null;
    case 'unsigned':
      return { ...answer, headers: {} };
    case 'stale':
      return { ...answer, headers: signBody(answer.body, keys, longAgoSeconds) };
    case 'forged':
      return { ...answer, headers: signBody(`${answer.body} `, keys) };
    case 'probe':
      return { ...answer, headers: probeHeaders(answer.headers) };
    case 'garbage':
      return { status: 200, body: '<html>', headers: signBody('<html>', keys) };
    default:
      return answer;
  }
}

function route(place: Place, request: ApiRequest): object | undefined {
  const { desk } = place;
  const { pathname, searchParams } = new URL(request.target, 'http://provider');
  const [, version, area, ...rest] = pathname.split('/');
  if (version !== 'v3') throw notFound();
  const key = `${request.method} ${area}/${rest.slice(0, 2).join('/')}`;
  const last = rest[2] ?? '';
  if (key === 'GET pay/transactions/out-trade-no' && rest.length === 3) {
    requireMchid(desk, searchParams.get('mchid'));
    const { tradeState } = desk.faults.of(last);
    const found = transactionOf(desk, findPayment(desk, last));
    return tradeState === undefined ? found : { ...found, trade_state: tradeState };
  }
  if (key === 'POST pay/transactions/out-trade-no' && rest[3] === 'close') {
    requireMchid(desk, read(z.object({ mchid: z.string() }), request.body).mchid);
    closePayment(desk, last);
    return undefined;
  }
  if (request.method === 'POST' && area === 'pay' && rest.length === 2)
    return routePrepay(place, rest[1], request.body);
  if (key === 'POST refund/domestic/refunds') return routeRefund(place, request.body);
  if (key === 'GET refund/domestic/refunds' && rest.length === 3) return refundAnswer(desk, findRefund(desk, last));
  if (key === 'GET bill/tradebill') return applyForBill(desk, 'trade', searchParams, place.publicUrl);
  if (key === 'GET bill/fundflowbill') return applyForBill(desk, 'flow', searchParams, place.publicUrl);
  if (key === 'GET certificates/') return certificates(desk);
  throw notFound();
}

function routePrepay({ desk, publicUrl }: Place, product: string | undefined, text: string): object {
  const scene = product?.toUpperCase();
  if (scene !== 'NATIVE' && scene !== 'JSAPI' && scene !== 'H5') throw notFound();
  const body = read(prepayBody, text);
  requireMchid(desk, body.mchid);
  if (body.appid !== desk.keys.appid) throw new ProviderError(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配');
  if (scene === 'JSAPI' && !body.payer) throw new ProviderError(400, 'PARAM_ERROR', 'payer.openid 必填');
  if (scene === 'H5' && !body.scene_info?.h5_info) throw new ProviderError(400, 'PARAM_ERROR', 'scene_info 必填');
  const expiresAtMs = body.time_expire === undefined ? Date.now() + TWO_HOURS_MS : Date.parse(body.time_expire);
  if (expiresAtMs <= Date.now()) throw new ProviderError(400, 'PARAM_ERROR', 'time_expire 须晚于当前时间');
  const payment = prepay(desk, {
    outTradeNo: body.out_trade_no,
    scene,
    description: body.description,
    attach: body.attach,
    amountFen: body.amount.total,
    notifyUrl: body.notify_url,
    openId: body.payer?.openid ?? '',
    expiresAtMs,
  });
  if (scene === 'JSAPI') return { prepay_id: payment.prepayId };
  return scene === 'NATIVE' ? { code_url: codeUrl(payment) } : { h5_url: `${publicUrl}/pay/${payment.token}` };
}

export function codeUrl(payment: Payment): string {
  return `weixin://wxpay/bizpayurl?pr=${payment.token}`;
}

function routeRefund({ desk, notifyUrl }: Place, text: string): object {
  const body = read(refundBody, text);
  const made = refund(desk, {
    outRefundNo: body.out_refund_no,
    outTradeNo: body.out_trade_no,
    amountFen: body.amount.refund,
    totalFen: body.amount.total,
    notifyUrl: body.notify_url ?? notifyUrl ?? desk.book.payments.get(body.out_trade_no)?.notifyUrl ?? '',
  });
  return refundAnswer(desk, made);
}

function certificates(desk: Desk): object {
  const { keys } = desk;
  desk.counts.certificateReads += 1;
  return {
    data: [keys, ...(keys.otherPlatformKeys ?? [])].map(({ platformSerial, platformCertificate }) => {
      const { validFrom, validTo } = new X509Certificate(platformCertificate);
      return {
        serial_no: platformSerial,
        effective_time: rfc3339(Date.parse(validFrom)),
        expire_time: rfc3339(Date.parse(validTo)),
        encrypt_certificate: encryptResource(platformCertificate, 'certificate', keys),
      };
    }),
  };
}

function requireMchid({ keys }: Desk, mchid: string | null): void {
  if (mchid !== keys.mchid) throw new ProviderError(400, 'PARAM_ERROR', '商户号与签名不一致');
}

function read<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProviderError(400, 'PARAM_ERROR', '请求主体不是 JSON');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.join('/') ?? '';
  throw new ProviderError(400, 'PARAM_ERROR', `参数错误：/${path}`);
}

/** For faults of one payment: from the path, else from the body. */
function outTradeNoOf(request: ApiRequest): string | undefined {
  const inPath = /\/out-trade-no\/([^/?]+)/.exec(request.target)?.[1];
  return inPath ?? /"out_trade_no":"([^"]+)"/.exec(request.body)?.[1];
}

function notFound(): ProviderError {
  return new ProviderError(404, 'RESOURCE_NOT_EXISTS', '没有这个接口');
}

function errorBody(code: string, message: string): string {
  return JSON.stringify({ code, message });
}
