import type { BillDifference, DifferenceState } from './bill-differences.store.js';
import type { Difference } from './compare.rules.js';

type Found = Difference & { readonly _id: string };

/**
 * What must be written so that the stored differences of a day are those that were found. What is no longer one is
 * resolved: it stays, with both sides equal. An explanation stands as long as its figures do.
 */
export function changedDifferences(input: {
  readonly found: readonly Found[];
  readonly stored: readonly BillDifference[];
  readonly now: Date;
}): BillDifference[] {
  const stored = new Map(input.stored.map((one) => [one._id, one]));
  const changed = input.found.flatMap((found) => {
    const before = stored.get(found._id);
    stored.delete(found._id);
    if (!before) return [madeFrom(found, input.now)];
    const state = stateAfter(before, found);
    const isSame = state === before.state && before.kind === found.kind && sameFigures(before, found);
    return isSame ? [] : [{ ...before, ...found, state }];
  });
  return [...changed, ...[...stored.values()].filter(isUncured).map(cured)];
}

function madeFrom(found: Found, now: Date): BillDifference {
  return { ...found, state: stateOf(found), reason: null, by: null, explanations: [], foundAt: now };
}

/** Two days that list each other's half need nobody. */
function stateOf(found: Difference): DifferenceState {
  return found.kind === 'TIMING' ? 'RESOLVED' : 'OPEN';
}

function stateAfter(before: BillDifference, found: Found): DifferenceState {
  const isExplained = before.state === 'EXPLAINED' && before.kind === found.kind && sameFigures(before, found);
  return isExplained ? 'EXPLAINED' : stateOf(found);
}

function sameFigures(a: Difference, b: Difference): boolean {
  return a.ourFen === b.ourFen && a.theirFen === b.theirFen && a.otherDay === b.otherDay && sameNames(a, b);
}

/** What is told beside the figures; differences of before it was kept say nothing of it. */
function sameNames(a: Difference, b: Difference): boolean {
  return a.orderId === b.orderId && (a.providerState ?? null) === (b.providerState ?? null);
}

function isUncured(one: BillDifference): boolean {
  return one.state !== 'RESOLVED' || one.ourFen !== one.theirFen;
}

/** The side that was missing has come, and says the same. */
function cured(one: BillDifference): BillDifference {
  const amountFen = one.kind === 'MISSING_THERE' ? one.ourFen : one.theirFen;
  return { ...one, ourFen: amountFen, theirFen: amountFen, otherDay: null, state: 'RESOLVED' };
}
