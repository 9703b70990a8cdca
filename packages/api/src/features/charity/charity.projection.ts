import type { Entry, Projection, SealedEntries } from '../journal/index.js';
import { type FundChange, afterCompletion, afterRefund, fundChange, fundMonthId, matchesOf } from './charity.rules.js';
import { type MatchRecord, fundMonthStore, matchStore, readMatchesOfEntries } from './charity.store.js';

/** Writes each matched yuan as a document with its state, and the fund's sums by month, agreement and county. */
export const charityProjection: Projection = {
  name: 'charity',
  collections: [matchStore.name, fundMonthStore.name],
  async apply(base, sealed, session) {
    const before = await readMatchesOfEntries(base, earlierEntries(sealed.entries), session);
    const { made, changed, sums } = matchChanges(before, sealed);
    if (made.length > 0) await matchStore.collection(base).insertMany(made, { session });
    if (changed.length > 0) {
      const writes = changed.map((match) => ({ replaceOne: { filter: { _id: match._id }, replacement: match } }));
      await matchStore.collection(base).bulkWrite(writes, { session, ordered: true });
    }
    if (sums.length > 0) {
      const writes = sums.map(({ match, change }) => {
        const { month, agreementId, countyCode } = match;
        const update = { $inc: { ...change }, $setOnInsert: { month, agreementId, countyCode } };
        return { updateOne: { filter: { _id: fundMonthId(match) }, update, upsert: true } };
      });
      await fundMonthStore.collection(base).bulkWrite(writes, { session, ordered: true });
    }
  },
};

/** The purchases that refunds and completions speak of. */
function earlierEntries(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) => (entry.kind === 'purchase' ? [] : [purchaseOf(entry)]));
}

function purchaseOf(entry: Exclude<Entry, { kind: 'purchase' }>): string {
  return entry.kind === 'refund' ? entry.reversesId : entry.completesId;
}

interface SumChange {
  readonly match: MatchRecord;
  readonly change: FundChange;
}

/** The matches of one block, changed in memory in the order of the entries: what is to be written, once each. */
function matchChanges(
  stored: readonly MatchRecord[],
  { block, entries }: SealedEntries,
): { made: MatchRecord[]; changed: MatchRecord[]; sums: SumChange[] } {
  const before = new Map(stored.map((match) => [match._id, match]));
  const byPurchase = new Map<string, MatchRecord[]>();
  for (const match of stored) byPurchase.set(match.entryId, [...(byPurchase.get(match.entryId) ?? []), match]);
  for (const entry of entries) {
    if (entry.kind === 'purchase') {
      byPurchase.set(entry._id, matchesOf(entry, block));
      continue;
    }
    const matches = byPurchase.get(purchaseOf(entry)) ?? [];
    const after = matches.map((match) =>
      entry.kind === 'refund' ? afterRefund(match, entry, block) : afterCompletion(match, entry, block),
    );
    byPurchase.set(purchaseOf(entry), after);
  }
  const all = [...byPurchase.values()].flat();
  return {
    made: all.filter((match) => !before.has(match._id)),
    changed: all.filter((match) => before.has(match._id) && before.get(match._id) !== match),
    sums: sumChanges(all.map((match) => ({ match, change: fundChange(before.get(match._id) ?? null, match) }))),
  };
}

/** One change for each document of sums, in the order of their ids. */
function sumChanges(changes: readonly SumChange[]): SumChange[] {
  const sums = new Map<string, SumChange>();
  for (const { match, change } of changes) {
    const sum = sums.get(fundMonthId(match));
    if (!sum) sums.set(fundMonthId(match), { match, change });
    else for (const field of Object.keys(change) as (keyof FundChange)[]) sum.change[field] += change[field];
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}
