import { shanghaiDay } from '../../kernel/shanghai.js';
import type { Entry, EntryLine } from '../journal/index.js';

/** What a day's entries of a block add to one organisation's month: dotted field → sum. */
export interface MonthChange {
  readonly organisationId: string;
  /** The ancestors of that day, the top first. */
  readonly ancestorIds: readonly string[];
  readonly day: string;
  readonly month: string;
  readonly changes: Readonly<Record<string, number>>;
}

/**
 * Sums up what entries add to the month in which they happened, for the organisation of the purchase's day and all
 * above it. A refund is counted in its own month: a closed month does not change (rule 8).
 */
export function monthChanges(entries: readonly Entry[]): MonthChange[] {
  const sums = new Map<string, MonthChange & { changes: Record<string, number> }>();
  for (const entry of entries) {
    if (entry.kind === 'completion') continue;
    const day = shanghaiDay(entry.at.getTime());
    const path = [...entry.ancestorIds, entry.organisationId];
    for (const [depth, organisationId] of path.entries()) {
      const ancestorIds = path.slice(0, depth);
      const key = JSON.stringify([organisationId, day, ancestorIds]);
      const sum = sums.get(key) ?? { organisationId, ancestorIds, day, month: day.slice(0, 7), changes: {} };
      sums.set(key, sum);
      for (const [field, count] of Object.entries(changesOf(entry)))
        sum.changes[field] = (sum.changes[field] ?? 0) + count;
    }
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}

function changesOf(entry: Exclude<Entry, { kind: 'completion' }>): Record<string, number> {
  const sign = entry.kind === 'purchase' ? 1 : -1;
  const purchaseCount = entry.kind === 'purchase' ? 1 : entry.withdraws ? -1 : 0;
  const salesFen = entry.kind === 'purchase' ? entry.totalFen : -entry.amountFen;
  const changes: Record<string, number> = {
    purchaseCount,
    salesFen,
    points: sign * entry.awards.reduce((sum, award) => sum + award.points, 0),
    matchedFen: sign * entry.matches.reduce((sum, match) => sum + match.amountFen, 0),
  };
  changes[`byChannel.${entry.channel}.purchaseCount`] = purchaseCount;
  changes[`byChannel.${entry.channel}.salesFen`] = salesFen;
  for (const line of entry.lines) {
    const lineFen = sign * lineAmountFen(line);
    // A purchase counts once for each line's county and category: the sums of lines, not of purchases.
    for (const dimension of [`byCounty.${line.countyCode}`, `byCategory.${line.categoryKey}`]) {
      changes[`${dimension}.salesFen`] = (changes[`${dimension}.salesFen`] ?? 0) + lineFen;
      changes[`${dimension}.purchaseCount`] =
        (changes[`${dimension}.purchaseCount`] ?? 0) + (entry.kind === 'purchase' ? 1 : 0);
    }
  }
  return changes;
}

function lineAmountFen(line: EntryLine & { readonly refundFen?: number }): number {
  return line.refundFen ?? line.paidFen;
}
