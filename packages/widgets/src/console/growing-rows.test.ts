import { describe, expect, it } from '@jest/globals';
import type { ReactiveControllerHost } from 'lit';
import { common } from '../texts/common.js';
import type { RowsPage } from './all-pages.js';
import { GrowingRows } from './growing-rows.js';

type Page = RowsPage<string>;
const FIRST: Page = { rows: ['a', 'b'], next: 'b' };
const OTHER: Page = { rows: ['x'], next: 'x' };

/** A list whose next pages come when the test says so. */
function list() {
  const asked: { after: string; come(page: Page): void; fail(): void }[] = [];
  let updates = 0;
  const host = { requestUpdate: () => (updates += 1) } as unknown as ReactiveControllerHost;
  const rows = new GrowingRows<string, Page>(
    host,
    (after) => new Promise((come, fail) => asked.push({ after, come, fail: () => fail(new TypeError('offline')) })),
  );
  return { asked, rows, updates: () => updates };
}

const says = (rows: GrowingRows<string, Page>, first: Page, text: string): boolean =>
  JSON.stringify(rows.foot(first)).includes(text);

describe('a list that grows', () => {
  it('is its first page with what was read on from it', async () => {
    const { rows, asked, updates } = list();
    expect(rows.all(FIRST)).toBe(FIRST);
    const more = rows.more(FIRST);
    expect(says(rows, FIRST, common.loading)).toBe(true);
    asked[0]?.come({ rows: ['c'], next: null });
    await more;
    expect(rows.all(FIRST)).toEqual({ rows: ['a', 'b', 'c'], next: null });
    expect(asked.map(({ after }) => after)).toEqual(['b']);
    expect(updates()).toBe(2);
    await rows.more(FIRST);
    expect(asked).toHaveLength(1);
  });

  it('asks once however often it is pressed', async () => {
    const { rows, asked } = list();
    const pressed = [rows.more(FIRST), rows.more(FIRST)];
    asked[0]?.come({ rows: ['c'], next: 'c' });
    await Promise.all(pressed);
    expect(asked).toHaveLength(1);
    expect(rows.all(FIRST).rows).toEqual(['a', 'b', 'c']);
  });

  it('does not show what was on its way for another filter, and is not held up by it', async () => {
    const { rows, asked } = list();
    const stale = rows.more(FIRST);
    expect(rows.all(OTHER)).toBe(OTHER);
    const more = rows.more(OTHER);
    asked[1]?.come({ rows: ['y'], next: null });
    asked[0]?.come({ rows: ['c'], next: null });
    await Promise.all([stale, more]);
    expect(rows.all(OTHER).rows).toEqual(['x', 'y']);
  });

  it('keeps its rows when the next do not come, says so, and tries again', async () => {
    const { rows, asked } = list();
    const failing = rows.more(FIRST);
    asked[0]?.fail();
    await failing;
    expect(rows.all(FIRST)).toBe(FIRST);
    expect(says(rows, FIRST, common.moreFailed)).toBe(true);
    const again = rows.more(FIRST);
    asked[1]?.come({ rows: ['c'], next: null });
    await again;
    expect(rows.all(FIRST).rows).toEqual(['a', 'b', 'c']);
    expect(says(rows, FIRST, common.moreFailed)).toBe(false);
  });
});
