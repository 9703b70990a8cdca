import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { mainlandMobile, plainNumber, visibleLine } from './pasted.rules.js';

const pasted = readFileSync(new URL('../../test/cases/S4-mobile-numbers.txt', import.meta.url), 'utf8');

describe('a mobile number', () => {
  it.each(pasted.split('\n').filter((line) => line !== ''))('is read from %j', (line) => {
    expect(mainlandMobile(line)).toBe('13800138000');
  });

  it('is read whatever stands between its digits', () => {
    const between = fc.constantFrom('', ' ', '-', '\u200b', '\u202c', '－', '\u3000', '\u00a0');
    fc.assert(
      fc.property(fc.array(between, { minLength: 11, maxLength: 11 }), (gaps) => {
        const text = [...'13912345678'].map((digit, at) => `${gaps[at] ?? ''}${digit}`).join('');
        expect(mainlandMobile(text)).toBe('13912345678');
      }),
    );
  });

  it.each(['12800138000', '1380013800', '138001380000', '138****8000', '+1 380 013 8000', ''])(
    'is not made of %j',
    (text) => {
      expect(mainlandMobile(text)).toBeNull();
    },
  );
});

it('a line keeps what is read and loses what is not', () => {
  expect(visibleLine(' 张\u200b三\ufeff ')).toBe('张三');
  expect(visibleLine('人民路\r\n1 号\t501')).toBe('人民路 1 号 501');
  expect(plainNumber('6222 0201-1234 ５６７８')).toBe('6222020112345678');
});
