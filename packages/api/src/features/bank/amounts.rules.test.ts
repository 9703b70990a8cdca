import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, parseDay, parseFen } from './amounts.rules.js';

const wide = (text: string): string =>
  [...text].map((one) => (/[!-~]/.test(one) ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : one)).join('');
const yuan = (fen: number): string =>
  `${String(fen).padStart(3, '0').slice(0, -2)}.${String(fen).padStart(3, '0').slice(-2)}`;
const grouped = (fen: number): string => {
  const [whole = '', cents = ''] = yuan(fen).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
};
const fens = fc.integer({ min: 1, max: 999_999_999_999_999 });

describe('amounts', () => {
  it('come back as they were written, in every form, to the fen', () => {
    fc.assert(
      fc.property(fens, (fen) => {
        const plus = [
          yuan(fen),
          grouped(fen),
          `+${yuan(fen)}`,
          `¥${grouped(fen)}`,
          `￥ ${yuan(fen)}`,
          `${yuan(fen)}元`,
        ];
        const minus = [
          `-${yuan(fen)}`,
          `(${grouped(fen)})`,
          `${yuan(fen)}-`,
          `¥-${yuan(fen)}`,
          `（${wide(yuan(fen))}）`,
          `−${yuan(fen)}`,
        ];
        for (const text of [...plus, wide(grouped(fen)), `${yuan(fen)}00`, ` ${yuan(fen)}\t`])
          expect(parseFen(text)).toBe(fen);
        for (const text of minus) expect(parseFen(text)).toBe(-fen);
      }),
    );
  });

  it('are none where they could be read in two ways or would have to be rounded', () => {
    for (const text of [
      '1.235',
      '0.001',
      '1,5',
      '1,23,456',
      '12,34',
      '1.2.3',
      '--5',
      '(5',
      '1e3',
      '0x10',
      '一百',
      '5元整',
      '.',
      '1.',
    ]) {
      expect([text, parseFen(text)]).toEqual([text, undefined]);
    }
    expect(['', ' ', '-', '--'].map(parseFen)).toEqual([null, null, null, null]);
    expect(['0', '0.00', '-0.00'].map(parseFen)).toEqual([0, 0, 0]);
  });

  it('never throw and are always whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const fen = parseFen(text);
        expect(fen === null || fen === undefined || Number.isSafeInteger(fen)).toBe(true);
      }),
    );
  });
});

describe('days', () => {
  it('come back from every form that banks write', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          const [year, month, day] = iso.split('-').map(Number);
          const forms = [
            iso,
            iso.replaceAll('-', ''),
            iso.replaceAll('-', '/'),
            `${year}/${month}/${day}`,
            `${year}年${month}月${day}日`,
          ];
          for (const form of [
            ...forms,
            wide(iso),
            `${iso} 09:30:00`,
            `${iso}T09:30:00`,
            `${iso.replaceAll('-', '')}093000`,
          ]) {
            expect([form, parseDay(form)]).toEqual([form, iso]);
          }
        },
      ),
    );
  });

  it('are none where the calendar has no such day', () => {
    for (const text of [
      '20240230',
      '2023-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-1',
      '1/2/2024',
      '20241',
      '合计',
      '',
    ]) {
      expect([text, parseDay(text)]).toEqual([text, undefined]);
    }
  });
});

it('text keeps the bank’s words and loses what an export added', () => {
  expect(['="00123"', "'00123", ' 甲  乙 ', '甲\t\r\n乙', '重庆（集团）公司'].map(cleanText)).toEqual([
    '00123',
    '00123',
    '甲 乙',
    '甲 乙',
    '重庆（集团）公司',
  ]);
});
