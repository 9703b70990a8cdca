import type { Base } from '../../kernel/context.js';
import type { Held } from '../../kernel/hold-lease.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { LastBlock } from './blocks.rules.js';
import { readBlocksAfter } from './blocks.store.js';
import type { Projection } from './projection.js';
import { readProved } from './read-sealed.js';
import { replayBlocks } from './replay.js';

export interface RebuildOptions {
  readonly projections: readonly Projection[];
  readonly onProgress?: (at: RebuildProgress) => void;
}

/** How far counting is, and how many documents were mended so far. */
export interface RebuildProgress {
  readonly block: number;
  readonly entryCount: number;
  readonly mendedCount: number;
}

/** Where one rebuild is. */
export interface Run {
  readonly base: Base;
  /** The database in which it counts. */
  readonly into: Base;
  readonly held: Held;
  readonly options: RebuildOptions;
  readonly mended: Map<string, Mended>;
  /** The last block that was counted. */
  last: LastBlock;
}

/** Documents of one collection. */
export interface Mended {
  writtenCount: number;
  removedCount: number;
}

/** Counts what was sealed since, up to `through` or the newest block. */
export async function catchUp(run: Run, through?: number): Promise<Refusal | null> {
  const { base, into, held, options } = run;
  if (held.signal.aborted) return stopped();
  const source = {
    projections: options.projections,
    blocks: readBlocksAfter(base, run.last._id, through),
    entriesOf: (block: Parameters<typeof readProved>[1]) => readProved(base, block, run.last),
  };
  for await (const { block, isCounted } of replayBlocks(into, source)) {
    if (!isCounted) return changedJournal(block._id);
    // Of a block no more than this is kept: its entries would fill the memory.
    run.last = { _id: block._id, hash: block.hash, total: block.total };
    tell(run);
    if (held.signal.aborted) return stopped();
  }
  return null;
}

export function collectionOf({ mended }: Run, name: string): Mended {
  const sums = mended.get(name) ?? { writtenCount: 0, removedCount: 0 };
  mended.set(name, sums);
  return sums;
}

export function tell({ options, last, mended }: Run): void {
  const mendedCount = [...mended.values()].reduce((sum, one) => sum + one.writtenCount + one.removedCount, 0);
  options.onProgress?.({ block: last._id, entryCount: last.total, mendedCount });
}

export function stopped(): Refusal {
  return refuse('STOPPED', '重建停在了中途。已写入的都正确；再运行一次就会做完。');
}

function changedJournal(block: number): Refusal {
  return refuse(
    'JOURNAL_CHANGED',
    `第 ${block} 块或它的流水和封块时不一样，不能按它重建；这次没有按它写入任何数字。请运行 npm run verify，看是哪一条被改过。`,
    { details: { block } },
  );
}
