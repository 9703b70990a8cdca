/** One measured case: what `npm run bench` prints as one JSON object a line. */
export interface BenchLine {
  case: string;
  /** `subject ÷ baseline`: how many times the baseline's rate ours is. */
  ratio: number;
  /** The ratio that is aimed at, where one is. */
  wanted?: number;
  /** Our rate, in `unit`. */
  subject: number;
  /** The baseline's rate, in the same unit, measured in slices between ours. */
  baseline: number;
  /** What is counted, as `purchases/s`. */
  unit: string;
  /** Latency of one of ours, milliseconds. */
  p50Ms: number;
  p99Ms: number;
  /** Acknowledged but not found, or wrongly answered: must be 0. */
  lost: number;
  /** The most memory that our process held, MB, where it was measured. */
  peakRssMb?: number;
  /** Where the time of one of ours goes, milliseconds of processor time by part, where it was measured. */
  parts?: Readonly<Record<string, number>>;
}
