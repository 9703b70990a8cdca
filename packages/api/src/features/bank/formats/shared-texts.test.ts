import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SharedTexts } from './shared-texts.js';

function held(texts: readonly string[]): SharedTexts {
  const shared = new SharedTexts();
  for (const text of texts) shared.add(text);
  return shared;
}

describe('shared texts', () => {
  it('come back by their numbers as they were put in', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 50 }), (texts) => {
        const shared = held(texts);
        expect(texts.map((_text, index) => shared.at(index))).toEqual(texts);
      }),
    );
  });

  it('keep their numbers over many blocks and rooms', () => {
    const texts = Array.from({ length: 70_000 }, (_, n) => `${n} 一元捐 ${'长'.repeat(n % 100)}`);
    const shared = held(texts);
    expect(texts.findIndex((text, index) => shared.at(index) !== text)).toBe(-1);
  });

  it('give nothing for a number that no text has', () => {
    const shared = held(['一']);
    expect([shared.at(1), shared.at(-1), shared.at(Number.NaN), shared.at(0.5)]).toEqual(['', '', '', '']);
  });

  it('refuse a text that is longer than any cell', () => {
    expect(() => held(['长'.repeat(1_000_000)])).toThrow(RangeError);
  });
});
