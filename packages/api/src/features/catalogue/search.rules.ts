/**
 * How a typed text finds a product: Chinese anywhere in the words, pinyin from the start of a syllable (`lalarou`,
 * `rou`), initials anywhere in a word (`dbs`). All terms must be found. Pure; a scan of 10,000 products takes about a
 * millisecond, so there is no index to keep in step.
 */
export interface Haystack {
  /** Chinese words, lower case. */
  readonly words: string;
  /** All syllables run together, words divided by `/`. */
  readonly syllables: string;
  /** `1` where a syllable starts in `syllables`, else `0`. */
  readonly starts: string;
  /** First letters, words divided by `/`. */
  readonly initials: string;
}

/** Longer texts are cut: nobody types more, and each term costs a scan. */
export const MAX_QUERY_LENGTH = 60;
const MAX_TERMS = 8;

/** `pinyin` as `pinyinOf` writes it. */
export function haystackOf(texts: readonly string[], pinyin: string): Haystack {
  let syllables = '';
  let starts = '';
  let initials = '';
  for (const syllable of pinyin.split(' ')) {
    syllables += syllable;
    starts += '1'.padEnd(syllable.length, '0');
    initials += syllable.charAt(0);
  }
  return { words: texts.join('\n').toLowerCase(), syllables, starts, initials };
}

/** `大巴山fm 500` → `['大巴山', 'fm', '500']` */
export function searchTerms(text: string): string[] {
  const folded = text.slice(0, MAX_QUERY_LENGTH).normalize('NFKC').toLowerCase();
  return (folded.match(/[a-z0-9]+|[^\sa-z0-9\p{P}\p{S}]+/gu) ?? []).slice(0, MAX_TERMS);
}

export function matchesAll(haystack: Haystack, terms: readonly string[]): boolean {
  return terms.every((term) => matches(haystack, term));
}

function matches(haystack: Haystack, term: string): boolean {
  if (haystack.words.includes(term)) return true;
  if (!/^[a-z]/.test(term)) return false;
  return haystack.initials.includes(term) || startsAtSyllable(haystack, term);
}

function startsAtSyllable({ syllables, starts }: Haystack, term: string): boolean {
  for (let at = syllables.indexOf(term); at >= 0; at = syllables.indexOf(term, at + 1)) {
    if (starts.charAt(at) === '1') return true;
  }
  return false;
}
