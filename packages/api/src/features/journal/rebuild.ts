import type { Base } from '../../kernel/context.js';
import { readBlocks } from './blocks.store.js';
import { readEntries } from './journal.store.js';
import type { Entry } from './journal.types.js';
import { type Projection, projectBlock } from './projection.js';

const BLOCKS_AT_A_TIME = 50;

/**
 * Makes the projections anew from the sealed blocks, from nothing. The pipeline must stand still meanwhile: run it with
 * the zone stopped. Gives the number of the last block it counted.
 */
export async function rebuildProjections(base: Base, options: { projections: readonly Projection[] }): Promise<number> {
  const { projections } = options;
  for (const projection of projections) {
    for (const name of projection.collections) await base.db.collection(name).deleteMany({});
  }
  let last = 0;
  for (;;) {
    const blocks = await readBlocks(base, last, BLOCKS_AT_A_TIME);
    if (blocks.length === 0) return last;
    for (const block of blocks) {
      const found = new Map((await readEntries(base, block.entryIds)).map((entry) => [entry._id, entry]));
      const entries = block.entryIds.map((id) => entryOf(found, id, block._id));
      await projectBlock(base, { projections, sealed: { block: block._id, entries } });
      last = block._id;
    }
  }
}

function entryOf(found: ReadonlyMap<string, Entry>, entryId: string, block: number): Entry {
  const entry = found.get(entryId);
  if (!entry) throw new Error(`block ${block} names the entry ${entryId}, which the journal does not hold`);
  return entry;
}
