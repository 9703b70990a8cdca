import type { Entry } from '../journal/index.js';
import type { Sales } from './sales.store.js';

type Change = { -readonly [K in keyof Omit<Sales, '_id'>]: number };

/** What entries add to the sales of each product, each county and the zone. Keys in order, so that replays agree. */
export function salesChanges(entries: readonly Entry[]): Record<'products' | 'counties' | 'zone', Map<string, Change>> {
  const sums = {
    products: new Map<string, Change>(),
    counties: new Map<string, Change>(),
    zone: new Map<string, Change>(),
  };
  for (const entry of entries) {
    if (entry.kind === 'completion') continue;
    const sign = entry.kind === 'purchase' ? 1 : -1;
    const zone = changeOf(sums.zone, 'zone');
    zone.purchaseCount += entry.kind === 'purchase' ? 1 : entry.withdraws ? -1 : 0;
    zone.salesFen += entry.kind === 'purchase' ? entry.totalFen : -entry.amountFen;
    zone.matchedFen += sign * entry.matches.reduce((sum, match) => sum + match.amountFen, 0);
    for (const line of entry.lines) {
      for (const change of [changeOf(sums.products, line.productId), changeOf(sums.counties, line.countyCode)]) {
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
      changeOf(sums.products, line.productId).matchedFen += sign * match.amountFen;
      changeOf(sums.counties, line.countyCode).matchedFen += sign * match.amountFen;
    }
  }
  return { products: ordered(sums.products), counties: ordered(sums.counties), zone: sums.zone };
}

function changeOf(sums: Map<string, Change>, key: string): Change {
  const change = sums.get(key) ?? { purchaseCount: 0, soldCount: 0, salesFen: 0, matchedFen: 0 };
  sums.set(key, change);
  return change;
}

function ordered(sums: Map<string, Change>): Map<string, Change> {
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
