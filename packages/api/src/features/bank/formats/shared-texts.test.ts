import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SharedTexts } from './shared-texts.js';

let folder: string;
let fileCount = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aixin-shared-texts-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function held<Seen>(texts: readonly string[], look: (shared: SharedTexts) => Seen): Seen {
  const shared = new SharedTexts(join(folder, `texts-${(fileCount += 1)}`));
  try {
    for (const text of texts) shared.add(text);
    return look(shared);
  } finally {
    shared.close();
  }
}

describe('shared texts', () => {
  it('come back by their numbers as they were put in', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 50 }), (texts) => {
        expect(held(texts, (shared) => texts.map((_text, index) => shared.at(index)))).toEqual(texts);
      }),
    );
  });

  it('are found over more blocks than are held in memory, in any order', () => {
    const texts = Array.from({ length: 200_000 }, (_, n) => `${n} 一元捐 ${'长'.repeat(n % 80)}`);
    const places = texts.map((_text, index) => (index * 7_919) % texts.length);
    const wrong = held(texts, (shared) => places.find((index) => shared.at(index) !== texts[index]));
    expect(wrong).toBeUndefined();
  });

  it('give nothing for a number that no text has', () => {
    const found = held(['一'], (shared) => [1, -1, Number.NaN, 0.5].map((index) => shared.at(index)));
    expect(found).toEqual([null, null, null, null]);
  });

  it('refuse a text that is longer than any cell', () => {
    expect(() => held(['长'.repeat(100_000)], () => null)).toThrow(RangeError);
  });
});
