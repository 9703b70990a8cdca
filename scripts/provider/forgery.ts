import type { Notice } from './book.js';
import type { Forgery } from './faults.js';
import type { ProviderKeys } from './keys.js';
import { encryptResource, probeHeaders, rfc3339, signBody, type SignedHeaders } from './protocol.js';

export interface Parcel {
  readonly headers: SignedHeaders;
  readonly body: string;
}

/** A notice as it goes over the wire: signed anew at each sending, under the same id. */
export function packNotice(notice: Notice, keys: ProviderKeys): Parcel {
  const body = envelope(notice, notice.resource, keys);
  return { headers: signBody(body, keys), body };
}

/** The same notice, as somebody without the right keys, or with an old or foreign message, would send it. */
export function packForgery(notice: Notice, kind: Forgery, keys: ProviderKeys): Parcel {
  const genuine = packNotice(notice, keys);
  const { headers, body } = genuine;
  switch (kind) {
    case 'unsigned':
      return { headers: {}, body };
    case 'signature':
      return { body, headers: { ...headers, 'Wechatpay-Signature': alter(headers['Wechatpay-Signature'] ?? '') } };
    case 'probe':
      return { body, headers: probeHeaders(headers) };
    case 'serial':
      return { body, headers: { ...headers, 'Wechatpay-Serial': '5000000000000000000000000000000000000000' } };
    case 'body':
      return { headers, body: body.replace(notice.id, alter(notice.id)) };
    case 'timestamp':
      return { body, headers: signBody(body, keys, Math.floor(Date.now() / 1000) - 301) };
    case 'tag':
      return signed(envelope(notice, notice.resource, keys, alter), keys);
    case 'mchid':
      return signed(envelope(notice, { ...notice.resource, mchid: '1900000000' }, keys), keys);
    case 'appid':
      return signed(envelope(notice, { ...notice.resource, appid: 'wx0000000000000000' }, keys), keys);
    case 'amount':
      return signed(envelope(notice, { ...notice.resource, amount: oneMore(notice.resource['amount']) }, keys), keys);
  }
}

function signed(body: string, keys: ProviderKeys): Parcel {
  return { headers: signBody(body, keys), body };
}

function envelope(
  notice: Notice,
  resource: Readonly<Record<string, unknown>>,
  keys: ProviderKeys,
  spoil: (ciphertext: string) => string = (ciphertext) => ciphertext,
): string {
  const encrypted = encryptResource(JSON.stringify(resource), notice.originalType, keys);
  return JSON.stringify({
    id: notice.id,
    create_time: rfc3339(notice.createdAtMs),
    resource_type: 'encrypt-resource',
    event_type: notice.eventType,
    summary: notice.summary,
    resource: { original_type: notice.originalType, ...encrypted, ciphertext: spoil(encrypted.ciphertext) },
  });
}

/** Another text of the same length and alphabet. */
function alter(text: string): string {
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;
}

function oneMore(amount: unknown): Record<string, unknown> {
  const { total } = amount as { total: number };
  return { ...(amount as object), total: total + 1 };
}
