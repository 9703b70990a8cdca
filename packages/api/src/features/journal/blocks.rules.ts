import { sealedText, sha256 } from '../../kernel/canonical.js';
import type { Block } from './blocks.store.js';
import type { Entry } from './journal.types.js';
import { merkleRoot } from '../../kernel/merkle.js';

/** The block that seals these entries after `last`. */
export function nextBlock(
  last: Block | null,
  arrived: { entries: readonly Pick<Entry, '_id' | 'hash'>[]; resumeToken: unknown; nowMs: number },
): Block {
  const entryHashes = arrived.entries.map((entry) => entry.hash);
  const chained = { _id: (last?._id ?? 0) + 1, root: merkleRoot(entryHashes), prevHash: last?.hash ?? '' };
  return {
    ...chained,
    entryIds: arrived.entries.map((entry) => entry._id),
    entryHashes,
    total: (last?.total ?? 0) + entryHashes.length,
    hash: blockHash(chained),
    sealedAt: new Date(arrived.nowMs),
    resumeToken: arrived.resumeToken,
  };
}

/** What chains a block to all before it. */
export function blockHash(block: Pick<Block, '_id' | 'root' | 'prevHash'>): string {
  return sha256(`${block._id}\n${block.root}\n${block.prevHash}`);
}

/** What a block must know of the one before it; before the first stands this. */
export type LastBlock = Pick<Block, '_id' | 'hash' | 'total'>;
export const NO_BLOCK: LastBlock = { _id: 0, hash: '', total: 0 };

/** What is wrong with a block after `last`, as it lies in the database; null where nothing is. */
export function blockProblem(block: Block, last: LastBlock): string | null {
  if (block._id !== last._id + 1) return `follows block ${last._id}`;
  if (block.prevHash !== last.hash) return 'does not name the hash of the block before';
  if (block.total !== last.total + block.entryIds.length) return 'does not count its entries';
  if (sealedText(() => merkleRoot(block.entryHashes)) !== block.root) return 'has a root that its entries do not give';
  return blockHash(block) === block.hash ? null : 'was changed: its hash does not fit';
}
