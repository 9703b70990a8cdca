import { describe, expect, it } from '@jest/globals';
import { outcomeOf } from './run-tests.js';
import { progressLine } from './test-progress.mjs';

const report = { numPassedTests: 12, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };

describe('what a test run amounts to', () => {
  it('is all right when nothing failed and jest agrees', () => {
    expect(outcomeOf(report, undefined, 0)).toEqual({ passed: 12, failed: 0, ok: true });
  });

  it('counts a suite that could not run as failed', () => {
    expect(outcomeOf({ ...report, numFailedTests: 1, numRuntimeErrorTestSuites: 2 }, undefined, 1)).toEqual({
      passed: 12,
      failed: 3,
      ok: false,
    });
  });

  it('is not all right when jest is unhappy for a reason of its own', () => {
    expect(outcomeOf(report, undefined, 1).ok).toBe(false);
  });

  it('is one failure when jest left no report', () => {
    expect(outcomeOf(undefined, undefined, 0)).toEqual({ passed: 0, failed: 1, ok: false });
  });

  it('counts what had run where jest was ended before its report', () => {
    const progress = { passed: 340, failed: 2, files: 12, allFiles: 160 };
    expect(outcomeOf(undefined, progress, 1)).toEqual({ passed: 340, failed: 3, ok: false });
  });
});

describe('the line that tells how far a run is', () => {
  it('counts files and tests, and the time in minutes once there are some', () => {
    const progress = { passed: 340, failed: 2, files: 12, allFiles: 160 };
    expect(progressLine(progress, 59_999)).toBe('   [12/160 files, 340 passed, 2 failed, 59 s]');
    expect(progressLine(progress, 125_000)).toBe('   [12/160 files, 340 passed, 2 failed, 2 min 5 s]');
  });
});
