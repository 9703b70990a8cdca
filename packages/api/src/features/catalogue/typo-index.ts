import MiniSearch from 'minisearch';
import { WORD_BREAK, pinyinOf } from './pinyin.js';

/**
 * The second try, asked only when a text finds nothing as typed: a slip of one letter in the pinyin (`lalarou` for
 * 老腊肉) or the right sound with the wrong character (蜂密 for 蜂蜜).
 */
export interface TypoIndex {
  put(id: string, pinyin: string): void;
  drop(id: string): void;
  /** Ids that sound like all of the terms. */
  find(terms: readonly string[]): Set<string>;
}

/** A word of fewer letters has too many neighbours at one slip. */
const SHORTEST_FUZZY = 5;
/** People leave out the front of a name (腊肉 for 老腊肉), so a word is also known by its last syllables. */
const LONGEST_TAIL_SYLLABLES = 6;

interface Sounds {
  readonly id: string;
  readonly sounds: string;
}

export function createTypoIndex(): TypoIndex {
  const index = new MiniSearch<Sounds>({
    fields: ['sounds'],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  });
  const drop = (id: string): void => {
    if (index.has(id)) index.discard(id);
  };
  return {
    put(id, pinyin) {
      drop(id);
      index.add({ id, sounds: tailsOf(pinyin).join(' ') });
    },
    drop,
    find(terms) {
      const sounds = terms.map((term) => pinyinOf([term]).replaceAll(/[^a-z0-9]/g, '')).filter(Boolean);
      if (sounds.length !== terms.length) return new Set();
      const found = index.search(sounds.join(' '), {
        combineWith: 'AND',
        prefix: (term) => term.length >= SHORTEST_FUZZY,
        fuzzy: (term) => (term.length >= SHORTEST_FUZZY ? 1 : false),
      });
      return new Set(found.map((one) => String(one.id)));
    },
  };
}

function tailsOf(pinyin: string): string[] {
  const tails: string[] = [];
  for (const word of pinyin.split(` ${WORD_BREAK} `)) {
    const syllables = word.split(' ');
    const longest = Math.min(LONGEST_TAIL_SYLLABLES, syllables.length);
    for (let count = Math.min(2, longest); count <= longest; count += 1) tails.push(syllables.slice(-count).join(''));
  }
  return tails;
}
