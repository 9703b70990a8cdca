import type mongoose from 'mongoose';
import type { Base } from '../src/kernel/context.js';
import type { Store } from '../src/kernel/store.js';
import { Findings } from './check.js';
import { FORMS } from './forms.js';

/**
 * One instant of the whole database: every read of a run goes through it, so that a live zone shows no half of anything.
 * MongoDB keeps an instant readable for five minutes unless told otherwise.
 */
export interface Snapshot {
  /** For a read of its own at the same instant. */
  readonly session: mongoose.mongo.ClientSession;
  /** The documents that were not given, because they have not the form in which they are written. */
  readonly misfits: Findings;
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
  const misfits = new Findings();
  const onlyFormed = formed(misfits);
  return {
    session,
    misfits,
    read(store, options = {}) {
      const found = store.collection(base).find((options.filter ?? {}) as never, {
        session,
        batchSize: BATCH_SIZE,
        ...(options.sort ? { sort: options.sort, allowDiskUse: true } : {}),
      });
      return onlyFormed(store.name, found as never);
    },
    readRaw: (collection, sort) =>
      base.db.collection(collection).find({}, { session, batchSize: BATCH_SIZE, sort }) as never,
    end: () => session.endSession(),
  };
}

/** Gives of a collection the documents that have their form; names each other one once, whichever check reads it first. */
function formed(misfits: Findings) {
  const seen = new Set<string>();
  return async function* <Doc extends object>(collection: string, found: AsyncIterable<Doc>): AsyncGenerator<Doc> {
    const rule = FORMS.get(collection);
    for await (const document of found) {
      const problem = rule?.form(document, '') ?? null;
      if (!rule || problem === null) {
        yield document;
        continue;
      }
      const subject = rule.subject(String((document as { _id?: unknown })._id));
      const message = `is not of the form in which it is written: ${problem}`;
      misfits.expect(seen.has(subject), { invariant: rule.invariant, subject, message });
      seen.add(subject);
    }
  };
}
