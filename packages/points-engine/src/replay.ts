import { decideAwards } from './decide-awards.js';
import type { Award, LineQuantity } from './decision.js';
import type { Facts } from './facts.js';
import type { Policy } from './policy.js';
import { reverse } from './reverse.js';
import type { ReturnPart } from './reverse.js';
import { emptyTallies } from './tallies.js';
import type { Tallies } from './tallies.js';

/** One action as the journal has it: its facts, what it gave then, what was taken back since. */
export interface HistoryItem {
  memberId: string;
  /** The instant that was decided for, milliseconds UTC. */
  atMs: number;
  facts: Facts;
  /** What was given then. */
  awards: readonly Pick<Award, 'ruleId' | 'version' | 'kind' | 'points' | 'lineShares'>[];
  /** Every return of this action since, in order. */
  returns?: readonly ReturnPart[];
  /** Taken back as a whole (see `withdraw`): counts for caps, gives nothing. */
  withdrawn?: boolean;
}

/** Points net of what was taken back: as given then, as another policy gives, and the second minus the first. */
export interface Change {
  beforePoints: number;
  afterPoints: number;
  differencePoints: number;
}

export interface RuleChange extends Change {
  ruleId: string;
}

export interface MemberChange extends Change {
  memberId: string;
  /** Only the rules that differ, by id. */
  rules: readonly RuleChange[];
}

/** What another policy would have given. JSON. */
export interface ReplayReport extends Change {
  itemCount: number;
  memberCount: number;
  /**
   * Only members with a difference in some rule, by id and not by points: rule 1 forbids any ranking of persons, and
   * this list must not become one.
   */
  members: readonly MemberChange[];
  /** Every rule that gave something before or after, by id. */
  rules: readonly RuleChange[];
}

/** What a replay starts from, where the history does not start with the member's first action. */
export interface ReplayStart {
  /** Tallies before the first item, by member; missing members start from nothing. */
  talliesBefore?: ReadonlyMap<string, Tallies>;
}

/** A replay that is fed item by item: the journal is read in pages and never held as a whole. */
export interface Replay {
  add(item: HistoryItem): void;
  report(): ReplayReport;
}

/**
 * Begins a replay under `policy`. Items must come in journal order for each member (members may be mixed); each is
 * decided at its own instant, with the tallies the new policy itself produced so far. To try a version that begins
 * later, wrap it with `asIfAlways`. Nothing is published or changed. Errors as `decideAwards` and `reverse`.
 */
export function startReplay(policy: Policy, start: ReplayStart = {}): Replay {
  const tallies = new Map<string, Tallies>(start.talliesBefore);
  const sums = new Map<string, RuleSums>();
  let itemCount = 0;
  return {
    add(item) {
      const { memberId, facts, atMs: nowMs } = item;
      const decided = decideAwards({ facts, policy, tallies: tallies.get(memberId) ?? emptyTallies, nowMs });
      tallies.set(memberId, decided.tallies);
      const ofMember = sums.get(memberId) ?? new Map<string, Sums>();
      sums.set(memberId, ofMember);
      addNet(ofMember, { item, awards: item.awards, side: 'beforePoints' });
      addNet(ofMember, { item, awards: decided.awards, side: 'afterPoints' });
      itemCount += 1;
    },
    report: () => ({ itemCount, memberCount: sums.size, ...summarise(sums) }),
  };
}

/**
 * What another policy would have given for a whole history, with the difference per member and rule: what an operator
 * reads before publishing a new version. As `startReplay`, for a history that fits in memory.
 */
export function replay(history: Iterable<HistoryItem>, policy: Policy, start: ReplayStart = {}): ReplayReport {
  const running = startReplay(policy, start);
  for (const item of history) running.add(item);
  return running.report();
}

interface Sums {
  beforePoints: number;
  afterPoints: number;
}

type RuleSums = Map<string, Sums>;

function addNet(sums: RuleSums, input: { item: HistoryItem; awards: HistoryItem['awards']; side: keyof Sums }): void {
  const { item, awards, side } = input;
  if (item.withdrawn) return;
  for (const award of awards) plus(sums, { ruleId: award.ruleId, points: award.points, side });
  const lines: readonly LineQuantity[] = item.facts.lines;
  for (const part of item.returns ?? []) {
    const decision = { awards: awards.map((award) => ({ ...award, reason: '' })), matches: [], lines };
    for (const taken of reverse(decision, part).awards) {
      plus(sums, { ruleId: taken.ruleId, points: -taken.points, side });
    }
  }
}

function plus(sums: RuleSums, input: { ruleId: string; points: number; side: keyof Sums }): void {
  const sum = sums.get(input.ruleId) ?? { beforePoints: 0, afterPoints: 0 };
  sum[input.side] += input.points;
  sums.set(input.ruleId, sum);
}

function summarise(sums: ReadonlyMap<string, RuleSums>): Omit<ReplayReport, 'itemCount' | 'memberCount'> {
  const totals: RuleSums = new Map();
  const members: MemberChange[] = [];
  for (const [memberId, ofMember] of sums) {
    for (const [ruleId, sum] of ofMember) {
      plus(totals, { ruleId, points: sum.beforePoints, side: 'beforePoints' });
      plus(totals, { ruleId, points: sum.afterPoints, side: 'afterPoints' });
    }
    const rules = ruleChanges(ofMember).filter((rule) => rule.differencePoints !== 0);
    if (rules.length > 0) members.push({ memberId, ...total(ofMember), rules });
  }
  members.sort((a, b) => compareText(a.memberId, b.memberId));
  return { ...total(totals), members, rules: ruleChanges(totals) };
}

function ruleChanges(sums: RuleSums): RuleChange[] {
  return [...sums].map(([ruleId, sum]) => ({ ruleId, ...change(sum) })).sort((a, b) => compareText(a.ruleId, b.ruleId));
}

function total(sums: RuleSums): Change {
  const sum = { beforePoints: 0, afterPoints: 0 };
  for (const { beforePoints, afterPoints } of sums.values()) {
    sum.beforePoints += beforePoints;
    sum.afterPoints += afterPoints;
  }
  return change(sum);
}

function change({ beforePoints, afterPoints }: Sums): Change {
  return { beforePoints, afterPoints, differencePoints: afterPoints - beforePoints };
}

/** Ids are keys of a map here: no two are equal. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
