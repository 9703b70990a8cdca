import type { Base } from '../../kernel/context.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { readBatches } from '../batches/index.js';
import { readPublishedHeads } from './disclosure.store.js';
import { holding } from './packs.rules.js';
import { addDays, daysLeft, deadlineAfter, nextPeriod } from './periods.rules.js';
import type { Period } from './pack.types.js';

export interface Deadline {
  /** The first day that nobody has told of yet. */
  readonly nextFrom: string;
  /** What a maker would take today; null while no day of it is over. */
  readonly proposed: Period | null;
  readonly day: string;
  /** Up to which day is published; null before the first disclosure. */
  readonly publishedUntil: string | null;
  /** Negative when it has passed. */
  readonly daysLeft: number;
}

/** When the next disclosure must be out; null before the fund's first batch, when there is nothing to tell. */
export async function readDeadline(base: Base): Promise<Deadline | null> {
  const today = shanghaiDay(base.clock());
  const lastUntil = holding(await readPublishedHeads(base))[0]?.until;
  const nextFrom = lastUntil === undefined ? await firstDay(base) : addDays(lastUntil, 1);
  if (nextFrom === null) return null;
  const day = deadlineAfter(addDays(nextFrom, -1));
  const publishedUntil = lastUntil ?? null;
  return { nextFrom, proposed: nextPeriod(nextFrom, today), day, publishedUntil, daysLeft: daysLeft(day, today) };
}

/** The first of the month in which the fund's first batch was approved: from then on sponsors owe it money. */
async function firstDay(base: Base): Promise<string | null> {
  const first = (await readBatches(base, { states: ['APPROVED'] })).at(-1);
  return first?.decidedAt ? `${shanghaiDay(first.decidedAt.getTime()).slice(0, 7)}-01` : null;
}
