import type mongoose from 'mongoose';
import type { Base } from '../src/kernel/context.js';
import type { Store } from '../src/kernel/store.js';

/**
 * One instant of the whole database: every read of a run goes through it, so that a live zone shows no half of anything.
 * MongoDB keeps an instant readable for five minutes unless told otherwise.
 */
export interface Snapshot {
  /** For a read of its own at the same instant. */
  readonly session: mongoose.mongo.ClientSession;
  read<Doc extends object>(store: Store<Doc>, options?: ReadOptions): AsyncIterable<Doc>;
  /** The same by a collection's name, where no store declares it. */
  readRaw<Doc>(collection: string, sort: NonNullable<ReadOptions['sort']>): AsyncIterable<Doc>;
  end(): Promise<void>;
}

export interface ReadOptions {
  readonly filter?: object;
  readonly sort?: Readonly<Record<string, 1 | -1>>;
}

const BATCH_SIZE = 1_000;

export function openSnapshot(base: Base): Snapshot {
  const session: mongoose.mongo.ClientSession = base.db.getClient().startSession({ snapshot: true });
  return {
    session,
    read: (store, options = {}) =>
      store.collection(base).find((options.filter ?? {}) as never, {
        session,
        batchSize: BATCH_SIZE,
        ...(options.sort ? { sort: options.sort, allowDiskUse: true } : {}),
      }) as never,
    readRaw: (collection, sort) =>
      base.db.collection(collection).find({}, { session, batchSize: BATCH_SIZE, sort }) as never,
    end: () => session.endSession(),
  };
}
