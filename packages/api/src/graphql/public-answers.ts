import { createHash } from 'node:crypto';
import type { Base } from '../kernel/context.js';
import { slot } from '../kernel/slot.js';
import { catalogue } from '../features/catalogue/index.js';

/** One answer as it goes over the wire. */
export interface PublicAnswer {
  readonly bytes: Buffer;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string | number>>;
}

interface Kept extends PublicAnswer {
  readonly version: number;
  readonly bornMs: number;
  /** When somebody went to make it anew; null while it is good. */
  renewedSinceMs: number | null;
}

/** The front page asks a few different things; searches push each other out. */
const MOST_ANSWERS = 500;
/** An answer's question is the key; a longer one is not worth keeping. */
const LONGEST_QUESTION = 8_192;
/** Figures of the zone are projected and not the catalogue's: they may be this old, and say so in `asOf`. */
const KEPT_MS = 2_000;
/** While one request makes an answer anew, the others get the old one; should it fail, the next tries after this. */
const RENEWAL_MS = 1_000;

export interface PublicAnswers {
  get(question: string): PublicAnswer | undefined;
  keep(question: string, made: { readonly bytes: Buffer; readonly type: string }, version: number): PublicAnswer;
  /** The state of the shelf that an answer made from now on shows, or a newer one. */
  version(): number;
}

/**
 * Answers of public operations, ready to be written: the question's bytes find them, before anything is parsed. They
 * hold while the shelf has not changed, and two seconds at most, plus the moment in which one request renews them.
 */
export const publicAnswers = slot<PublicAnswers>('public answers', (base: Base) => {
  const kept = new Map<string, Kept>();
  const version = (): number => catalogue(base).version;
  return {
    version,
    get(question) {
      const answer = kept.get(question);
      if (!answer) return undefined;
      const nowMs = base.clock();
      if (answer.version === version() && nowMs - answer.bornMs < KEPT_MS) return answer;
      // Of all that ask in this moment one makes the new answer: a busy front page is not made sixty times at once.
      if (answer.renewedSinceMs !== null && nowMs - answer.renewedSinceMs < RENEWAL_MS) return answer;
      answer.renewedSinceMs = nowMs;
      return undefined;
    },
    keep(question, { bytes, type }, shownVersion) {
      // Of the content alone, so that all processes give the same name to the same bytes.
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
      const headers = { 'content-type': type, 'content-length': bytes.length, 'cache-control': 'no-cache', etag };
      const answer: Kept = { bytes, etag, headers, version: shownVersion, bornMs: base.clock(), renewedSinceMs: null };
      if (question.length > LONGEST_QUESTION) return answer;
      if (kept.size >= MOST_ANSWERS) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
      kept.set(question, answer);
      return answer;
    },
  };
});
