import { shanghaiMonth } from '../../kernel/shanghai.js';
import type { Entry } from '../journal/index.js';

/** What a purchase kept of its money by the end of its own month: later refunds are not taken off, so it never moves. */
export interface KeptPurchase {
  readonly _id: string;
  readonly memberId: string;
  readonly month: string;
  readonly organisationPath: readonly string[];
  readonly keptFen: number;
  readonly keptMatchedFen: number;
}

export interface KeptChange {
  readonly keptFen: number;
  readonly keptMatchedFen: number;
}

export interface KeptMonthChange extends KeptChange {
  /** Members with something kept: more, or fewer. */
  readonly keptBuyerCount: number;
  readonly keptMatchedBuyerCount: number;
}

/**
 * What entries change of what is kept: by purchase (of refunds in the purchase's month), and by organisation and month.
 * `standing`: all purchases that these members made in these months before.
 */
export function keptChanges(
  standing: readonly KeptPurchase[],
  entries: readonly Entry[],
): { purchases: Map<string, KeptChange>; months: Map<string, KeptMonthChange> } {
  const after = new Map(standing.map((one) => [one._id, one]));
  const purchases = new Map<string, KeptChange>();
  for (const entry of entries) {
    if (entry.kind === 'completion') continue;
    const matchedFen = entry.matches.reduce((sum, match) => sum + match.amountFen, 0);
    if (entry.kind === 'purchase') {
      const organisationPath = [...entry.ancestorIds, entry.organisationId];
      const made = { _id: entry._id, memberId: entry.memberId, month: monthOf(entry), organisationPath };
      after.set(entry._id, { ...made, keptFen: entry.totalFen, keptMatchedFen: matchedFen });
      continue;
    }
    const kept = after.get(entry.reversesId);
    if (kept?.month !== monthOf(entry)) continue;
    const change = purchases.get(kept._id) ?? { keptFen: 0, keptMatchedFen: 0 };
    purchases.set(kept._id, {
      keptFen: change.keptFen - entry.amountFen,
      keptMatchedFen: change.keptMatchedFen - matchedFen,
    });
    after.set(kept._id, {
      ...kept,
      keptFen: kept.keptFen - entry.amountFen,
      keptMatchedFen: kept.keptMatchedFen - matchedFen,
    });
  }
  return { purchases, months: monthsBetween(sumsOf(standing), sumsOf([...after.values()])) };
}

function monthOf(entry: { readonly at: Date }): string {
  return shanghaiMonth(entry.at.getTime());
}

/** `organisationId|month` → member → what is kept. */
type Sums = Map<string, Map<string, KeptChange>>;

const NOTHING: KeptChange = { keptFen: 0, keptMatchedFen: 0 };

function sumsOf(purchases: readonly KeptPurchase[]): Sums {
  const sums: Sums = new Map();
  for (const { organisationPath, month, memberId, keptFen, keptMatchedFen } of purchases) {
    for (const organisationId of organisationPath) {
      const key = `${organisationId}|${month}`;
      const members = sums.get(key) ?? new Map<string, KeptChange>();
      sums.set(key, members);
      const sum = members.get(memberId) ?? NOTHING;
      members.set(memberId, {
        keptFen: sum.keptFen + keptFen,
        keptMatchedFen: sum.keptMatchedFen + keptMatchedFen,
      });
    }
  }
  return sums;
}

function monthsBetween(before: Sums, after: Sums): Map<string, KeptMonthChange> {
  const changes = new Map<string, KeptMonthChange>();
  for (const [key, members] of after) {
    let change: KeptMonthChange = { ...NOTHING, keptBuyerCount: 0, keptMatchedBuyerCount: 0 };
    for (const [memberId, now] of members) {
      const then = before.get(key)?.get(memberId) ?? NOTHING;
      change = {
        keptFen: change.keptFen + now.keptFen - then.keptFen,
        keptMatchedFen: change.keptMatchedFen + now.keptMatchedFen - then.keptMatchedFen,
        keptBuyerCount: change.keptBuyerCount + some(now.keptFen) - some(then.keptFen),
        keptMatchedBuyerCount: change.keptMatchedBuyerCount + some(now.keptMatchedFen) - some(then.keptMatchedFen),
      };
    }
    changes.set(key, change);
  }
  return changes;
}

function some(fen: number): 0 | 1 {
  return fen > 0 ? 1 : 0;
}
