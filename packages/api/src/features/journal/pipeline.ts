import { setTimeout as sleep } from 'node:timers/promises';
import type { Base } from '../../kernel/context.js';
import { slot } from '../../kernel/slot.js';
import { inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import { countEntries } from './journal.store.js';
import { type Block, insertBlock, readLastBlock, readSealedCount } from './blocks.store.js';
import { type Arrived, followJournal } from './journal.feed.store.js';
import { nextBlock } from './blocks.rules.js';
import { type Projection, applyAll } from './projection.js';
import { readSealed } from './read-sealed.js';

export interface PipelineOptions {
  /** In the order in which they see a block's entries. */
  readonly projections: readonly Projection[];
  /** Keeps the newest block's number and hash outside the database: a rewritten chain does not match it (I7). */
  readonly keepHead: (head: { block: number; hash: string }) => Promise<void>;
  /** How long entries gather before a block is sealed. Bounds how old a projected figure is. */
  readonly gatherMs: number;
}

export const pipelineOptions = slot<PipelineOptions>('pipeline options');

export interface Pipeline {
  start(): void;
  stop(): Promise<void>;
  /** Resolves when every entry that was committed before the call is sealed and projected. */
  caughtUp(): Promise<void>;
}

/** The journal's way into everything that is counted. Any number of processes may run it: one leads, the rest wait. */
export const pipeline = slot<Pipeline>('pipeline', createPipeline);

const RETRY_MS = 1_000;
/** Another process sealed the block we were about to: it leads, we look again after this time. */
const FOLLOWER_WAIT_MS = 2_000;
const CAUGHT_UP_POLL_MS = 20;
const CAUGHT_UP_TIMEOUT_MS = 60_000;

function createPipeline(base: Base): Pipeline {
  const stopped = new AbortController();
  const signal = AbortSignal.any([stopped.signal, base.stopping]);
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await lead(base, signal);
      } catch (error) {
        if (signal.aborted) return;
        const led = isDuplicateKey(error);
        if (!led) base.log.error({ err: error }, 'the pipeline stumbled and starts again from its last block');
        await sleep(led ? FOLLOWER_WAIT_MS : RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopped.abort();
      await running;
    },
    async caughtUp() {
      // Counted once, as counting reads the whole journal: blocks take entries in the order of their commit, so when so
      // many are sealed it is these. (Those that a lost stream left behind come in another order, and all come.)
      const entryCount = await countEntries(base);
      for (let waitedMs = 0; waitedMs < CAUGHT_UP_TIMEOUT_MS; waitedMs += CAUGHT_UP_POLL_MS) {
        if (entryCount <= (await readSealedCount(base))) return;
        await sleep(CAUGHT_UP_POLL_MS);
      }
      throw new Error('the pipeline does not catch up with the journal');
    },
  };
}

/** Seals block after block from the last one on, until the signal aborts or somebody else seals one first. */
async function lead(base: Base, signal: AbortSignal): Promise<void> {
  let last = await readLastBlock(base);
  const { gatherMs } = pipelineOptions(base);
  for await (const arrived of followJournal(base, { resumeToken: last?.resumeToken ?? null, gatherMs, signal })) {
    last = await sealBlock(base, { arrived, last });
  }
}

/**
 * One block: its entries' hashes under a root, chained to the block before, and every projection's writes, in one
 * transaction. The block's number is the position of all projections: nothing can be counted twice or left out.
 */
async function sealBlock(base: Base, input: { arrived: Arrived; last: Block | null }): Promise<Block> {
  const { arrived, last } = input;
  const block = nextBlock(last, { ...arrived, nowMs: base.clock() });
  const { projections, keepHead } = pipelineOptions(base);
  // Where nothing is counted, as in a zone that only keeps the proof, the entries themselves are not needed.
  const entries = projections.length === 0 ? [] : await readSealed(base, block);
  await inTransaction(base, async (session) => {
    await insertBlock(base, block, session);
    await applyAll(base, { projections, sealed: { block: block._id, entries } }, session);
  });
  await keepHead({ block: block._id, hash: block.hash });
  return block;
}
