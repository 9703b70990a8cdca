import { createCipheriv, randomBytes, randomUUID, sign, verify } from 'node:crypto';
import type { ProviderKeys } from './keys.js';

/**
 * The protocol as its documents tell it, from node:crypto alone: none of the merchant side's helpers, so that a mistake
 * there cannot hide behind the same mistake here.
 */

const WINDOW_SECONDS = 300;

export type SignedHeaders = Record<string, string>;

/** Signs `timestamp\nnonce\nbody\n` with the platform's key. The stamp is now unless a test forges an old one. */
export function signBody(
  body: string,
  keys: ProviderKeys,
  timestampSeconds = Math.floor(Date.now() / 1000),
): SignedHeaders {
  const nonce = randomUUID().replaceAll('-', '');
  const text = `${timestampSeconds}\n${nonce}\n${body}\n`;
  return {
    'Wechatpay-Timestamp': String(timestampSeconds),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': sign('sha256', Buffer.from(text, 'utf8'), keys.platformPrivateKeyObject).toString('base64'),
    'Wechatpay-Serial': keys.platformSerial,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

/** As the real provider tries whether a merchant looks at signatures: all is genuine but the signature itself. */
export function probeHeaders(headers: SignedHeaders): SignedHeaders {
  const signature = headers['Wechatpay-Signature'] ?? '';
  return { ...headers, 'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${signature.slice(19)}` };
}

/** Null when the merchant signed this very request, lately; else what is wrong with it. */
export function authorizationFault(
  request: { method: string; target: string; body: string; authorization: string | undefined },
  keys: ProviderKeys,
): string | null {
  const [scheme, rest] = splitOnce(request.authorization ?? '', ' ');
  if (scheme !== 'WECHATPAY2-SHA256-RSA2048')
    return 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》';
  const fields = new Map<string, string>();
  for (const [, name, value] of rest.matchAll(/(\w+)="([^"]*)"/g)) if (name && value) fields.set(name, value);
  const { mchid, serial, timestamp, nonce, signature } = {
    mchid: fields.get('mchid'),
    serial: fields.get('serial_no'),
    timestamp: fields.get('timestamp') ?? '',
    nonce: fields.get('nonce_str') ?? '',
    signature: fields.get('signature') ?? '',
  };
  if (mchid !== keys.mchid) return '商户号不存在';
  if (serial !== keys.merchantSerial) return '商户证书序列号有误';
  if (!/^\d+$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > WINDOW_SECONDS) {
    return 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟';
  }
  const text = `${request.method}\n${request.target}\n${timestamp}\n${nonce}\n${request.body}\n`;
  const fits = verify('sha256', Buffer.from(text), keys.merchantPublicKeyObject, Buffer.from(signature, 'base64'));
  return fits ? null : '签名错误，请检查后再试';
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

export interface EncryptedResource {
  readonly algorithm: 'AEAD_AES_256_GCM';
  readonly ciphertext: string;
  readonly nonce: string;
  readonly associated_data: string;
}

/** AES-256-GCM under the API v3 key; the tag follows the text, all in base64. */
export function encryptResource(text: string, associatedData: string, keys: ProviderKeys): EncryptedResource {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(keys.apiV3Key, 'utf8'), Buffer.from(nonce, 'utf8'));
  cipher.setAAD(Buffer.from(associatedData, 'utf8'));
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: bytes.toString('base64'),
    nonce,
    associated_data: associatedData,
  };
}

/** `2026-11-22T10:34:56+08:00` */
export function rfc3339(instantMs: number): string {
  return `${new Date(instantMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
