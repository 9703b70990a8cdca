import { describe, expect, it } from '@jest/globals';
import { pinyinOf } from './pinyin.js';
import { MAX_QUERY_LENGTH, haystackOf, matchesAll, searchTerms } from './search.rules.js';
import { createTypoIndex } from './typo-index.js';

const words = ['大巴山百花蜂蜜', '城口县', '老巢土蜂 500克'];
const haystack = haystackOf(words, pinyinOf(['大巴山百花蜂蜜', '城口']));
const finds = (text: string): boolean => matchesAll(haystack, searchTerms(text));

describe('searching', () => {
  it('finds Chinese anywhere in the words', () => {
    expect(finds('蜂蜜')).toBe(true);
    expect(finds('百花')).toBe(true);
    expect(finds('城口县')).toBe(true);
    expect(finds('腊肉')).toBe(false);
  });

  it('finds pinyin from the start of a syllable only', () => {
    expect(finds('dabashan')).toBe(true);
    expect(finds('fengm')).toBe(true);
    expect(finds('abashan')).toBe(false);
  });

  it('never runs over the end of a word', () => {
    expect(finds('micheng')).toBe(false);
    expect(finds('fmck')).toBe(false);
  });

  it('finds initials', () => {
    expect(finds('dbs')).toBe(true);
    expect(finds('bhfm')).toBe(true);
    expect(finds('dbx')).toBe(false);
  });

  it('wants every term, in any script and width', () => {
    expect(finds('蜂蜜 chengkou')).toBe(true);
    expect(finds('大巴山fm')).toBe(true);
    expect(finds('ＤＢＳ ５００')).toBe(true);
    expect(finds('蜂蜜 fengjie')).toBe(false);
  });

  it('takes any text without harm', () => {
    expect(searchTerms('  。，!? (*)')).toEqual([]);
    expect(searchTerms('甲 '.repeat(500))).toHaveLength(8);
    expect(searchTerms('甲'.repeat(500))).toEqual(['甲'.repeat(MAX_QUERY_LENGTH)]);
  });
});

describe('the second try', () => {
  const index = createTypoIndex();
  index.put('meat', pinyinOf(['城口老腊肉 柏枝熏制']));
  index.put('honey', pinyinOf(['大巴山百花蜂蜜']));

  it('forgives one letter of the pinyin', () => {
    expect([...index.find(['lalarou'])]).toEqual(['meat']);
    expect([...index.find(['fenmi'])]).toEqual(['honey']);
  });

  it('hears the right sound in a wrong character', () => {
    expect([...index.find(['蜂密'])]).toEqual(['honey']);
  });

  it('does not guess at short or strange words', () => {
    expect(index.find(['xyz']).size).toBe(0);
    expect(index.find(['%%']).size).toBe(0);
  });

  it('forgets what was dropped and follows what was renamed', () => {
    const own = createTypoIndex();
    own.put('x', pinyinOf(['老腊肉']));
    own.put('x', pinyinOf(['脐橙']));
    expect(own.find(['laolarou']).size).toBe(0);
    own.drop('x');
    expect(own.find(['qicheng']).size).toBe(0);
  });
});
