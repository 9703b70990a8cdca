import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import type { Base } from '../../kernel/context.js';
import { addressKeys } from './address-keys.js';

/** An address as it lies in the database and in an order: AES-256-GCM, readable only with the zone's key. */
export interface SealedAddress {
  /** The entry of the owner's book that it was sealed from. */
  readonly addressId: string;
  readonly keyId: string;
  /** Base64 of 12 bytes of nonce, 16 bytes of tag, then the cipher text. */
  readonly box: string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function seal(base: Base, addressId: string, text: string): SealedAddress {
  const { keyId, key } = addressKeys(base).current;
  const nonce = base.random(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  // A box moved to another entry, or read with another key's name, does not open.
  cipher.setAAD(Buffer.from(`${addressId}|${keyId}`));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { addressId, keyId, box: Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64') };
}

/** Throws when the box was changed or its key is gone: both are the operator's trouble, not the person's. */
export function open(base: Base, sealed: SealedAddress): string {
  const { current, older } = addressKeys(base);
  const key = [current, ...older].find((one) => one.keyId === sealed.keyId);
  if (!key) throw new Error(`the address key ${sealed.keyId} is not among the zone's keys`);
  const box = Buffer.from(sealed.box, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key.key, box.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(`${sealed.addressId}|${sealed.keyId}`));
  decipher.setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

/**
 * Tells whether two requests said the same, without keeping what they said: a plain hash of a mobile number is found by
 * trying them all, one with the zone's key is not.
 */
export function keyedHash(base: Base, text: string): string {
  return createHmac('sha256', addressKeys(base).current.key).update(text).digest('base64');
}
