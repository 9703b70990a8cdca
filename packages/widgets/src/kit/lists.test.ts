import { describe, expect, it } from '@jest/globals';
import { lastIndexWhere, lastOf, sorted } from './lists.js';

describe('lists', () => {
  it('are put in order beside the given one', () => {
    const given = [3, 1, 2];
    expect(sorted(given, (one, other) => other - one)).toEqual([3, 2, 1]);
    expect(sorted(['b', 'a'])).toEqual(['a', 'b']);
    expect(given).toEqual([3, 1, 2]);
  });

  it('tell their last item, and the last that is wanted', () => {
    expect(lastOf([1, 2])).toBe(2);
    expect(lastOf([])).toBeUndefined();
    expect(lastIndexWhere([1, 5, 2, 7], (item) => item < 5)).toBe(2);
    expect(lastIndexWhere([7], (item) => item < 5)).toBe(-1);
    expect(lastIndexWhere([], () => true)).toBe(-1);
  });
});
