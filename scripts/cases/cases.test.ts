import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { runCases } from './run-cases.js';

const FOLDER = fileURLToPath(new URL('../../packages/api/test/cases/', import.meta.url));

describe('the cases of the outside world', () => {
  it('give their right answers, and each file of the folder belongs to one', async () => {
    const { judged, unknown } = await runCases(FOLDER);
    expect(unknown).toEqual([]);
    expect(judged.length).toBeGreaterThan(35);
    expect(judged.filter((one) => one.verdict === 'FAULT')).toEqual([]);
  });
});
