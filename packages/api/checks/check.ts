import type { Base } from '../src/kernel/context.js';
import type { Projection } from '../src/features/journal/index.js';

export const INVARIANTS = [
  'I1',
  'I2',
  'I3',
  'I4',
  'I5',
  'I6',
  'I7',
  'I8',
  'I9',
  'I10',
  'I11',
  'I12',
  'I13',
  'I14',
  'I15',
  'I16',
  'I17',
] as const;
export type InvariantName = (typeof INVARIANTS)[number];

/** Something that must hold and does not: what, where, and how it differs. Ids only, nothing personal. */
export interface Violation {
  readonly invariant: InvariantName;
  /** What it is about, as `product p-1` or `entry abc`. */
  readonly subject: string;
  readonly message: string;
}

/** What the checks look at: one instant of one database. */
export interface View {
  readonly base: Base;
  readonly projections: readonly Projection[];
  /** Block heads kept outside the database, newest last; null where none are kept. */
  readonly keptHeads: readonly { readonly block: number; readonly hash: string }[] | null;
  /** Orders that were acknowledged as settled, when the caller knows: each must stand exactly once (I8). */
  readonly acknowledgedOrderIds: readonly string[];
}

/** Collects violations of one check; a broken database does not fill the memory. */
export class Findings {
  readonly all: Violation[] = [];

  expect(holds: boolean, violation: Violation): void {
    if (!holds && this.all.length < MAX_FINDINGS) this.all.push(violation);
  }
}

const MAX_FINDINGS = 1_000;

/** Both the same moment, or both nothing. Whoever changed a document by hand may have left anything there. */
export function isSameInstant(a: unknown, b: unknown): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
}
