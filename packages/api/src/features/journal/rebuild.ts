import type { Base } from '../../kernel/context.js';
import { type Held, withLease } from '../../kernel/hold-lease.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { atOneInstant } from '../../kernel/transaction.js';
import { NO_BLOCK } from './blocks.rules.js';
import { readLastNumber, readSealedCount } from './blocks.store.js';
import { differencesIn } from './compare.js';
import { mendAll, tooBusy } from './mend.js';
import { collectionsOf } from './projection.js';
import { type RebuildOptions, type Run, catchUp, collectionOf } from './rebuild-run.js';
import { dropLeftovers, openReplay } from './replay.js';

/** What a rebuild did. At block `throughBlock` every projected document is what the journal gives: they were compared. */
export interface Rebuilt {
  readonly throughBlock: number;
  readonly entryCount: number;
  readonly collections: readonly RebuiltCollection[];
}

export interface RebuiltCollection {
  readonly name: string;
  /** Counted from nothing. */
  readonly documentCount: number;
  /** Of them, those that were missing or stood otherwise. */
  readonly writtenCount: number;
  /** Beside them, those that followed from no entry. */
  readonly removedCount: number;
}

/** One at a time: two that count everything at once would only be slower. */
const LEASE = 'rebuild';
/** A round leaves what the zone counted from a figure that was still wrong: two are enough, as a rule. */
const MAX_ROUNDS = 10;

/**
 * Makes the projections what the sealed blocks give, counted again from nothing, while the zone runs. It counts into a
 * database of its own and then writes only what differs, each time in a transaction that sees the very block up to which
 * was counted. Nothing is emptied, so a page never shows half a figure; killed at any moment it leaves documents that are
 * right and documents that are not yet, and the next run goes on with those.
 */
export async function rebuildProjections(base: Base, options: RebuildOptions): Promise<Rebuilt | Refusal> {
  // An empty chain gives empty projections: more likely the name is wrong than that somebody wants that.
  if ((await readSealedCount(base)) === 0) {
    return refuse('NOTHING_SEALED', '这个库里没有封块，没有可重建的。请核对库名。');
  }
  const outcome = await withLease(base, LEASE, (held) => rebuild(base, options, held));
  return outcome ?? refuse('REBUILD_RUNS', '另一个重建正在运行，或者刚被中断。请等它结束；若已中断，15 秒后再试。');
}

async function rebuild(base: Base, options: RebuildOptions, held: Held): Promise<Rebuilt | Refusal> {
  await dropLeftovers(base, 'mend');
  const into = await openReplay(base, 'mend', options.projections);
  const run: Run = { base, into, held, options, mended: new Map(), last: NO_BLOCK };
  try {
    const refusal = await catchUp(run);
    if (refusal) return refusal;
    return await rounds(run);
  } finally {
    await into.db.dropDatabase();
  }
}

async function rounds(run: Run): Promise<Rebuilt | Refusal> {
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const refusal = await mendAll(run);
    if (refusal) return refusal;
    const agrees = await agreesAtOneInstant(run);
    if (isRefusal(agrees)) return agrees;
    if (agrees) return reportOf(run);
  }
  return tooBusy();
}

/** Whether all that is shown at one instant of the database is what the blocks of that instant give. */
async function agreesAtOneInstant(run: Run): Promise<boolean | Refusal> {
  const { base, into, options } = run;
  return atOneInstant(base, async (session) => {
    const block = await readLastNumber(base, session);
    const refusal = await catchUp(run, block);
    if (refusal) return refusal;
    if (run.last._id !== block) return false;
    const sides = { shown: { base, session }, counted: { base: into } };
    for (const collection of collectionsOf(options.projections)) {
      for await (const _difference of differencesIn(collection, sides)) return false;
    }
    return true;
  });
}

async function reportOf(run: Run): Promise<Rebuilt> {
  const collections: RebuiltCollection[] = [];
  for (const name of collectionsOf(run.options.projections)) {
    const documentCount = await run.into.db.collection(name).countDocuments({});
    collections.push({ name, documentCount, ...collectionOf(run, name) });
  }
  return { throughBlock: run.last._id, entryCount: run.last.total, collections };
}
