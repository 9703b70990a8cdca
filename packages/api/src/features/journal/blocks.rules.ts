import { sha256 } from '../../kernel/canonical.js';
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
