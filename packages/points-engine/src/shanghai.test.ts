import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shanghaiDay, shanghaiDayStartMs, shanghaiMonth, shanghaiWeekday } from './index.js';
import { shanghai } from './testing/fixtures.js';

const SECOND_MS = 1000;

describe('days and months in Shanghai', () => {
  it('begin at 16:00 UTC of the day before', () => {
    expect(shanghaiDay(Date.parse('2026-11-21T15:59:59.999Z'))).toBe('2026-11-21');
    expect(shanghaiDay(Date.parse('2026-11-21T16:00:00.000Z'))).toBe('2026-11-22');
    expect(shanghaiMonth(Date.parse('2026-08-31T15:59:59.999Z'))).toBe('2026-08');
    expect(shanghaiMonth(Date.parse('2026-08-31T16:00:00.000Z'))).toBe('2026-09');
  });

  it('agree with the calendar at year ends and leap days, also before 1970', () => {
    expect(shanghaiDay(shanghai('2024-02-29T12:00'))).toBe('2024-02-29');
    expect(shanghaiDay(shanghai('2026-12-31T23:59') + 60 * SECOND_MS)).toBe('2027-01-01');
    expect(shanghaiDay(shanghai('1969-03-01T00:00'))).toBe('1969-03-01');
    expect(shanghaiDay(shanghai('0099-12-31T00:00'))).toBe('0099-12-31');
  });

  it('agree with the platform for any instant from the year 0 to 9999', () => {
    const instants = fc.integer({ min: Date.parse('0000-01-02T00:00:00Z'), max: Date.parse('9999-12-30T00:00:00Z') });
    fc.assert(
      fc.property(instants, (instantMs) => {
        const local = new Date(instantMs + 8 * 3_600_000);
        expect(shanghaiDay(instantMs)).toBe(local.toISOString().slice(0, 10));
        expect(shanghaiDayStartMs(shanghaiDay(instantMs))).toBe(
          Math.floor(local.getTime() / 86_400_000) * 86_400_000 - 8 * 3_600_000,
        );
        expect(shanghaiWeekday(instantMs)).toBe(local.getUTCDay() === 0 ? 7 : local.getUTCDay());
      }),
    );
  });

  it('agree with the time zone data since daylight saving ended', () => {
    const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });
    fc.assert(
      fc.property(fc.integer({ min: shanghai('1992-01-01T00:00'), max: shanghai('2200-01-01T00:00') }), (instantMs) => {
        expect(shanghaiDay(instantMs)).toBe(format.format(instantMs));
      }),
    );
  });

  it('count weekdays from Monday, which is 1', () => {
    expect(shanghaiWeekday(shanghai('2026-11-23T00:00'))).toBe(1);
    expect(shanghaiWeekday(shanghai('2026-11-22T23:59'))).toBe(7);
    expect(shanghaiWeekday(shanghai('1969-12-29T00:00'))).toBe(1);
  });

  it('are read back from their text, and only real days are', () => {
    expect(shanghaiDayStartMs('2026-09-01')).toBe(shanghai('2026-09-01T00:00'));
    expect(shanghaiDayStartMs('2024-02-29')).toBe(shanghai('2024-02-29T00:00'));
    expect(shanghaiDayStartMs('2000-02-29')).toBe(shanghai('2000-02-29T00:00'));
    expect(shanghaiDayStartMs('2100-02-29')).toBeNull();
    expect(shanghaiDayStartMs('2100-03-01')).toBe(shanghai('2100-03-01T00:00'));
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-9-1', '2026-09-01T00:00', 'x2026-09-01', '']) {
      expect(shanghaiDayStartMs(text)).toBeNull();
    }
  });

  it('refuse an instant that is not whole milliseconds', () => {
    expect(() => shanghaiDay(1.5)).toThrow(RangeError);
    expect(() => shanghaiDay(Number.NaN)).toThrow('not an instant');
  });
});
