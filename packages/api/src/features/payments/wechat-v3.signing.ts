import { type KeyObject, sign as signWithCallback, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { Aes, Formatter } from 'wechatpay-axios-plugin';
import type { JsapiParameters } from './payment-port.js';

/** The provider's rule: an answer or notice whose stamp is further than this from our clock is stale, or replayed. */
export const SIGNATURE_WINDOW_MS = 300_000;

/** How the signature of a probe (签名探测流量) begins; it is to be refused as any wrong one is, and sent well afterwards. */
const PROBE_SIGNATURE = 'WECHATPAY/SIGNTEST/';

const GCM_TAG_BYTES = 16;
const GCM_NONCE_BYTES = 12;

const sign = promisify(signWithCallback);

/** SHA256 with RSA (PKCS#1 v1.5), base64. Runs in libuv's threads: a quarter of a millisecond our loop does not wait. */
async function signText(text: string, privateKey: KeyObject): Promise<string> {
  return (await sign('sha256', Buffer.from(text, 'utf8'), privateKey)).toString('base64');
}

export interface RequestToSign {
  readonly method: 'GET' | 'POST';
  /** Path and query as sent, `/v3/…?mchid=…`. */
  readonly target: string;
  readonly body: string;
  readonly timestampSeconds: number;
  readonly nonce: string;
}

export interface Merchant {
  readonly mchid: string;
  readonly serial: string;
  readonly privateKey: KeyObject;
}

/** The value of our `Authorization` header. */
export async function authorization(request: RequestToSign, merchant: Merchant): Promise<string> {
  const { method, target, timestampSeconds, nonce, body } = request;
  const signature = await signText(
    Formatter.request(method, target, timestampSeconds, nonce, body),
    merchant.privateKey,
  );
  return Formatter.authorization(merchant.mchid, nonce, signature, timestampSeconds, merchant.serial);
}

/** What the buyer's page needs inside WeChat. The four signed lines are the official ones, each ended by a line feed. */
export async function jsapiParameters(
  input: { appid: string; prepayId: string; timestampSeconds: number; nonce: string },
  privateKey: KeyObject,
): Promise<JsapiParameters> {
  const parameters = {
    appId: input.appid,
    timeStamp: String(input.timestampSeconds),
    nonceStr: input.nonce,
    package: `prepay_id=${input.prepayId}`,
  };
  const { appId, timeStamp, nonceStr } = parameters;
  const text = Formatter.joinedByLineFeed(appId, timeStamp, nonceStr, parameters.package);
  return { ...parameters, signType: 'RSA', paySign: await signText(text, privateKey) };
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** `probe`: the provider tries whether we look at signatures at all, by one that it made wrong on purpose. */
export type SignatureFault = 'probe' | 'missing' | 'stale' | 'unknown-serial' | 'wrong';

/**
 * Whether the provider signed exactly these bytes, lately. The signature covers the raw bytes: decoding them to text
 * first (as the library's `Rsa.verify` invites) would let different bytes pass as one text.
 */
export function signatureFault(
  headers: Headers,
  rawBody: Buffer,
  nowMs: number,
  providerKeys: ReadonlyMap<string, KeyObject>,
): SignatureFault | null {
  const timestamp = headers['wechatpay-timestamp'];
  const nonce = headers['wechatpay-nonce'];
  const signature = headers['wechatpay-signature'];
  const serial = headers['wechatpay-serial'];
  if (typeof timestamp !== 'string' || typeof nonce !== 'string') return 'missing';
  if (typeof signature !== 'string' || typeof serial !== 'string') return 'missing';
  if (!/^\d{1,12}$/.test(timestamp)) return 'missing';
  if (signature.startsWith(PROBE_SIGNATURE)) return 'probe';
  if (Math.abs(nowMs - Number(timestamp) * 1000) > SIGNATURE_WINDOW_MS) return 'stale';
  const key = providerKeys.get(serial);
  if (!key) return 'unknown-serial';
  const bytes = strictBase64(signature);
  if (!bytes) return 'wrong';
  const signed = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`, 'utf8'), rawBody, Buffer.from('\n')]);
  return verify('sha256', signed, key, bytes) ? null : 'wrong';
}

/** Node skips what is not base64; a signature with other characters in it is not the one that was sent. */
function strictBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

export interface EncryptedResource {
  readonly ciphertext: string;
  readonly nonce: string;
  readonly associated_data?: string | undefined;
}

/** AES-256-GCM with the API v3 key. Null when the tag does not fit: nothing of the text is used then. */
export function decryptResource(resource: EncryptedResource, apiV3Key: Buffer): string | null {
  const bytes = strictBase64(resource.ciphertext);
  // The library takes whatever is left as the tag, and Node accepts tags of 4 to 15 bytes: a full one is required here.
  if (!bytes || bytes.length <= GCM_TAG_BYTES) return null;
  if (Buffer.byteLength(resource.nonce, 'utf8') !== GCM_NONCE_BYTES) return null;
  try {
    return Aes.AesGcm.decrypt(resource.ciphertext, apiV3Key, resource.nonce, resource.associated_data ?? '');
  } catch {
    return null;
  }
}
