import { describe, expect, it } from '@jest/globals';
import { monthsToMake } from './batch-months.js';

describe('the months a batch may be made for', () => {
  it('are over, and come after the last approved one', () => {
    const batches = [
      { month: '2025-12', state: 'APPROVED' },
      { month: '2026-02', state: 'REJECTED' },
    ];
    expect(monthsToMake(batches, '2026-03-01')).toEqual(['2026-02', '2026-01']);
    expect(monthsToMake([{ month: '2026-02', state: 'APPROVED' }], '2026-03-31')).toEqual([]);
  });

  it('are twelve at most where none was approved, over the turn of the year', () => {
    const months = monthsToMake([], '2026-03-10');
    expect(months).toHaveLength(12);
    expect([months[0], months[2], months.at(-1)]).toEqual(['2026-02', '2025-12', '2025-03']);
  });
});
