import { shanghaiDay } from '../../kernel/shanghai.js';
import type { Entry } from '../journal/index.js';
import type { SalesFigures } from './sales.store.js';

export type SalesChange = { -readonly [K in keyof SalesFigures]: number } & { readonly memberIds: Set<string> };

/** What entries add to the sales of each product, each county and the zone. Keys in order, so that replays agree. */
export function salesChanges(
  entries: readonly Entry[],
): Record<'products' | 'counties' | 'zone', Map<string, SalesChange>> {
  const sums = {
    products: new Map<string, SalesChange>(),
    counties: new Map<string, SalesChange>(),
    zone: new Map<string, SalesChange>(),
  };
  for (const entry of entries) {
    if (entry.kind === 'completion') continue;
    const sign = entry.kind === 'purchase' ? 1 : -1;
    const zone = changeOf(sums.zone, 'zone', entry.memberId);
    zone.purchaseCount += entry.kind === 'purchase' ? 1 : entry.withdraws ? -1 : 0;
    zone.salesFen += entry.kind === 'purchase' ? entry.totalFen : -entry.amountFen;
    zone.matchedFen += sign * entry.matches.reduce((sum, match) => sum + match.amountFen, 0);
    for (const line of entry.lines) {
      for (const change of [
        changeOf(sums.products, line.productId, entry.memberId),
        changeOf(sums.counties, line.countyCode, entry.memberId),
      ]) {
        change.purchaseCount += entry.kind === 'purchase' ? 1 : 0;
        change.soldCount += sign * line.quantity;
        change.salesFen += sign * ('refundFen' in line ? line.refundFen : line.paidFen);
      }
      zone.soldCount += sign * line.quantity;
    }
    const counties = new Map(entry.lines.map((line) => [line.lineId, line]));
    for (const match of entry.matches) {
      const line = match.lineId === null ? entry.lines[0] : counties.get(match.lineId);
      if (!line) continue;
      changeOf(sums.products, line.productId, entry.memberId).matchedFen += sign * match.amountFen;
      changeOf(sums.counties, line.countyCode, entry.memberId).matchedFen += sign * match.amountFen;
    }
  }
  return { products: ordered(sums.products), counties: ordered(sums.counties), zone: sums.zone };
}

function changeOf(sums: Map<string, SalesChange>, key: string, memberId: string): SalesChange {
  const empty = { purchaseCount: 0, soldCount: 0, salesFen: 0, matchedFen: 0 };
  const change = sums.get(key) ?? { ...empty, memberIds: new Set<string>() };
  change.memberIds.add(memberId);
  sums.set(key, change);
  return change;
}

/**
 * Entries as they fall into days, each run with the day it counts for: days never go back, so an entry that was sealed
 * late counts for the day that had begun.
 */
export function runsByDay(entries: readonly Entry[], sinceDay: string): { day: string; entries: Entry[] }[] {
  const runs: { day: string; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const day = shanghaiDay(entry.at.getTime());
    const newest = runs.at(-1);
    if (newest && day <= newest.day) newest.entries.push(entry);
    else runs.push({ day: day < sinceDay ? sinceDay : day, entries: [entry] });
  }
  return runs;
}

function ordered(sums: Map<string, SalesChange>): Map<string, SalesChange> {
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
