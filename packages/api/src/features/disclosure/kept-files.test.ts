import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Heart, startHeart } from '../../../test/heart.js';
import { readPackFile } from './index.js';
import { publishLastMonth } from './testing/fund-books.js';

let heart: Heart;
beforeAll(async () => {
  heart = await startHeart('kept-files');
});
afterAll(() => heart.stop());

describe('a file that was laid out', () => {
  it('is kept, however many are asked for at once that are not there', async () => {
    const { base } = heart;
    const { _id } = await publishLastMonth(base);
    const first = await readPackFile(base, _id, 'json');
    expect(first?.bytes.length).toBeGreaterThan(0);
    const others = Array.from({ length: 60 }, (_, n) => readPackFile(base, `${_id}-G${n + 1}`, 'pdf'));
    expect(new Set(await Promise.all(others))).toEqual(new Set([null]));
    expect(await readPackFile(base, _id, 'json')).toBe(first);
    const [one, other] = await Promise.all([readPackFile(base, _id, 'xlsx'), readPackFile(base, _id, 'xlsx')]);
    expect(one).toBe(other);
  });
});
