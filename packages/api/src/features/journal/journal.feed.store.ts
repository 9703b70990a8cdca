import mongoose from 'mongoose';
import { closeStream } from '../../kernel/close-stream.js';
import type { Base } from '../../kernel/context.js';
import { journalStore } from './journal.store.js';
import type { Entry } from './journal.types.js';

/** Entries in the order of their commit, and where to go on after them. */
export interface Arrived {
  readonly entries: readonly Entry[];
  readonly resumeToken: unknown;
}

/** A block's transaction stays small enough to be written in far less than the server's transaction lifetime. */
const MAX_BLOCK_ENTRIES = 500;
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
  for (;;) {
    const entries = await readUnsealed(base, MAX_BLOCK_ENTRIES);
    if (entries.length === 0) break;
    for (const entry of entries) known.add(entry._id);
    yield { entries, resumeToken: startToken };
  }
  yield* streamFrom(base, { ...options, resumeToken: startToken, known });
}

async function* streamFrom(
  base: Base,
  options: { resumeToken: unknown; gatherMs: number; signal: AbortSignal; known: Set<string> },
): AsyncGenerator<Arrived> {
  const { gatherMs, signal, known } = options;
  const stream = journalStore.collection(base).watch([{ $match: { operationType: 'insert' } }], {
    resumeAfter: options.resumeToken,
    // An empty answer is held so long: what comes meanwhile gathers, and a stop waits no longer.
    maxAwaitTimeMS: gatherMs,
    batchSize: MAX_BLOCK_ENTRIES,
  });
  try {
    while (!signal.aborted) {
      const entries: Entry[] = [];
      let resumeToken: unknown = null;
      while (entries.length < MAX_BLOCK_ENTRIES && !signal.aborted) {
        const change = await stream.tryNext();
        if (change?.operationType === 'insert') {
          resumeToken = change._id;
          if (!known.delete(change.fullDocument._id)) entries.push(change.fullDocument);
        }
        if (!change) break;
      }
      if (entries.length > 0) yield { entries, resumeToken };
    }
  } finally {
    await closeStream(stream);
  }
}

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

/** Entries that no block holds, each member's in order. Reads the whole journal: for a lost stream and for checks. */
export async function readUnsealed(base: Base, limit: number): Promise<Entry[]> {
  return journalStore
    .collection(base)
    .aggregate<Entry>([
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
      { $project: { blocks: 0 } },
    ])
    .toArray();
}
