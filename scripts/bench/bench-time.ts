/** A bench ends within a minute on a slow machine too, databases and processes included. */
const WHOLE_MS = 40_000;

/** `AIXIN_BENCH_FULL=1`: every bench takes all its rounds at their full length, which is minutes on a slow machine. */
export const isFullBench = process.env['AIXIN_BENCH_FULL'] === '1';

/**
 * The time of a bench, in equal shares for its cases: what a case leaves over is the next one's. Begun before its
 * databases start, which are a good part of it where the machine is slow. Gives the last moment of the case, by
 * `performance.now()`.
 */
export function benchTime(caseCount: number): (caseIndex: number) => number {
  const startMs = performance.now();
  return (caseIndex) => (isFullBench ? Infinity : startMs + (WHOLE_MS * (caseIndex + 1)) / caseCount);
}
