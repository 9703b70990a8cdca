import type { Base } from '../../kernel/context.js';
import { type MerkleStep, merklePath } from '../../kernel/merkle.js';
import { type Block, readBlockOf } from './blocks.store.js';

/** That a block sealed an entry: the path leads from the entry's hash to the block's root. */
export interface EntryProof {
  readonly entryHash: string;
  readonly path: readonly MerkleStep[];
  readonly block: Pick<Block, '_id' | 'root' | 'prevHash' | 'hash'>;
}

/** Null while no block has sealed the entry. */
export async function entryProof(base: Base, id: string): Promise<EntryProof | null> {
  const found = await readBlockOf(base, id);
  const index = found?.entryIds.indexOf(id) ?? -1;
  const entryHash = found?.entryHashes[index];
  if (!found || entryHash === undefined) return null;
  const { _id, root, prevHash, hash } = found;
  return { entryHash, path: merklePath(found.entryHashes, index), block: { _id, root, prevHash, hash } };
}
