import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Randomness comes in through the context, so that a test can own it. Gives `count` random bytes. */
export type RandomSource = (count: number) => Buffer;

export const systemRandom: RandomSource = (count) => randomBytes(count);

/** RFC 4648 base32 in lower case, the first `length` characters: alphanumeric, fit for a payment's out_trade_no. */
export function base32(bytes: Uint8Array, length: number): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 5 && text.length < length) {
      held -= 5;
      text += ALPHABET.charAt((bits >>> held) & 31);
    }
    bits &= 0xff;
  }
  if (text.length < length) throw new RangeError(`${bytes.length} bytes give no ${length} base32 characters`);
  return text;
}

/** A new id: 24 base32 characters, 120 random bits. */
export function newId(random: RandomSource): string {
  return base32(random(15), 24);
}

/**
 * The id that belongs to these parts and to no others: 24 base32 characters of a SHA-256. A command that derives its
 * document's `_id` from its idempotency key meets its own first run in the unique index of `_id`.
 */
export function derivedId(...parts: readonly string[]): string {
  // The length goes before each part: ('ab', 'c') and ('a', 'bc') must not meet.
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return base32(hash.digest(), 24);
}
