import type { Base, Context } from './context.js';
import { isRefusal } from './refusal.js';

/** How often something was tried in vain, and when it is tried again. Left out: never tried. */
export interface Tries {
  readonly count: number;
  /** Of the first try in vain: how long it has been stuck. */
  readonly sinceAt: Date;
  readonly nextAt: Date;
  /** Stable, for programs, as a refusal's. */
  readonly code: string;
  /** For the operator, in the provider's words where it has some. */
  readonly reason: string;
}

/** Why an item stays in its queue. */
export interface Stuck {
  readonly code: string;
  readonly reason: string;
}

/**
 * Work that nobody waits for: read in pages, the never tried first, then those whose time has come longest. What cannot
 * move is put off by itself and gives way to the others.
 */
export interface WorkQueue<Item> {
  readonly name: string;
  /** Those that are due at this instant, at most `limit`: `dueFilter` and `DUE_ORDER` on the field that keeps the tries. */
  readDue(base: Base, nowMs: number, limit: number): Promise<readonly Item[]>;
  /** Null: done, or no longer for this queue. */
  work(ctx: Context, item: Item): Promise<Stuck | null>;
  /** What is cheaper for many at once, for the done of a page. */
  finish?(ctx: Context, done: readonly Item[]): Promise<void>;
  triesOf(item: Item): Tries | undefined;
  /** Writes down when the item is tried again. */
  putOff(base: Base, item: Item, tries: Tries): Promise<void>;
}

const PAGE_SIZE = 100;
/** One run's most: 2,000. What is left comes with the next run, seconds later. */
const MAX_PAGES = 20;
/** A provider that answers slowly must not keep other jobs of this process waiting for minutes. */
const RUN_WITHIN_MS = 20_000;
/** Calls wait for the network, commits for the disk: both are shared by those that wait together. */
const AT_ONCE = 10;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 900_000;

/** Works through what is due. Gives how many items it looked at. */
export async function runQueue<Item>(ctx: Context, queue: WorkQueue<Item>): Promise<number> {
  const endMs = performance.now() + RUN_WITHIN_MS;
  let count = 0;
  for (let page = 0; page < MAX_PAGES && performance.now() < endMs; page += 1) {
    const items = await queue.readDue(ctx.base, ctx.base.clock(), PAGE_SIZE);
    count += items.length;
    const done: Item[] = [];
    for (let at = 0; at < items.length; at += AT_ONCE) {
      const group = items.slice(at, at + AT_ONCE);
      const stuck = await Promise.all(group.map((item) => workOn(ctx, queue, item)));
      done.push(...group.filter((_item, index) => stuck[index] === null));
    }
    if (done.length > 0) await queue.finish?.(ctx, done);
    if (items.length < PAGE_SIZE) break;
  }
  return count;
}

async function workOn<Item>(ctx: Context, queue: WorkQueue<Item>, item: Item): Promise<Stuck | null> {
  let stuck: Stuck | null;
  try {
    stuck = await queue.work(ctx, item);
  } catch (error) {
    // One item's fault is no reason to leave the others waiting.
    ctx.log.error({ err: error, queue: queue.name }, 'an item of a queue failed');
    stuck = { code: 'INTERNAL_ERROR', reason: '系统出错，详见日志。' };
  }
  if (stuck) await queue.putOff(ctx.base, item, nextTries(queue.triesOf(item), stuck, ctx.base.clock()));
  return stuck;
}

/** Twice as long each time, from 5 seconds to a quarter of an hour. */
export function nextTries(before: Tries | undefined, stuck: Stuck, nowMs: number): Tries {
  const count = (before?.count ?? 0) + 1;
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(count - 1, 20), LONGEST_WAIT_MS);
  return {
    count,
    sinceAt: before?.sinceAt ?? new Date(nowMs),
    nextAt: new Date(nowMs + waitMs),
    code: stuck.code,
    reason: stuck.reason,
  };
}

/** For the document (or the array's element) that keeps its tries under this name. */
export function dueFilter(field: string, nowMs: number) {
  return { $or: [{ [field]: { $exists: false } }, { [`${field}.nextAt`]: { $lte: new Date(nowMs) } }] };
}

/** A refusal as the reason to try again later. Null where it is none. */
export function stuckBy(answer: unknown): Stuck | null {
  if (!isRefusal(answer)) return null;
  const { providerCode, providerMessage } = answer.details ?? {};
  const said = providerCode === undefined ? '' : `（${String(providerCode)} ${String(providerMessage ?? '')}）`;
  return { code: answer.code, reason: `${answer.message}${said}` };
}
