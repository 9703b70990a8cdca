import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Catalogue, catalogue } from '../features/catalogue/index.js';
import type { Base } from '../kernel/context.js';
import { publicAnswers } from './public-answers.js';

let nowMs = 0;
let shelf = { version: 1 };
let base: Base;

beforeEach(() => {
  nowMs = 1_000_000;
  shelf = { version: 1 };
  base = { clock: () => nowMs } as Base;
  // Of the whole shelf, only its version decides here.
  catalogue.fill(base, shelf as Catalogue);
});

const type = 'application/json; charset=utf-8';
const bytes = Buffer.from('{"data":{}}');

describe('a public answer', () => {
  it('holds while the shelf is the same, and two seconds at most', () => {
    const answers = publicAnswers(base);
    expect(answers.get('front')).toBeUndefined();
    answers.keep('front', { bytes, type }, 1);
    nowMs += 1_999;
    expect(answers.get('front')?.bytes).toBe(bytes);
    nowMs += 1;
    expect(answers.get('front')).toBeUndefined();
  });

  it('is made anew by one request when the shelf changes; the others get the old one meanwhile', () => {
    const answers = publicAnswers(base);
    answers.keep('front', { bytes, type }, 1);
    shelf.version = 2;
    expect(answers.get('front')).toBeUndefined();
    expect(answers.get('front')?.bytes).toBe(bytes);
    const renewed = Buffer.from('{"data":{"new":1}}');
    answers.keep('front', { bytes: renewed, type }, 2);
    expect(answers.get('front')?.bytes).toBe(renewed);
  });

  it('is tried again by another when the one that renews it does not come back', () => {
    const answers = publicAnswers(base);
    answers.keep('front', { bytes, type }, 1);
    shelf.version = 2;
    expect(answers.get('front')).toBeUndefined();
    nowMs += 999;
    expect(answers.get('front')).toBeDefined();
    nowMs += 1;
    expect(answers.get('front')).toBeUndefined();
  });

  it('has the same name for the same bytes in every process', () => {
    const answers = publicAnswers(base);
    expect(answers.keep('a', { bytes, type }, 1).etag).toBe(
      answers.keep('b', { bytes: Buffer.from(bytes), type }, 9).etag,
    );
  });
});
