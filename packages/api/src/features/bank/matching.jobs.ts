import type { Base } from '../../kernel/context.js';
import type { Job } from '../../kernel/jobs.js';
import { readAgreements } from '../agreements/index.js';
import { readRemittances } from '../batches/index.js';
import { nameKey, outKey } from './line-keys.rules.js';
import { mendKeysAndTotals } from './rebuild-totals.js';
import { refreshMatching, refreshNear } from './refresh-matching.js';
import { spendPort } from './spend-port.js';

/** A batch is approved elsewhere; its remittances are looked for among the lines that wait within this time. */
const EVERY_MS = 10_000;
/** Changes that are looked at together. */
const CHANGES_AT_ONCE = 20;

/**
 * What lines are held against, by what it asks for: a change to it reaches the lines that lie near these keys. Kept in the
 * process; the first run after a start looks at all lines.
 */
type Targets = ReadonlyMap<string, { readonly asks: string; readonly near: readonly string[] }>;
const seenBy = new WeakMap<Base['db'], Targets>();

/**
 * Decides the lines that wait again: what a batch, a spend or a corrected receipt has changed since reaches them by itself,
 * so it does not matter in which order all of it came.
 */
export const matchingJob: Job = {
  name: 'bank-matching',
  everyMs: EVERY_MS,
  run: async ({ base, log }, signal) => {
    const changedCount = await followTargets(base, signal);
    if (changedCount > 0) log.info({ changedCount }, 'bank lines were decided again');
  },
};

/** One run of the job. Gives how many lines changed. */
export async function followTargets(base: Base, signal?: AbortSignal): Promise<number> {
  const before = seenBy.get(base.db);
  const now = await readTargets(base);
  let changedCount = 0;
  if (before) {
    const near = changedKeys(before, now);
    for (let at = 0; at < near.length && !signal?.aborted; at += CHANGES_AT_ONCE) {
      changedCount += await refreshNear(base, { near: near.slice(at, at + CHANGES_AT_ONCE) });
    }
  } else {
    await mendKeysAndTotals(base);
    changedCount = await refreshMatching(base);
  }
  if (!signal?.aborted) seenBy.set(base.db, now);
  return changedCount;
}

/** Takes what there is as known, without looking at any line. */
export async function rememberTargets(base: Base): Promise<void> {
  seenBy.set(base.db, await readTargets(base));
}

async function readTargets(base: Base): Promise<Targets> {
  const targets = new Map<string, { asks: string; near: string[] }>();
  for (const { _id, amountFen, receivedFen, sponsorName } of await readRemittances(base, { states: ['OPEN'] })) {
    targets.set(_id, { asks: String(amountFen - receivedFen), near: [_id, nameKey(sponsorName)] });
  }
  for (const { spendId, leftFen } of await spendPort(base).readOpenSpends(base)) {
    targets.set(spendId, { asks: String(leftFen), near: [spendId, outKey(leftFen)] });
  }
  for (const { _id, sponsorName } of await readAgreements(base)) {
    targets.set(`agreement ${_id}`, { asks: sponsorName, near: [nameKey(sponsorName)] });
  }
  return targets;
}

/** Keys of what came, went, or asks for another amount. */
function changedKeys(before: Targets, now: Targets): string[] {
  const near = new Set<string>();
  for (const [id, target] of now)
    if (before.get(id)?.asks !== target.asks) for (const key of target.near) near.add(key);
  for (const [id, target] of before) if (!now.has(id)) for (const key of target.near) near.add(key);
  return [...near];
}
