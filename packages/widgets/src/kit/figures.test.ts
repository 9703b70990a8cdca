import { describe, expect, it } from '@jest/globals';
import { dayText, monthText, when } from './dates.js';
import { bigCount, bigYuan, count, money, shortMoney, yuan } from './money.js';

describe('money', () => {
  it('writes fen as yuan, grouped, with a real minus', () => {
    expect([0, 5, 99, 100, 123456, 123456789012].map(yuan)).toEqual([
      '0.00',
      '0.05',
      '0.99',
      '1.00',
      '1,234.56',
      '1,234,567,890.12',
    ]);
    expect(money(-100)).toBe('−¥1.00');
    expect(count(-1204)).toBe('−1,204');
  });

  it('leaves .00 out where only the sum matters', () => {
    expect(shortMoney(5500)).toBe('¥55');
    expect(shortMoney(5550)).toBe('¥55.50');
    expect(shortMoney(10000)).toBe('¥100');
  });

  it('counts headlines in 万 and 亿, cut and never rounded up', () => {
    expect(bigCount(999_999)).toEqual({ figure: '999,999', unit: '' });
    expect(bigCount(1_000_000)).toEqual({ figure: '100', unit: '万' });
    expect(bigYuan(766_999_900)).toEqual({ figure: '766', unit: '万' });
    expect(bigCount(199_999_999)).toEqual({ figure: '1.9', unit: '亿' });
  });
});

describe('dates', () => {
  const noon = Date.parse('2026-11-22T04:00:00Z');

  it('are Shanghai dates wherever the reader is, as short as can be', () => {
    expect(when('2026-11-22T01:31:04Z', noon)).toBe('今天 09:31');
    expect(when('2026-11-21T15:59:00Z', noon)).toBe('昨天 23:59');
    expect(when('2026-11-21T16:00:00Z', noon)).toBe('今天 00:00');
    expect(when('2026-11-16T00:00:00Z', noon)).toBe('11-16 08:00');
    expect(when('2025-12-31T15:59:00Z', noon)).toBe('2025-12-31 23:59');
    expect(when('2025-12-31T16:00:00Z', noon)).toBe('01-01 00:00');
  });

  it('read days and months as people say them', () => {
    expect(dayText('2026-02-03')).toBe('2026 年 2 月 3 日');
    expect(monthText('2026-11')).toBe('2026 年 11 月');
  });
});
