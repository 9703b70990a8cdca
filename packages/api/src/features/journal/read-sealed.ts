import type { Base } from '../../kernel/context.js';
import type { Block } from './blocks.store.js';
import { readEntries } from './journal.store.js';
import type { Entry } from './journal.types.js';

/** The entries of a block, in its order. Throws where the journal does not hold one: then nothing may be counted. */
export async function readSealed(base: Base, block: Pick<Block, '_id' | 'entryIds'>): Promise<Entry[]> {
  const found = new Map((await readEntries(base, block.entryIds)).map((entry) => [entry._id, entry]));
  return block.entryIds.map((entryId) => {
    const entry = found.get(entryId);
    if (!entry) throw new Error(`block ${block._id} names the entry ${entryId}, which the journal does not hold`);
    return entry;
  });
}
