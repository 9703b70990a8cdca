import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { type Agreement, agreementStore } from '../agreements/index.js';
import { countyStore, productStore } from '../catalogue/index.js';
import { type MatchRecord, matchStore } from '../charity/index.js';
import { blockStore, journalStore } from '../journal/index.js';

/** The newest block, and with it the position of every projection, at the session's instant. */
export async function readCutBlock(base: Base, session: Session): Promise<number> {
  const last = await blockStore.collection(base).findOne({}, { sort: { _id: -1 }, projection: { _id: 1 }, session });
  return last?._id ?? 0;
}

const CHUNK = 1_000;

/**
 * The matches that a month's batch looks at, sponsor by sponsor: those that accrued since the last batch's month, and
 * those of earlier months that changed after its cut. What is neither was counted by the last batch and stands as it did.
 */
export async function* readCandidates(
  base: Base,
  query: { month: string; last: { readonly month: string; readonly cutBlock: number } | null },
  session: Session,
): AsyncGenerator<MatchRecord[]> {
  const { month, last } = query;
  const filter = last
    ? {
        $or: [
          { accruedMonth: { $gt: last.month, $lte: month } },
          { accruedMonth: { $lte: last.month }, changedBlock: { $gt: last.cutBlock } },
        ],
      }
    : { accruedMonth: { $lte: month } };
  const found = matchStore
    .collection(base)
    .find(filter as object, { session, sort: { agreementId: 1, at: 1, _id: 1 }, allowDiskUse: true, batchSize: CHUNK });
  let chunk: MatchRecord[] = [];
  for await (const match of found) {
    chunk.push(match);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** The hashes of these journal entries. */
export async function readEntryHashes(
  base: Base,
  entryIds: readonly string[],
  session: Session,
): Promise<Map<string, string>> {
  const found = journalStore
    .collection(base)
    .find({ _id: { $in: [...entryIds] } }, { session, projection: { hash: 1 } });
  return new Map((await found.toArray()).map((entry) => [entry._id, entry.hash]));
}

/** What agreements, counties and products are called today. */
export interface Names {
  readonly agreements: ReadonlyMap<string, Agreement>;
  readonly counties: ReadonlyMap<string, string>;
  readonly products: ReadonlyMap<string, string>;
}

export async function readNames(base: Base): Promise<Names> {
  const [agreements, counties, products] = await Promise.all([
    agreementStore.collection(base).find({}).toArray(),
    countyStore
      .collection(base)
      .find({}, { projection: { name: 1 } })
      .toArray(),
    productStore
      .collection(base)
      .find({}, { projection: { title: 1 } })
      .toArray(),
  ]);
  return {
    agreements: new Map(agreements.map((one) => [one._id, one])),
    counties: new Map(counties.map((one) => [one._id, one.name])),
    products: new Map(products.map((one) => [one._id, one.title])),
  };
}
