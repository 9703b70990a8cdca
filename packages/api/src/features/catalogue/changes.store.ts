import { setTimeout as sleep } from 'node:timers/promises';
import mongoose from 'mongoose';
import { closeStream } from '../../kernel/close-stream.js';
import type { Base } from '../../kernel/context.js';
import { FOLLOWED_COLLECTIONS } from './facts.store.js';

/** The ids that changed, by collection. */
export type Changed = Map<string, Set<string>>;

export interface ChangeHandlers {
  /** Reads everything: at the start, and whenever changes may have been missed. */
  reload(): Promise<void>;
  /** Called with all that changed within one window, however often. */
  apply(changed: Changed): Promise<void>;
}

/** A burst is gathered this long: a hot sale costs ten small reads a second, not one per order. */
const WINDOW_MS = 100;
/** How long the server holds an empty answer back. The first change after opening was seen to wait for all of it. */
const MAX_AWAIT_MS = 200;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
/** More ids than this at once (an import) are read faster whole. */
const MAX_CHANGED = 2_000;
/** MongoDB 6: the place to resume from is no longer in the oplog, or is no place. */
const HISTORY_LOST_CODES = new Set([136, 222, 260, 280, 286]);

interface ChangeDoc {
  readonly _id: unknown;
  readonly ns?: { readonly coll?: string };
  readonly documentKey?: { readonly _id?: unknown };
}

interface Place {
  readonly resumeAfter?: unknown;
  readonly startAtOperationTime?: unknown;
}

/** What the reader has seen and the applier has not yet taken. */
interface Gathered {
  changed: Changed;
  count: number;
  reload: boolean;
}

const nothing = (): Gathered => ({ changed: new Map(), count: 0, reload: false });

/**
 * Follows the collections of the shelf by one change stream until `stop` is aborted. It asks only for names and ids: the
 * documents themselves are read once per window. After a lost connection it resumes where it was, with what it had
 * gathered; where that is no longer possible it reads everything again. Resolves after the first load; `done` resolves when
 * following has ended.
 */
export async function followChanges(
  base: Base,
  handlers: ChangeHandlers,
  stop: AbortSignal,
): Promise<{ readonly done: Promise<void> }> {
  // The place is taken before the load, so that nothing between the two is missed.
  const first = await now(base);
  await handlers.reload();
  const follower = createFollower(base, handlers, stop);
  return { done: Promise.all([follower.read(first), follower.applyAll()]).then(() => undefined) };
}

function createFollower(base: Base, handlers: ChangeHandlers, stop: AbortSignal) {
  let gathered = nothing();
  let wake: () => void = () => undefined;

  const note = (change: ChangeDoc): void => {
    const name = change.ns?.coll;
    const id = change.documentKey?._id;
    // A collection dropped or renamed, or an id that is not ours: too rare to be clever about.
    if (typeof name !== 'string' || typeof id !== 'string') gathered.reload = true;
    else remember(gathered, name, id);
    wake();
  };

  const read = async (first: Place): Promise<void> => {
    let place = first;
    for (let failures = 0; !stop.aborted;) {
      try {
        for await (const change of changesFrom(base, place, stop)) {
          note(change);
          place = { resumeAfter: change._id };
          failures = 0;
        }
        throw new Error('the change stream ended');
      } catch (error) {
        if (stop.aborted) return;
        failures += 1;
        base.log.warn({ err: error, failures }, 'catalogue: the change stream broke; connecting again');
        await pause(waitMs(failures), stop);
        if (!lostItsPlace(error)) continue;
        place = await now(base).catch(() => place);
        gathered.reload = true;
        wake();
      }
    }
  };

  const applyAll = async (): Promise<void> => {
    for (let failures = 0; !stop.aborted;) {
      if (gathered.count === 0 && !gathered.reload) await wakened((resolve) => (wake = resolve), stop);
      await pause(WINDOW_MS, stop);
      if (stop.aborted) return;
      const taken = gathered;
      gathered = nothing();
      try {
        await (taken.reload || taken.count > MAX_CHANGED ? handlers.reload() : handlers.apply(taken.changed));
        failures = 0;
      } catch (error) {
        failures += 1;
        gathered.reload = true;
        base.log.warn({ err: error, failures }, 'catalogue: reading changes failed; reading everything again');
        await pause(waitMs(failures), stop);
      }
    }
  };

  return { read, applyAll };
}

function remember(gathered: Gathered, name: string, id: string): void {
  const ids = gathered.changed.get(name);
  if (ids?.has(id)) return;
  gathered.count += 1;
  // Beyond the bound the ids are no longer needed: everything will be read.
  if (gathered.count > MAX_CHANGED) return;
  if (ids) ids.add(id);
  else gathered.changed.set(name, new Set([id]));
}

async function* changesFrom(base: Base, place: Place, stop: AbortSignal): AsyncGenerator<ChangeDoc> {
  const pipeline = [
    { $match: { 'ns.coll': { $in: FOLLOWED_COLLECTIONS } } },
    { $project: { operationType: 1, 'ns.coll': 1, 'documentKey._id': 1 } },
  ];
  const options = { ...place, maxAwaitTimeMS: MAX_AWAIT_MS } as mongoose.mongo.ChangeStreamOptions;
  const stream = databaseOf(base).watch(pipeline, options);
  const close = (): void => void closeStream(stream);
  stop.addEventListener('abort', close, { once: true });
  try {
    if (!stop.aborted) yield* stream as unknown as AsyncIterable<ChangeDoc>;
  } finally {
    stop.removeEventListener('abort', close);
    await closeStream(stream);
  }
}

function databaseOf(base: Base): mongoose.mongo.Db {
  return base.db.getClient().db(base.db.name);
}

async function now(base: Base): Promise<Place> {
  const reply = await databaseOf(base).command({ hello: 1 });
  return { startAtOperationTime: reply.operationTime };
}

function lostItsPlace(error: unknown): boolean {
  // The driver resumes by itself after a lost connection. What it gives up on and a stream that ended (a dropped
  // database) start anew; a server that cannot be reached yet keeps its place.
  if (!(error instanceof mongoose.mongo.MongoError)) return true;
  return error instanceof mongoose.mongo.MongoServerError && HISTORY_LOST_CODES.has(Number(error.code));
}

function waitMs(failures: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10));
}

async function wakened(arm: (resolve: () => void) => void, stop: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    // The listener goes when something else woke us: a zone that runs for months must not collect them.
    const wake = (): void => {
      stop.removeEventListener('abort', wake);
      resolve();
    };
    arm(wake);
    stop.addEventListener('abort', wake);
  });
}

async function pause(durationMs: number, stop: AbortSignal): Promise<void> {
  // An aborted wait is simply over: the caller looks at `stop` next.
  await sleep(durationMs, undefined, { signal: stop, ref: false }).catch(() => undefined);
}
