import type { ActionKind } from './facts.js';
import { monthOfDay, shanghaiDay } from './shanghai.js';

/** Points earned so far, gross, in the tallies' day and month. */
export interface Counter {
  dayPoints: number;
  monthPoints: number;
}

/**
 * What one member has earned in the current Shanghai day and month, per kind and per rule. JSON; a journal entry
 * carries the tallies after it, so the next decision reads one document.
 *
 * Counters are gross: what a refund takes back is not subtracted. Otherwise buying, returning and buying again would
 * earn the day's cap as often as one likes, and the order in which a refund and a purchase arrive would change what the
 * purchase earns.
 */
export interface Tallies {
  /** `2026-11-22`; empty before the first action. */
  day: string;
  /** `2026-11`; empty before the first action. */
  month: string;
  /** Only the kinds that earned something this month. */
  kinds: Readonly<Partial<Record<ActionKind, Counter>>>;
  /** By rule id, over all versions: a rule that keeps its id keeps its count. Only rules that gave something this month. */
  rules: Readonly<Record<string, Counter>>;
}

/** The tallies of a member who has done nothing yet. */
export const emptyTallies: Tallies = Object.freeze({
  day: '',
  month: '',
  kinds: Object.freeze({}),
  rules: Object.freeze({}),
});

const NOTHING: Counter = Object.freeze({ dayPoints: 0, monthPoints: 0 });

export function counterOfKind(tallies: Tallies, kind: ActionKind): Counter {
  return tallies.kinds[kind] ?? NOTHING;
}

export function counterOfRule(tallies: Tallies, ruleId: string): Counter {
  // A rule may be called `constructor`: only the tallies' own keys count.
  const own = Object.hasOwn(tallies.rules, ruleId) ? tallies.rules[ruleId] : undefined;
  return own ?? NOTHING;
}

/**
 * The tallies as they stand at an instant: a new day clears the day's counters, a new month all of them. An instant
 * before the tallies' own day keeps that day: two servers' clocks may differ by a moment at midnight, and going back
 * would open a used-up cap again.
 */
export function talliesAt(tallies: Tallies, nowMs: number): Tallies {
  const day = shanghaiDay(nowMs);
  if (day <= tallies.day) return tallies;
  const month = monthOfDay(day);
  if (month !== tallies.month) return { day, month, kinds: {}, rules: {} };
  return { day, month, kinds: clearedDays(tallies.kinds), rules: clearedDays(tallies.rules) };
}

function clearedDays<T extends Readonly<Record<string, Counter>>>(counters: T): T {
  const cleared: Record<string, Counter> = {};
  for (const [key, { monthPoints }] of Object.entries(counters)) cleared[key] = { dayPoints: 0, monthPoints };
  return cleared as T;
}

/** The tallies with one award counted, for its kind and for its rule. */
export function withAward(tallies: Tallies, award: { kind: ActionKind; ruleId: string; points: number }): Tallies {
  const { kind, ruleId, points } = award;
  return {
    day: tallies.day,
    month: tallies.month,
    kinds: { ...tallies.kinds, [kind]: plus(counterOfKind(tallies, kind), points) },
    rules: { ...tallies.rules, [ruleId]: plus(counterOfRule(tallies, ruleId), points) },
  };
}

function plus(counter: Counter, points: number): Counter {
  return { dayPoints: counter.dayPoints + points, monthPoints: counter.monthPoints + points };
}
