import type { Base } from '../../kernel/context.js';
import { ensureCollections } from '../../kernel/store.js';
import { isContentError } from '../../kernel/transaction.js';
import type { Block } from './blocks.store.js';
import type { Entry } from './journal.types.js';
import { type Projection, collectionsOf, projectBlock } from './projection.js';

/** What a database for counting again is called, behind the name of the one whose blocks are counted. */
export type ReplayName = 'rebuild' | 'mend';

/**
 * A database of its own beside the zone's, in which blocks are counted again: empty, with the projections' collections and
 * indexes. Whoever opens it drops it.
 */
export async function openReplay(base: Base, name: ReplayName, projections: readonly Projection[]): Promise<Base> {
  const db = base.db.useDb(`${base.db.name}-${name}-${base.random(4).toString('hex')}`, { useCache: false });
  await ensureCollections(db, collectionsOf(projections));
  return { ...base, db };
}

/** Drops what processes that were killed have left behind: only for who knows that no other is at it. */
export async function dropLeftovers(base: Base, name: ReplayName): Promise<void> {
  const prefix = `${base.db.name}-${name}-`;
  const { databases } = await base.db.getClient().db().admin().listDatabases({ nameOnly: true });
  const left = databases.filter(
    (one) => one.name.startsWith(prefix) && /^[0-9a-f]{8}$/.test(one.name.slice(prefix.length)),
  );
  for (const one of left) await base.db.getClient().db(one.name).dropDatabase();
}

export interface ReplaySource {
  readonly projections: readonly Projection[];
  /** In their order. */
  readonly blocks: AsyncIterable<Block>;
  /** What of a block is to be counted; null where nothing may be. */
  readonly entriesOf: (block: Block) => Promise<readonly Entry[] | null>;
}

/** One block that was counted, or could not be: then it is the last. */
export interface Replayed {
  readonly block: Block;
  readonly isCounted: boolean;
}

/**
 * Counts blocks again, one after the other, each in a transaction: the only loop that does, for the rebuild and for the
 * check of what runs. Where the database fails it throws; a journal that cannot be counted is an answer.
 */
export async function* replayBlocks(into: Base, source: ReplaySource): AsyncGenerator<Replayed> {
  for await (const block of source.blocks) {
    const entries = await source.entriesOf(block);
    const isCounted = entries !== null && (await count(into, { projections: source.projections, block, entries }));
    yield { block, isCounted };
    if (!isCounted) return;
  }
}

async function count(
  into: Base,
  { projections, block, entries }: { projections: readonly Projection[]; block: Block; entries: readonly Entry[] },
): Promise<boolean> {
  try {
    await projectBlock(into, { projections, sealed: { block: block._id, entries } });
    return true;
  } catch (error) {
    // A projection throws at an entry that cannot be, and so does the server at a figure that is none.
    if (!isContentError(error)) throw error;
    into.log.warn({ err: error, block: block._id }, 'a block cannot be counted again');
    return false;
  }
}
