import { createHash } from 'node:crypto';

/** What may be hashed and sealed: JSON with integers, dates as instants. */
export type Json = string | number | boolean | null | Date | readonly Json[] | { readonly [key: string]: Json };

/**
 * One text for one value: keys sorted, no blanks, instants in ISO 8601, as RFC 8785 (JCS) writes it for the JSON we use
 * (integers, strings, booleans). A hash over it can be checked again by anyone, in any language.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return canonicalText(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`only whole numbers are sealed, not ${value}`);
    return String(value);
  }
  if (value instanceof Date) return `"${value.toISOString()}"`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`a ${typeof value} cannot be sealed`);
  const object = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(object).sort()) {
    if (object[key] !== undefined) text += `${text ? ',' : ''}${canonicalText(key)}:${canonicalJson(object[key])}`;
  }
  return `{${text}}`;
}

/** Half of a character is stored otherwise than it is hashed: nobody could check the seal again. */
function canonicalText(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new TypeError('half of a character cannot be sealed');
  return JSON.stringify(text);
}

/** SHA-256 in hex of the canonical text. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(value));
}

export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What a document's seal should be; null where it cannot even be written down canonically: it was changed by hand. */
export function sealedText(seal: () => string): string | null {
  try {
    return seal();
  } catch {
    return null;
  }
}
