/**
 * What is told of several persons at once is told of five or more (rule 1, rule 16): below that a sum, a count by
 * product, or what changed between two reads is one person's basket. See docs/decisions/0016-five-or-nothing.md.
 */
export const CROWD = 5;

/** Keeps the first five persons of a set: more need not be known to say that there are enough. */
export function joinCrowd(persons: readonly string[], joining: readonly string[]): string[] {
  return [...new Set([...persons, ...joining])].slice(0, CROWD);
}

export function isCrowd(persons: readonly string[]): boolean {
  return persons.length >= CROWD;
}

/** A public count moves by steps: 5, 10, 15 … 95, then by its first two digits: 127 → 120, 1,234 → 1,200. */
export function coarseCount(count: number): number {
  return stepDown(count, 5, 100);
}

/** Public money moves by steps of ¥100, from ¥10,000 on by its first two digits. */
export function coarseFen(amountFen: number): number {
  return stepDown(amountFen, 10_000, 1_000_000);
}

/** What is left on the shelf: the last pieces exactly, since a buyer needs them; more by its first digit: 37 → 30. */
export function coarseStock(count: number): number {
  if (count < 10) return count;
  const step = 10 ** (String(count).length - 1);
  return count - (count % step);
}

function stepDown(value: number, leastStep: number, fineBelow: number): number {
  if (value <= 0) return 0;
  const step = value < fineBelow ? leastStep : 10 ** (String(value).length - 2);
  return value - (value % step);
}
