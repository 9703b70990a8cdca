import type { Base } from '../../kernel/context.js';
import { bankLineStore } from './bank.store.js';
import { pairsOf, searchText } from './line-keys.rules.js';
import { amountOfText } from './search-amount.rules.js';

/** How lines with a text are found. */
export interface LineSearch {
  readonly query: object;
  /** The index to go by, where one is best whatever else is asked. */
  readonly hint: Readonly<Record<string, 1>> | null;
}

/** Pairs of a text that are counted to find the rarest; a name seldom has more. */
const MOST_PROBED = 8;
/** A pair that stands in fewer lines is rare: all of them can be read and sorted at once. */
const RARE = 500;
const BY_PAIRS = { 'keys.pairs': 1, day: 1, lineNo: 1, _id: 1 } as const;
const LAST_CHARACTER = '\u{10ffff}';

/**
 * How to find the lines in which a text stands, in any part of a name: by the rarest pair of its characters. One character
 * alone is the beginning of pairs. What reads as an amount finds the lines of that amount, too.
 */
export async function searchFor(base: Base, text: string): Promise<LineSearch> {
  const word = searchText(text).trim();
  const words = { 'keys.words': { $regex: word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') } };
  const byWord = await pairSearch(base, word, words);
  const amountFen = amountOfText(word);
  if (amountFen === null) return byWord;
  return { query: { $or: [{ amountFen: { $in: [amountFen, -amountFen] } }, byWord.query] }, hint: null };
}

async function pairSearch(base: Base, word: string, words: object): Promise<LineSearch> {
  const pairs = pairsOf(word);
  const whole = pairs.filter((pair) => [...pair].length === 2).slice(0, MOST_PROBED);
  if (whole.length === 0) {
    const [character = ''] = pairs;
    const begins = { 'keys.pairs': { $gte: character, $lt: `${character}${LAST_CHARACTER}` } };
    const isRare = character !== '' && (await countUpTo(base, begins)) < RARE;
    // What stands nearly everywhere is found soonest by looking at the lines in their order.
    return isRare ? { query: { ...begins, ...words }, hint: BY_PAIRS } : { query: words, hint: null };
  }
  const counts = await Promise.all(whole.map((pair) => countUpTo(base, { 'keys.pairs': pair })));
  const rarest = whole[counts.indexOf(Math.min(...counts))];
  return { query: { 'keys.pairs': rarest, ...words }, hint: BY_PAIRS };
}

async function countUpTo(base: Base, query: object): Promise<number> {
  return bankLineStore.collection(base).countDocuments(query, { limit: RARE, hint: BY_PAIRS });
}
