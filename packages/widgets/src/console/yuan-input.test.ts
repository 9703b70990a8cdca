import { describe, expect, it } from '@jest/globals';
import { parseYuan, yuanInput } from './yuan-input.js';

describe('an amount as it is typed', () => {
  it.each([
    ['1', 100],
    ['1.5', 150],
    ['0.05', 5],
    ['1,234.56', 123_456],
    [' ¥ 1 234 元', 123_400],
    ['１，２３４．５０', 123_450],
    ['１２。５', 1_250],
    ['-3.00', -300],
    ['−3', -300],
    ['-0', 0],
    ['9999999999999.99', 999_999_999_999_999],
  ])('%j is %d fen', (text, fen) => expect(parseYuan(text)).toBe(fen));

  it.each(['', '-', '.5', '1.', '1.234', '1e3', '12a', '1-2', '99999999999999', 'NaN', '1.2.3'])('%j is none', (text) =>
    expect(parseYuan(text)).toBeNull(),
  );

  it('comes back as it was typed, whatever the amount: no rounding anywhere', () => {
    for (let step = 0; step < 5_000; step += 1) {
      const fen = (step * 7_919 * 104_729) % 1_000_000_007;
      expect(parseYuan(yuanInput(fen))).toBe(fen);
      expect(parseYuan(yuanInput(-fen))).toBe(fen === 0 ? 0 : -fen);
    }
  });

  it('is empty where there is none', () => {
    expect([yuanInput(null), yuanInput(undefined), yuanInput(0)]).toEqual(['', '', '0.00']);
  });
});
