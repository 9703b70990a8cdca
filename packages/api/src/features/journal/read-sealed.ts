import { sealedText } from '../../kernel/canonical.js';
import type { Base } from '../../kernel/context.js';
import { type LastBlock, blockProblem } from './blocks.rules.js';
import type { Block } from './blocks.store.js';
import { hashOf } from './journal.rules.js';
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

/** The same; null where the block does not follow `last`, or it or an entry of it is not what was sealed. */
export async function readProved(base: Base, block: Block, last: LastBlock): Promise<Entry[] | null> {
  if (blockProblem(block, last) !== null) return null;
  const found = new Map((await readEntries(base, block.entryIds)).map((entry) => [entry._id, entry]));
  const entries = block.entryIds.flatMap((entryId) => found.get(entryId) ?? []);
  const isSealed = (entry: Entry, at: number) => sealedText(() => hashOf(entry)) === block.entryHashes[at];
  return entries.length === block.entryIds.length && entries.every(isSealed) ? entries : null;
}
