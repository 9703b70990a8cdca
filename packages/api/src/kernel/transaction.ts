import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import type { Base } from './context.js';

export type Session = mongoose.mongo.ClientSession;

/**
 * About ten seconds in all: enough for a burst of conflicts on a hot document, for an election, and for the server to
 * drop the transaction of a client that was killed; then the caller hears of it.
 */
const MAX_ATTEMPTS = 16;
const FIRST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 2_000;

const TRANSIENT = 'TransientTransactionError';

const OPTIONS = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', j: true },
  readPreference: 'primary',
} as const;

/**
 * Runs `work` in one transaction (snapshot reads, majority and journaled writes) and gives back its result after the
 * commit. `work` may run several times: it must do nothing but read and write through the session. Errors that are not
 * MongoDB's "try again" go to the caller unchanged, with nothing written.
 */
export async function inTransaction<T>(base: Base, work: (session: Session) => Promise<T>): Promise<T> {
  const session = base.db.getClient().startSession();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        session.startTransaction(OPTIONS);
        const result = await work(session).catch(labelNetworkError);
        await commit(session);
        return result;
      } catch (error) {
        if (session.inTransaction()) await session.abortTransaction().catch(ignoreAbortFailure);
        if (!mayTryAgain(error) || attempt >= MAX_ATTEMPTS) throw error;
        await sleep(waitMs(base, attempt));
      }
    }
  } finally {
    await session.endSession();
  }
}

async function commit(session: Session): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      // The answer was lost, not the commit: asking again is idempotent and tells what became of it.
      const unknown =
        hasLabel(error, 'UnknownTransactionCommitResult') || error instanceof mongoose.mongo.MongoNetworkError;
      if (!unknown || attempt >= MAX_ATTEMPTS) throw error;
    }
  }
}

/**
 * The driver leaves its label off an error of a connection that another request has found dead before. Nothing was
 * committed yet, so it is as good a reason to try again.
 */
function labelNetworkError(error: unknown): never {
  const cause = error instanceof mongoose.mongo.MongoBulkWriteError ? error.errorResponse : error;
  if (cause instanceof mongoose.mongo.MongoNetworkError) {
    (error as mongoose.mongo.MongoError).addErrorLabel(TRANSIENT);
  }
  throw error;
}

/** The transaction is over either way: the server drops it at its lifetime limit. The first error is the one to tell. */
function ignoreAbortFailure(): void {}

function waitMs(base: Base, attempt: number): number {
  const ceilingMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  const share = base.random(1)[0] ?? 0;
  return Math.floor((ceilingMs * (128 + share / 2)) / 256);
}

function hasLabel(error: unknown, label: string): boolean {
  return error instanceof mongoose.mongo.MongoError && error.hasErrorLabel(label);
}

function mayTryAgain(error: unknown): boolean {
  return hasLabel(error, TRANSIENT);
}

/** MongoDB's answer to a second document with a key that must be unique. */
export function isDuplicateKey(error: unknown): boolean {
  return isServerError(error) && error.code === 11000;
}

/**
 * The server understood the write and found that what it holds cannot be: a bad value, adding to a
 * text, a path through what is no object, a wrong name, an id that changes, a document that grows too large, a key that
 * stands twice. Anything else is a trouble of the database.
 */
const CONTENT_CODES: ReadonlySet<unknown> = new Set([2, 14, 28, 52, 66, 10334, 11000]);

/** True where writing fails for what is written, and would fail again: not for a connection, a right or a full disk. */
export function isContentError(error: unknown): boolean {
  return !(error instanceof mongoose.mongo.MongoError) || (isServerError(error) && CONTENT_CODES.has(error.code));
}

function isServerError(error: unknown): error is mongoose.mongo.MongoServerError {
  return error instanceof mongoose.mongo.MongoServerError;
}

/**
 * Reads outside any transaction that all see one instant of the database, however long they take: MongoDB keeps an
 * instant readable for five minutes unless told otherwise. `work` must only read.
 */
export async function atOneInstant<T>(base: Pick<Base, 'db'>, work: (session: Session) => Promise<T>): Promise<T> {
  const session = base.db.getClient().startSession({ snapshot: true });
  try {
    return await work(session);
  } finally {
    await session.endSession();
  }
}
