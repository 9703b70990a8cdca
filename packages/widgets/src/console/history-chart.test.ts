import { describe, expect, it } from '@jest/globals';
import { sinceFirst } from './history-chart.js';

const isEmpty = (value: number): boolean => value === 0;

describe('the months of a history', () => {
  it('begin with the first that has anything in it, and keep an empty one after that', () => {
    expect(sinceFirst([0, 0, 3, 0, 5], isEmpty)).toEqual([3, 0, 5]);
  });

  it('are twelve at most, the last', () => {
    const thirteen = Array.from({ length: 13 }, (_, index) => index + 1);
    expect(sinceFirst(thirteen, isEmpty)).toEqual(thirteen.slice(1));
  });

  it('are the last alone where there was nothing yet', () => {
    expect(sinceFirst([0, 0, 0], isEmpty)).toHaveLength(1);
    expect(sinceFirst([], isEmpty)).toEqual([]);
  });
});
