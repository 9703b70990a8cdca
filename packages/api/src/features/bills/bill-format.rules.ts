import type { BillKind, BillLine, BillProvider, LineFault } from './bill-line.rules.js';

/** A record of the file as the CSV parser gives it. */
export interface BillRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What a whole bill says of itself. */
export interface BillSummary {
  readonly provider: BillProvider;
  /** What it lists: a bill of successful payments says nothing of refunds. */
  readonly covers: readonly BillKind[];
  /** Days that it names by itself; empty when only its lines tell. */
  readonly days: readonly string[];
  /** Accounts at the provider that it may be of, by what it says itself; empty where it says nothing. */
  readonly merchantIds: readonly string[];
}

/**
 * One kind of bill, read record by record. `take` gives the line of a record, null for a heading or a total, or what is
 * wrong; `end` is asked after the last record and says what is missing.
 */
export interface BillReader {
  take(record: BillRecord): BillLine | LineFault | null;
  end(lastLine: number): BillSummary | LineFault;
}

/** Sums by name that a bill's last lines must agree with. */
export class Sums {
  readonly #sums = new Map<string, number>();

  add(name: string, value: number): void {
    this.#sums.set(name, (this.#sums.get(name) ?? 0) + value);
  }

  of(name: string): number {
    return this.#sums.get(name) ?? 0;
  }
}
