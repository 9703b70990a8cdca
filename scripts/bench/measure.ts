import type { BenchLine } from './bench-line.js';

/** One side of a comparison. `run` does one unit of work; it must be safe to have many under way. */
export interface Side {
  /** Makes what the next `count` units need, outside the measured time. */
  prepare(count: number): Promise<void>;
  run(): Promise<void>;
}

export interface Figures {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** Runs `count` units with so many in flight and gives their rate. */
async function slice(side: Side, load: { count: number; inFlight: number }, latenciesMs: number[]): Promise<number> {
  await side.prepare(load.count);
  let started = 0;
  const startMs = performance.now();
  const worker = async (): Promise<void> => {
    while (started < load.count) {
      started += 1;
      const beganMs = performance.now();
      await side.run();
      latenciesMs.push(performance.now() - beganMs);
    }
  };
  await Promise.all(Array.from({ length: load.inFlight }, worker));
  return performance.now() - startMs;
}

/** Few enough that the slowest side's first slice stays short; its rate then says how many fill a slice. */
const FIRST_COUNT = 128;

export interface Load {
  /** At most; where `endMs` comes first, fewer. */
  readonly rounds: number;
  readonly inFlight: number;
  readonly sliceMs: number;
  readonly warmUpRounds?: number;
  readonly leastCount?: number;
  /** By `performance.now()`: no round begins after it, once there are enough of them to tell something. */
  readonly endMs?: number;
}

/** Of each side, whatever the time is: one slice alone may be the machine's slow moment. */
const LEAST_ROUNDS = 2;

/**
 * Measures several sides in turn, slice by slice in one run, so that a slow minute of the machine hits all alike. Each
 * slice holds as many units as the side's rate so far fits into `sliceMs`; the first round only finds that rate.
 * `leastCount` is for sides whose units are slow.
 */
export async function interleave<Name extends string>(
  sides: Readonly<Record<Name, Side>>,
  load: Load,
): Promise<Record<Name, Figures>> {
  const names = Object.keys(sides) as Name[];
  const leastCount = load.leastCount ?? FIRST_COUNT;
  const warmUpRounds = load.warmUpRounds ?? WARM_UP_ROUNDS;
  const totals = new Map(
    names.map((name) => [name, { units: 0, ms: 0, count: leastCount, latenciesMs: [] as number[] }]),
  );
  for (let round = 0; round <= load.rounds; round += 1) {
    if (round >= warmUpRounds + LEAST_ROUNDS && performance.now() >= (load.endMs ?? Infinity)) break;
    for (const name of names) {
      const total = totals.get(name);
      if (!total) continue;
      const latenciesMs: number[] = [];
      const { count } = total;
      const ms = await slice(sides[name], { count, inFlight: load.inFlight }, latenciesMs);
      const fitting = Math.ceil((count / ms) * load.sliceMs);
      // At most four times the last count: the first, cold slice says little.
      total.count = Math.max(leastCount, Math.min(fitting, count * 4));
      if (round < warmUpRounds) continue;
      total.units += count;
      total.ms += ms;
      total.latenciesMs.push(...latenciesMs);
    }
  }
  const figures: Partial<Record<Name, Figures>> = {};
  for (const [name, { units, ms, latenciesMs }] of totals)
    figures[name] = { perSecond: (units / ms) * 1_000, latenciesMs };
  return figures as Record<Name, Figures>;
}

/** Code is compiled and caches are warm after these. */
const WARM_UP_ROUNDS = 2;

export function benchLine(input: {
  case: string;
  unit: string;
  subject: Figures;
  baseline: Figures;
  lost: number;
}): BenchLine {
  const sorted = [...input.subject.latenciesMs].sort((a, b) => a - b);
  const at = (share: number): number =>
    rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return {
    case: input.case,
    ratio: rounded(input.subject.perSecond / input.baseline.perSecond),
    subject: rounded(input.subject.perSecond),
    baseline: rounded(input.baseline.perSecond),
    unit: input.unit,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    lost: input.lost,
  };
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}
