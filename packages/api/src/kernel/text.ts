/** Half of a surrogate pair, or NUL: what no text of a person or of another system holds. */
const BROKEN = /\p{Cs}|\0/u;

/**
 * Whether a text can be stored, hashed and sent as it stands. Half of a character (`\ud800`, as JSON may spell it) is
 * stored as U+FFFD, so that a hash over what was given would never again be the hash of what is there; NUL ends a text
 * for the database's patterns. Asked wherever text enters the zone.
 */
export function isWholeText(text: string): boolean {
  return !BROKEN.test(text);
}

/** Deeper than any message of a portal or provider; what is deeper is not whole. */
const DEEPEST = 64;

/**
 * Where in a value out of JSON a text is not whole: `input.lines.0.note`, or the empty path for the value itself; null
 * when all are whole, names of fields included. Dates and other objects of ours are passed over.
 */
export function brokenTextAt(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return isWholeText(value) ? null : '';
  if (typeof value !== 'object' || value === null || value instanceof Date) return null;
  if (depth >= DEEPEST) return '';
  for (const [key, one] of Object.entries(value)) {
    const below = isWholeText(key) ? brokenTextAt(one, depth + 1) : '';
    if (below !== null) return below === '' ? key : `${key}.${below}`;
  }
  return null;
}
