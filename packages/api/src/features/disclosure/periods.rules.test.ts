import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '../../kernel/refusal.js';
import {
  addDays,
  addMonths,
  checkPeriod,
  daysLeft,
  deadlineAfter,
  instantsOf,
  monthsOf,
  nextPeriod,
  packIdOf,
  reminderStep,
} from './periods.rules.js';

const days = fc.integer({ min: 0, max: 40_000 }).map((count) => addDays('2020-01-01', count));
const codeOf = (value: unknown): string => (isRefusal(value) ? value.code : 'fine');

describe('a period of disclosure', () => {
  it('begins on the day after the last one, whatever the months', () => {
    expect(codeOf(checkPeriod({ from: '2026-10-01', until: '2026-10-31' }, '2026-09-30', '2026-11-27'))).toBe('fine');
    expect(codeOf(checkPeriod({ from: '2026-10-02', until: '2026-10-31' }, '2026-09-30', '2026-11-27'))).toBe(
      'PERIOD_GAP',
    );
    expect(codeOf(checkPeriod({ from: '2026-09-30', until: '2026-10-31' }, '2026-09-30', '2026-11-27'))).toBe(
      'PERIOD_GAP',
    );
  });

  it('is over before it is told: its last day is yesterday at the latest', () => {
    const ending = (until: string) => codeOf(checkPeriod({ from: '2026-10-01', until }, null, '2026-11-27'));
    expect([ending('2026-11-26'), ending('2026-11-27')]).toEqual(['fine', 'PERIOD_NOT_OVER']);
  });

  it('is three months long at most, and at least a day', () => {
    const ending = (until: string) => codeOf(checkPeriod({ from: '2026-01-01', until }, null, '2026-11-27'));
    expect([ending('2026-03-31'), ending('2026-04-01')]).toEqual(['fine', 'PERIOD_TOO_LONG']);
    expect([ending('2026-01-01'), ending('2025-12-31')]).toEqual(['fine', 'PERIOD_INVALID']);
  });

  it('is written in real days', () => {
    for (const wrong of ['2026-02-30', '2026-13-01', '26-01-01', '', '2026-1-1', '2026-01-01T00:00']) {
      expect(codeOf(checkPeriod({ from: wrong, until: '2026-03-01' }, null, '2026-11-27'))).toBe('PERIOD_INVALID');
      expect(codeOf(checkPeriod({ from: '2026-01-01', until: wrong }, null, '2026-11-27'))).toBe('PERIOD_INVALID');
    }
  });

  it('that the desk proposes can be disclosed, on any day', () => {
    fc.assert(
      fc.property(days, days, (from, today) => {
        const proposed = nextPeriod(from, today);
        if (proposed === null) expect(from >= today).toBe(true);
        else expect(checkPeriod(proposed, addDays(from, -1), today)).toEqual(proposed);
      }),
    );
    expect(nextPeriod('2026-07-01', '2026-11-27')).toEqual({ from: '2026-07-01', until: '2026-09-30' });
    expect(nextPeriod('2026-10-01', '2026-11-27')).toEqual({ from: '2026-10-01', until: '2026-10-31' });
    expect(nextPeriod('2026-11-10', '2026-11-27')).toEqual({ from: '2026-11-10', until: '2026-11-26' });
  });

  it('touches the months between its ends, and lasts from midnight to midnight in Shanghai', () => {
    expect(monthsOf({ from: '2026-11-30', until: '2027-02-27' })).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
    const { fromMs, endMs } = instantsOf({ from: '2026-07-01', until: '2026-09-30' });
    expect([new Date(fromMs).toISOString(), new Date(endMs).toISOString()]).toEqual([
      '2026-06-30T16:00:00.000Z',
      '2026-09-30T16:00:00.000Z',
    ]);
  });

  it('gives its pack a name that says it', () => {
    const period = { from: '2026-07-01', until: '2026-09-30' };
    expect([packIdOf(period), packIdOf(period, 2)]).toEqual(['GS20260701-20260930', 'GS20260701-20260930-G2']);
  });
});

describe('the deadline', () => {
  it('is three months after the last period’s end, also where the month is shorter', () => {
    expect(['2026-09-30', '2026-11-30', '2027-11-30', '2026-12-31'].map(deadlineAfter)).toEqual([
      '2026-12-31',
      '2027-02-28',
      '2028-02-29',
      '2027-03-31',
    ]);
  });

  it('is never passed by what the desk proposes in time', () => {
    fc.assert(
      fc.property(days, (lastUntil) => {
        const deadline = deadlineAfter(lastUntil);
        const proposed = nextPeriod(addDays(lastUntil, 1), deadline);
        expect(proposed && proposed.until < deadline).toBe(true);
      }),
    );
  });

  it('reminds 30, 14, 7 and 1 days before, and when it has passed', () => {
    const at = [31, 30, 29, 15, 14, 8, 7, 2, 1, 0, -1, -100].map(reminderStep);
    expect(at).toEqual([null, 30, 30, 30, 14, 14, 7, 7, 1, 1, 0, 0]);
  });

  it('counts the days that are left, and those that are over', () => {
    const left = (today: string): number => daysLeft('2026-12-31', today);
    expect([left('2026-12-01'), left('2026-12-31'), left('2027-01-02')]).toEqual([30, 0, -2]);
  });

  it('counts months as people do', () => {
    expect([addMonths('2026-01-31', 1), addMonths('2026-12-15', 1), addMonths('2028-02-29', 12)]).toEqual([
      '2026-02-28',
      '2027-01-15',
      '2029-02-28',
    ]);
  });
});
