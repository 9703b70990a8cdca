import type { Base } from '../../kernel/context.js';
import { type MerkleRange, createMerkleRange } from '../../kernel/merkle.js';
import { slot } from '../../kernel/slot.js';
import { type Block, readBlockHashes, readLastBlock, readLastBlockBefore } from './blocks.store.js';

/** The whole journal up to a block, in three figures that a disclosure can print. */
export interface JournalHead {
  readonly block: number;
  /** Of that block: it covers all blocks before it. */
  readonly hash: string;
  /** Merkle root over the hashes of all blocks so far: a single block is proved against it by a short path. */
  readonly root: string;
}

/** What was added up so far, so that the next head reads only the blocks since. */
interface Counted {
  range: MerkleRange;
}

const counted = slot<Counted>('journal head', () => ({ range: createMerkleRange() }));

/** Where the journal stands now, or stood at `before`; null while nothing is sealed. */
export async function journalHead(base: Base, before?: Date): Promise<JournalHead | null> {
  const last = before ? await readLastBlockBefore(base, before) : await readLastBlock(base);
  return last && { block: last._id, hash: last.hash, root: await rootThrough(base, last) };
}

async function rootThrough(base: Base, last: Pick<Block, '_id'>): Promise<string> {
  const kept = counted(base);
  // Counted on a copy of its own: two callers at once must not add the same block twice, nor one half of a reading stay.
  const range = kept.range.count <= last._id ? kept.range.copy() : createMerkleRange();
  for await (const block of readBlockHashes(base, { after: range.count, through: last._id })) {
    if (block._id !== range.count + 1) throw new Error(`block ${range.count + 1} is missing`);
    range.append(block.hash);
  }
  if (range.count !== last._id) throw new Error(`block ${range.count + 1} is missing`);
  if (range.count > kept.range.count) kept.range = range;
  return range.root();
}
