import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';

/**
 * Entries in the order of their commit, sealed: the journal's order for the projections and its proof against changes.
 * The root covers the entries' hashes; the block's hash covers the root and the block before.
 */
export interface Block {
  /** 1, 2, 3 … without a gap. */
  readonly _id: number;
  readonly entryIds: readonly string[];
  readonly entryHashes: readonly string[];
  /** Entries in this block and all before it. */
  readonly total: number;
  readonly root: string;
  readonly prevHash: string;
  readonly hash: string;
  readonly sealedAt: Date;
  /** Where the change stream goes on after this block. */
  readonly resumeToken: unknown;
}

export const blockStore = defineStore<Block>(
  'blocks',
  new Schema({
    _id: { type: Number, required: true },
    entryIds: [String],
    entryHashes: [String],
    total: Number,
    root: String,
    prevHash: String,
    hash: String,
    sealedAt: Date,
    resumeToken: Schema.Types.Mixed,
  }),
);

export async function readLastBlock(base: Base): Promise<Block | null> {
  return blockStore.collection(base).findOne({}, { sort: { _id: -1 } });
}

/** How many entries are sealed. */
export async function readSealedCount(base: Base): Promise<number> {
  const last = await blockStore.collection(base).findOne({}, { sort: { _id: -1 }, projection: { total: 1 } });
  return last?.total ?? 0;
}

/**
 * The last block sealed before this instant. Numbers have no gap and blocks are sealed one after another, so twenty reads
 * by number find it among a million; an index by time would be written with every block.
 */
export async function readLastBlockBefore(base: Base, end: Date): Promise<Block | null> {
  let low = 0;
  let high = (await readLastBlock(base))?._id ?? 0;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const block = await blockStore.collection(base).findOne({ _id: middle }, { projection: { sealedAt: 1 } });
    if (block && block.sealedAt < end) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? null : blockStore.collection(base).findOne({ _id: low });
}

/** Hashes of the blocks after number `after` up to `through`, in order: of each block little more than its hash is read. */
export function readBlockHashes(
  base: Base,
  query: { after: number; through: number },
): AsyncIterable<Pick<Block, '_id' | 'hash'>> {
  return blockStore
    .collection(base)
    .find({ _id: { $gt: query.after, $lte: query.through } }, { projection: { hash: 1 }, batchSize: HASHES_AT_A_TIME })
    .sort({ _id: 1 });
}

const HASHES_AT_A_TIME = 5_000;

export async function insertBlock(base: Base, block: Block, session: Session): Promise<void> {
  await blockStore.collection(base).insertOne(block, { session });
}

const BLOCKS_AT_A_TIME = 50;

/** Blocks after number `after`, in order, up to `through` or the newest: only those that no failover takes back. */
export async function* readBlocksAfter(base: Base, after: number, through = Infinity): AsyncGenerator<Block> {
  for (let last = after; last < through;) {
    const page = await blockStore
      .collection(base)
      .find({ _id: { $gt: last, $lte: through } }, { readConcern: { level: 'majority' } })
      .sort({ _id: 1 })
      .limit(BLOCKS_AT_A_TIME)
      .toArray();
    yield* page;
    last = page.at(-1)?._id ?? through;
  }
}

/** The newest block's number as this session sees it; 0 where nothing is sealed. */
export async function readLastNumber(base: Base, session: Session): Promise<number> {
  const last = await blockStore.collection(base).findOne({}, { sort: { _id: -1 }, projection: { _id: 1 }, session });
  return last?._id ?? 0;
}

const ENTRY_INDEX = 'entries';

/**
 * For whoever looks for entries in blocks, as long as they look: kept up all the time it would be a third of what sealing
 * costs, and only a journal that lost its place in the stream needs it.
 */
export async function makeEntryIndex(base: Base): Promise<void> {
  await blockStore.collection(base).createIndexes([{ key: { entryIds: 1 }, name: ENTRY_INDEX }]);
}

/** Another process that looked for entries may have taken it away already. */
export async function dropEntryIndex(base: Base): Promise<void> {
  await blockStore.collection(base).dropIndex(ENTRY_INDEX).catch(ignoreMissing);
}

function ignoreMissing(): void {}
