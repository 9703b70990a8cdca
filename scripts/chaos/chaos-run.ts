import type { Verdict } from '@aixin/api/checks';

/** One long form of a failure test. */
export interface ChaosRun {
  /** False when the time is over or somebody has had enough: end what is under way, check, and return. */
  goesOn(): boolean;
  say(line: string): void;
}

export type Chaos = (run: ChaosRun) => Promise<Verdict>;
