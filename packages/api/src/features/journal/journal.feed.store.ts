import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { closeStream } from '../../kernel/close-stream.js';
import type { Base } from '../../kernel/context.js';
import { dropEntryIndex, makeEntryIndex } from './blocks.store.js';
import { journalStore } from './journal.store.js';
import type { Entry, EntryGroup } from './journal.types.js';

/** All that sealing needs of an entry. The rest stays in the database until something counts it. */
export type EntryMark = Pick<Entry, '_id' | 'hash'>;

/** Entries in the order of their commit, and where to go on after them. */
export interface Arrived {
  readonly entries: readonly EntryMark[];
  readonly resumeToken: unknown;
}

/**
 * A block's transaction stays small enough to be written in far less than the server's transaction lifetime. A group is
 * not parted: a block may hold the rest of its last one above this.
 */
const MAX_BLOCK_ENTRIES = 500;
/** How long the server holds an empty answer: gathering is done before it is asked. */
const EMPTY_WAIT_MS = 1;
/**
 * One event for each write, not for each entry: an event costs the server more than all else that sealing does. It carries
 * a twentieth of the entries; whoever counts them reads them by id.
 */
const GROUPS = [
  { $match: { operationType: 'insert', 'fullDocument.group': { $exists: true } } },
  { $project: { operationType: 1, 'fullDocument.group': 1 } },
] as const;
/** ChangeStreamHistoryLost, InvalidResumeToken: the log no longer reaches back to our last block. */
const LOST_CODES: ReadonlySet<unknown> = new Set([286, 260, 280]);

/**
 * Follows the journal from a resume token on. Without one, or when the server's log no longer reaches back to it, the
 * entries that no block holds come first, member by member; then the stream, less what was given already.
 */
export async function* followJournal(
  base: Base,
  options: { resumeToken: unknown; gatherMs: number; signal: AbortSignal },
): AsyncGenerator<Arrived> {
  const { resumeToken, signal } = options;
  try {
    if (resumeToken !== null) {
      yield* streamFrom(base, { ...options, known: new Set() });
      return;
    }
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoServerError) || !LOST_CODES.has(error.code)) throw error;
    base.log.warn('the change stream lost its place; what no block holds is read from the journal itself');
  }
  if (!signal.aborted) yield* catchUpThenStream(base, options);
}

async function* catchUpThenStream(
  base: Base,
  options: { gatherMs: number; signal: AbortSignal },
): AsyncGenerator<Arrived> {
  // The stream is opened before the journal is read: an entry committed in between comes by both ways and counts once.
  const startToken = await currentToken(base);
  const known = new Set<string>();
  // Once for all rounds: made anew for each, the index would cost more with every block that it leads to.
  await makeEntryIndex(base);
  try {
    for (;;) {
      const entries = await readUnsealed(base, MAX_BLOCK_ENTRIES);
      if (entries.length === 0) break;
      for (const entry of entries) known.add(entry._id);
      yield { entries, resumeToken: startToken };
    }
  } finally {
    await dropEntryIndex(base);
  }
  yield* streamFrom(base, { ...options, resumeToken: startToken, known });
}

async function* streamFrom(
  base: Base,
  options: { resumeToken: unknown; gatherMs: number; signal: AbortSignal; known: Set<string> },
): AsyncGenerator<Arrived> {
  const { gatherMs, signal, known } = options;
  const stream = journalStore.collection(base).watch([...GROUPS], {
    resumeAfter: options.resumeToken,
    maxAwaitTimeMS: EMPTY_WAIT_MS,
    batchSize: MAX_BLOCK_ENTRIES,
  });
  let isFull = false;
  try {
    while (!signal.aborted) {
      // What comes meanwhile gathers: a rush is read in few large answers instead of one for each group of settlements,
      // which would cost settlement more than the sealing itself. Behind a full block more waits already.
      if (!isFull) await sleep(gatherMs, undefined, { signal }).catch(ignoreAbort);
      const entries: EntryMark[] = [];
      let resumeToken: unknown = null;
      while (entries.length < MAX_BLOCK_ENTRIES && !signal.aborted) {
        const change = await stream.tryNext();
        if (!change) break;
        if (change.operationType !== 'insert') continue;
        resumeToken = change._id;
        for (const mark of marksOf(change.fullDocument.group)) if (!known.delete(mark._id)) entries.push(mark);
      }
      isFull = entries.length >= MAX_BLOCK_ENTRIES;
      if (entries.length > 0) yield { entries, resumeToken };
    }
  } finally {
    await closeStream(stream);
  }
}

function marksOf(group: EntryGroup | undefined): EntryMark[] {
  return (group?.entryIds ?? []).map((entryId, at) => ({ _id: entryId, hash: group?.entryHashes[at] ?? '' }));
}

/** The sleep rejects when the zone stops: the loop's condition sees it next. */
function ignoreAbort(): void {}

/** Where a stream opened now would begin. */
async function currentToken(base: Base): Promise<unknown> {
  const stream = journalStore.collection(base).watch([], { maxAwaitTimeMS: 1 });
  try {
    await stream.tryNext();
    return stream.resumeToken;
  } finally {
    await closeStream(stream);
  }
}

/** Entries that no block holds, each member's in order. Reads the whole journal: for a stream that lost its place. */
async function readUnsealed(base: Base, limit: number): Promise<EntryMark[]> {
  return journalStore
    .collection(base)
    .aggregate<EntryMark>([
      { $sort: { memberId: 1, seq: 1 } },
      {
        $lookup: {
          from: 'blocks',
          localField: '_id',
          foreignField: 'entryIds',
          as: 'blocks',
          pipeline: [{ $project: { _id: 1 } }],
        },
      },
      { $match: { blocks: [] } },
      { $limit: limit },
      { $project: { hash: 1 } },
    ])
    .toArray();
}
