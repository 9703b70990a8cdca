import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from './run-tests.js';

const report = { numPassedTests: 12, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };

describe('what a test run amounts to', () => {
  it('is all right when nothing failed and jest agrees', () => {
    expect(outcomeOf(report, 0)).toEqual({ passed: 12, failed: 0, ok: true });
  });

  it('counts a suite that could not run as failed', () => {
    expect(outcomeOf({ ...report, numFailedTests: 1, numRuntimeErrorTestSuites: 2 }, 1)).toEqual({
      passed: 12,
      failed: 3,
      ok: false,
    });
  });

  it('is not all right when jest is unhappy for a reason of its own', () => {
    expect(outcomeOf(report, 1).ok).toBe(false);
  });

  it('is one failure when jest left no report', () => {
    expect(outcomeOf(undefined, 0)).toEqual({ passed: 0, failed: 1, ok: false });
  });
});
