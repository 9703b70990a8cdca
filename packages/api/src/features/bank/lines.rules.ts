import type { LineFacts, NamedLine } from './matching.types.js';

/** A line that nothing certain is known of, and what it says. */
export interface Unresolved {
  readonly line: LineFacts;
  /** As found in the memo. */
  readonly references: readonly string[];
  /** Those of them that are remittances. */
  readonly known: readonly string[];
  /** Those of them that still wait for money and that nothing certain has taken. */
  readonly open: readonly { readonly remittanceId: string; readonly leftFen: number }[];
  /** A reference is written otherwise than it is kept. */
  readonly hasGaps: boolean;
  /** The sponsors that the counterparty is. */
  readonly sponsors: ReadonlySet<string>;
}

export function namedLine({ lineId, day, amountFen }: NamedLine): NamedLine {
  return { lineId, day, amountFen };
}

/** The one order in which lines are looked at, whatever order they came in. */
export function byDayAndId(a: NamedLine, b: NamedLine): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.lineId < b.lineId ? -1 : Number(a.lineId > b.lineId);
}
