import { describe, expect, it } from '@jest/globals';
import { checkReason, hidesCharacters } from './command-input.js';

describe('a reason', () => {
  it('is kept without the blanks around it, its lines as they are', () => {
    expect(checkReason('  金额重复\r\n请更正\t。 ')).toBe('金额重复\n请更正 。');
  });

  it.each([
    ['', 'nothing'],
    [' \n ', 'blanks'],
    ['长'.repeat(201), 'too much'],
    ['退\u202e款', 'a mark that turns the direction'],
    ['退\u200b款', 'a character that nobody sees'],
    ['退\u0000款', 'a control'],
    ['退\ud800款', 'half of a character'],
    ['\u3164\u2800', 'characters that are blank'],
  ])('is refused at its field: %j (%s)', (given) => {
    expect(checkReason(given, 'gapReason')).toMatchObject({ code: 'REASON_INVALID', path: 'gapReason' });
  });
});

it('hidden characters are told from what is written in any script', () => {
  expect(['重庆市消费帮扶（一期）', 'Ω é 😀', '两\n行'].map(hidesCharacters)).toEqual([false, false, false]);
  expect(['a\u2028b', 'a\u2066b', 'a\ufeffb'].map(hidesCharacters)).toEqual([true, true, true]);
});
