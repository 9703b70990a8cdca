import { inTransaction } from '../../kernel/transaction.js';
import { readLastNumber } from './blocks.store.js';
import { type ProjectedDoc, differencesIn, isSame, keyOf, readProjected } from './compare.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { type Mended, type Run, catchUp, collectionOf, stopped, tell } from './rebuild-run.js';
import { collectionsOf } from './projection.js';

/** Documents mended in one transaction: far below the server's transaction lifetime. */
const MENDED_AT_A_TIME = 500;
/** A zone that seals all the time may get between counting and writing; it does not a hundred times in a row. */
const MAX_TRIES = 100;

/** Writes what differs, some hundred documents at a time. Null when it went through all. */
export async function mendAll(run: Run): Promise<Refusal | null> {
  const sides = { shown: { base: run.base }, counted: { base: run.into } };
  for (const collection of collectionsOf(run.options.projections)) {
    let ids: unknown[] = [];
    // Read while both sides go on: whether a document really differs is seen again in the transaction that mends it.
    for await (const { id } of differencesIn(collection, sides)) {
      ids.push(id);
      if (ids.length < MENDED_AT_A_TIME) continue;
      const refusal = await mend(run, collection, ids);
      if (refusal) return refusal;
      ids = [];
    }
    const refusal = ids.length > 0 ? await mend(run, collection, ids) : null;
    if (refusal) return refusal;
  }
  return null;
}

async function mend(run: Run, collection: string, ids: readonly unknown[]): Promise<Refusal | null> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const refusal = await catchUp(run);
    if (refusal) return refusal;
    // Read before the transaction asks for the lease: while it is ours, nobody has dropped what we counted.
    const counted = await readProjected(collection, { base: run.into }, ids);
    const written = await write(run, { collection, ids, counted });
    if (written === 'lost') return stopped();
    if (written === 'late') continue;
    const sums = collectionOf(run, collection);
    sums.writtenCount += written.writtenCount;
    sums.removedCount += written.removedCount;
    tell(run);
    return null;
  }
  return tooBusy();
}

export function tooBusy(): Refusal {
  return refuse('ZONE_TOO_BUSY', '专区封块太快，重建追不上。已写入的都正确；请在空闲时再运行一次。');
}

/** Writes nothing where another process rebuilds by now, or where a block was sealed since. */
async function write(
  { base, held, last }: Run,
  input: { collection: string; ids: readonly unknown[]; counted: ReadonlyMap<string, ProjectedDoc> },
): Promise<Mended | 'lost' | 'late'> {
  const { collection, ids, counted } = input;
  return inTransaction(base, async (session) => {
    if (!(await held.isStill(session))) return 'lost';
    if ((await readLastNumber(base, session)) !== last._id) return 'late';
    const shown = await readProjected(collection, { base, session }, ids);
    const removed = ids.filter((id) => shown.has(keyOf(id)) && !counted.has(keyOf(id)));
    const written = [...counted].flatMap(([key, document]) => {
      const stands = shown.get(key);
      return stands && isSame(stands, document) ? [] : [document];
    });
    const writes = [
      ...removed.map((_id) => ({ deleteOne: { filter: { _id } } })),
      ...written.map((document) => ({
        replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
      })),
    ];
    const target = base.db.collection<ProjectedDoc>(collection);
    if (writes.length > 0) await target.bulkWrite(writes as never, { session, ordered: true });
    return { writtenCount: written.length, removedCount: removed.length };
  });
}
