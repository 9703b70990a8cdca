import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from './canonical.js';
import { brokenTextAt, isWholeText } from './text.js';

const HALVES = ['甲\ud800乙', '\udc00', '甲\udc00\ud800乙', '末\ud83d'];

describe('a text that enters', () => {
  it('is whole in every script, pairs of surrogates included', () => {
    expect(['', '甲乙', '𠮷野家', '😀', 'a\nb'].every(isWholeText)).toBe(true);
  });

  it.each([...HALVES, 'a\u0000b'])('is not whole with half a character or NUL: %j', (text) => {
    expect(isWholeText(text)).toBe(false);
    expect(brokenTextAt({ input: { lines: [{ note: '好' }, { note: text }] } })).toBe('input.lines.1.note');
    expect(brokenTextAt({ [text]: 1 })).not.toBeNull();
  });

  it('is looked for in a value of any depth without end', () => {
    expect(brokenTextAt({ a: [1, null, true, new Date(0), '好'] })).toBeNull();
    expect(brokenTextAt(JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`))).not.toBeNull();
  });
});

it.each(HALVES)('what is sealed holds no half of a character: %j', (text) => {
  expect(() => canonicalJson({ note: text })).toThrow(TypeError);
  expect(() => canonicalJson({ [text]: 1 })).toThrow(TypeError);
});
