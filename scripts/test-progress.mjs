// A reporter for jest beside its own: one line when a test file has ended, so that whoever waits sees how far the run is, and
// the same numbers in the file that AIXIN_TEST_PROGRESS names, so that a run which is ended early still tells what it ran.
import { writeFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, files: number, allFiles: number }} TestProgress */
/**
 * What jest has counted so far, as far as it is read here.
 * @typedef {object} JestCounts
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numRuntimeErrorTestSuites files that could not run at all
 * @property {number} numPassedTestSuites
 * @property {number} numFailedTestSuites
 * @property {number} numPendingTestSuites
 * @property {number} numTotalTestSuites
 */

export default class TestProgressReporter {
  /** The file is the parent's sign that the run is alive, from its first moment on. */
  onRunStart() {
    this.startedMs = Date.now();
    this.#keep({ passed: 0, failed: 0, files: 0, allFiles: 0 });
  }

  /**
   * @param {unknown} _test
   * @param {unknown} _result
   * @param {JestCounts} all
   */
  onTestResult(_test, _result, all) {
    const files = all.numPassedTestSuites + all.numFailedTestSuites + all.numPendingTestSuites;
    const progress = {
      passed: all.numPassedTests,
      failed: all.numFailedTests + all.numRuntimeErrorTestSuites,
      files,
      allFiles: all.numTotalTestSuites,
    };
    this.#keep(progress);
    process.stderr.write(`${progressLine(progress, Date.now() - (this.startedMs ?? Date.now()))}\n`);
  }

  /** @param {TestProgress} progress */
  #keep(progress) {
    const file = process.env['AIXIN_TEST_PROGRESS'];
    if (file) writeFileSync(file, JSON.stringify(progress));
  }
}

/**
 * Exported for its test: `   [12/160 files, 340 passed, 0 failed, 2 min 5 s]`.
 * @param {TestProgress} progress
 * @param {number} sinceMs
 */
export function progressLine({ passed, failed, files, allFiles }, sinceMs) {
  const seconds = Math.floor(sinceMs / 1000);
  const since = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `   [${files}/${allFiles} files, ${passed} passed, ${failed} failed, ${since}]`;
}
