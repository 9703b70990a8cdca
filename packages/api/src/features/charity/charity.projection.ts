import type { Entry, Projection } from '../journal/index.js';
import { type FundChange, afterCompletion, afterRefund, fundChange, fundMonthId, matchesOf } from './charity.rules.js';
import { type MatchRecord, fundMonthStore, matchStore, readMatchesOfEntries } from './charity.store.js';

/** Writes each matched yuan as a document with its state, and the fund's sums by month, agreement and county. */
export const charityProjection: Projection = {
  name: 'charity',
  collections: [matchStore.name, fundMonthStore.name],
  async apply(base, entries, session) {
    const changes = new MatchChanges(await readMatchesOfEntries(base, earlierEntries(entries), session));
    for (const entry of entries) changes.take(entry);
    const { made, changed, sums } = changes.result();
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
  return entries.flatMap((entry) => {
    if (entry.kind === 'refund') return [entry.reversesId];
    return entry.kind === 'completion' ? [entry.completesId] : [];
  });
}

/** The matches of one block, changed in memory in the order of the entries, then written once. */
class MatchChanges {
  readonly #before: ReadonlyMap<string, MatchRecord>;
  readonly #now: Map<string, MatchRecord>;

  constructor(stored: readonly MatchRecord[]) {
    this.#before = new Map(stored.map((match) => [match._id, match]));
    this.#now = new Map(this.#before);
  }

  take(entry: Entry): void {
    if (entry.kind === 'purchase') {
      for (const match of matchesOf(entry)) this.#now.set(match._id, match);
      return;
    }
    const purchaseId = entry.kind === 'refund' ? entry.reversesId : entry.completesId;
    for (const match of [...this.#now.values()].filter((one) => one.entryId === purchaseId)) {
      this.#now.set(match._id, entry.kind === 'refund' ? afterRefund(match, entry) : afterCompletion(match, entry));
    }
  }

  result() {
    const all = [...this.#now.values()];
    const changed = all.filter((match) => this.#before.has(match._id) && this.#before.get(match._id) !== match);
    const sums = new Map<string, { match: MatchRecord; change: FundChange }>();
    for (const match of all) addChange(sums, match, fundChange(this.#before.get(match._id) ?? null, match));
    const made = all.filter((match) => !this.#before.has(match._id));
    return { made, changed, sums: [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum) };
  }
}

function addChange(
  sums: Map<string, { match: MatchRecord; change: FundChange }>,
  match: MatchRecord,
  change: FundChange,
): void {
  const key = fundMonthId(match);
  const sum = sums.get(key);
  if (!sum) {
    sums.set(key, { match, change });
    return;
  }
  for (const field of Object.keys(change) as (keyof FundChange)[]) sum.change[field] += change[field];
}
