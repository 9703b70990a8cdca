import { pinyin } from 'pinyin-pro';

/** Between the words of a product's pinyin: a match never runs over it. */
export const WORD_BREAK = '/';

/** `['老腊肉 柏枝熏制']` → `lao la rou / bai zhi xun zhi`: syllables without tones, ü as v, digits and Latin as they are. */
export function pinyinOf(texts: readonly string[]): string {
  const words = texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter(Boolean);
  return words.map(syllablesOf).join(` ${WORD_BREAK} `);
}

function syllablesOf(word: string): string {
  return pinyin(word, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join(' ');
}
