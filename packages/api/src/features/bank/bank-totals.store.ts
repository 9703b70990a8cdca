import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import { LINE_STATES, type LineState } from './bank.store.js';
import { byAccountDay, type LineMove, type LineSums, noStates, type StateSums } from './totals.rules.js';

/**
 * What the lines of one account and one day add up to, by state, whether they have documents or lie in their chunks. Written
 * in the transaction that writes the lines; a day is small enough that two people seldom meet in it, and both meet at the
 * head of the books anyway.
 */
export interface BankDayTotals extends StateSums {
  /** `account|2026-11-03` */
  readonly _id: string;
  readonly accountId: string;
  readonly day: string;
}

const text = { type: String, required: true } as const;
const mixed = { type: Schema.Types.Mixed, required: true } as const;

export const bankDayTotalsStore = defineStore<BankDayTotals>(
  'bankDayTotals',
  new Schema({
    _id: text,
    accountId: text,
    day: text,
    OPEN: mixed,
    SUGGESTED: mixed,
    MATCHED: mixed,
    IGNORED: mixed,
  }).index({ day: 1 }),
);

/** Lines came to stand in a state, or left it: in the caller's transaction. */
export async function moveTotals(base: Base, moves: readonly LineMove[], session: Session): Promise<void> {
  const days = byAccountDay(moves);
  if (days.length === 0) return;
  const writes = days.map(({ accountId, day, sums }) => ({
    updateOne: {
      filter: { _id: `${accountId}|${day}` },
      update: { $setOnInsert: { accountId, day }, $inc: increments(sums) },
      upsert: true,
    },
  }));
  await bankDayTotalsStore.collection(base).bulkWrite(writes, { session, ordered: true });
}

/** Every figure of every state, zeros too: so a document has its whole form from its first write on. */
function increments(sums: StateSums): Record<string, number> {
  return Object.fromEntries(
    LINE_STATES.flatMap((state) =>
      FIGURES.map((figure): [string, number] => [`${state}.${figure}`, sums[state][figure]]),
    ),
  );
}

/** The sums of a day; null where nothing is counted of it. */
export async function findDayTotals(
  base: Base,
  { accountId, day }: { accountId: string; day: string },
  session?: Session,
): Promise<BankDayTotals | null> {
  return bankDayTotalsStore.collection(base).findOne({ _id: `${accountId}|${day}` }, session ? { session } : {});
}

/** Writes the sums of a day where they differ; true when they did. */
export async function replaceDayTotals(
  base: Base,
  { accountId, day, sums }: { accountId: string; day: string; sums: StateSums },
  session: Session,
): Promise<boolean> {
  const kept = await findDayTotals(base, { accountId, day }, session);
  if (kept && LINE_STATES.every((state) => isEqual(kept[state], sums[state]))) return false;
  const isEmpty = LINE_STATES.every((state) => sums[state].count === 0);
  if (!kept && isEmpty) return false;
  const _id = `${accountId}|${day}`;
  await bankDayTotalsStore.collection(base).replaceOne({ _id }, { accountId, day, ...sums }, { session, upsert: true });
  return true;
}

function isEqual(one: LineSums, other: LineSums): boolean {
  return FIGURES.every((figure) => one[figure] === other[figure]);
}

export interface TotalsFilter {
  readonly accountId?: string;
  readonly fromDay?: string;
  readonly toDay?: string;
}

/** Sums by state of all lines of these days. */
export async function sumTotals(base: Base, { accountId, fromDay, toDay }: TotalsFilter): Promise<StateSums> {
  const day = { ...(fromDay === undefined ? {} : { $gte: fromDay }), ...(toDay === undefined ? {} : { $lte: toDay }) };
  const [sums] = await bankDayTotalsStore
    .collection(base)
    .aggregate<Record<string, number>>([
      {
        $match: {
          ...(accountId === undefined ? {} : { accountId }),
          ...(fromDay === undefined && toDay === undefined ? {} : { day }),
        },
      },
      { $group: { _id: null, ...groupSums() } },
    ])
    .toArray();
  const states = noStates();
  for (const state of LINE_STATES) states[state] = sums ? readSums(sums, state) : states[state];
  return states;
}

const FIGURES: readonly (keyof LineSums)[] = ['count', 'inFen', 'outFen', 'restInFen', 'restOutFen'];

function groupSums(): Record<string, object> {
  return Object.fromEntries(
    LINE_STATES.flatMap((state) =>
      FIGURES.map((figure): [string, object] => [`${state}_${figure}`, { $sum: `$${state}.${figure}` }]),
    ),
  );
}

function readSums(sums: Readonly<Record<string, number>>, state: LineState): LineSums {
  const of = (figure: keyof LineSums): number => sums[`${state}_${figure}`] ?? 0;
  return {
    count: of('count'),
    inFen: of('inFen'),
    outFen: of('outFen'),
    restInFen: of('restInFen'),
    restOutFen: of('restOutFen'),
  };
}
