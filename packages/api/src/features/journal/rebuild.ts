import type { Base } from '../../kernel/context.js';
import { readBlocks } from './blocks.store.js';
import { type Projection, projectBlock } from './projection.js';
import { readSealed } from './read-sealed.js';

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
      const entries = await readSealed(base, block);
      await projectBlock(base, { projections, sealed: { block: block._id, entries } });
      last = block._id;
    }
  }
}
