import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AGE_BUCKETS, ageBounds, bucketBetween, bucketOf } from './ageing.rules.js';

const at = (text: string): Date => new Date(`${text}+08:00`);
const NOW = at('2026-11-27T13:00').getTime();

describe('the age of what waits', () => {
  const bucket = (since: string): number => bucketOf(at(since), ageBounds(NOW));

  it.each([
    ['2026-11-27T12:59', 0],
    ['2026-11-20T00:00', 0],
    ['2026-11-19T23:59', 1],
    ['2026-10-28T00:00', 1],
    ['2026-10-27T23:59', 2],
    ['2026-08-29T00:00', 2],
    ['2026-08-28T23:59', 3],
    ['2020-01-01T00:00', 3],
  ])('since %s belongs to bucket %d: days change at midnight in Shanghai', (since, expected) => {
    expect(bucket(since)).toBe(expected);
  });

  it('lies within the bounds of its bucket, and of no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 86_400 }), (seconds) => {
        const bounds = ageBounds(NOW);
        const since = new Date(NOW - seconds * 1000);
        const within = AGE_BUCKETS.map((_, index) => bucketBetween(index, bounds)).map(
          (each) => each !== null && (!each.from || since >= each.from) && (!each.to || since < each.to),
        );
        expect(within.map((is, index) => (is ? index : -1)).filter((index) => index >= 0)).toEqual([
          bucketOf(since, bounds),
        ]);
      }),
    );
  });

  it('has no bucket beyond the last', () => {
    expect([-1, 4, 0.5].map((index) => bucketBetween(index, ageBounds(NOW)))).toEqual([null, null, null]);
  });
});
