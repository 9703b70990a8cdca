import { describe, expect, it } from '@jest/globals';
import { readAllPages } from './all-pages.js';

const pagesOf = (total: number, size: number) => {
  const asked: (string | null)[] = [];
  const read = (after: string | null) => {
    asked.push(after);
    const start = after === null ? 0 : Number(after);
    const rows = Array.from({ length: Math.min(size, total - start) }, (_, index) => start + index);
    return Promise.resolve({ rows, next: start + size < total ? String(start + size) : null });
  };
  return { asked, read };
};

describe('reading all pages', () => {
  it('reads to the end, in order, each page once', async () => {
    const { asked, read } = pagesOf(25, 10);
    await expect(readAllPages(read)).resolves.toEqual({ rows: Array.from({ length: 25 }, (_, i) => i), cut: false });
    expect(asked).toEqual([null, '10', '20']);
  });

  it('stops at the bound and says so', async () => {
    const { read } = pagesOf(25, 10);
    const { rows, cut } = await readAllPages(read, { maxRows: 15 });
    expect(rows).toHaveLength(15);
    expect(cut).toBe(true);
  });

  it('is not cut where the last page ends at the bound', async () => {
    const { read } = pagesOf(20, 10);
    expect((await readAllPages(read, { maxRows: 20 })).cut).toBe(false);
  });

  it('ends where a server promises more and gives nothing', async () => {
    const answer = await readAllPages(() => Promise.resolve({ rows: [], next: 'again' }));
    expect(answer).toEqual({ rows: [], cut: false });
  });
});
