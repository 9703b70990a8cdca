import { testCondition } from './condition.js';
import type { Award, Declined, LineShare } from './decision.js';
import { assertFacts } from './facts.js';
import type { FactLine, Facts } from './facts.js';
import { versionAt } from './policy.js';
import type { CompiledCap, CompiledRule, Policy } from './policy.js';
import { splitByLargestRemainder } from './split.js';
import { counterOfKind, counterOfRule, talliesAt, withAward } from './tallies.js';
import type { Tallies } from './tallies.js';
import { KIND_NAMES, awardReason } from './words.js';

/** What love points an action earned. JSON. */
export interface AwardDecision {
  /** In the policy's order. */
  awards: readonly Award[];
  /** Every rule of the kind that gave nothing, with the reason. */
  declined: readonly Declined[];
  /** After this action. */
  tallies: Tallies;
  /** Sum of the awards. */
  points: number;
  /** The version that decided, `null` where none was in force. */
  version: string | null;
}

/**
 * Decides the love points of one action (rule 4: small, per action, capped per day and month, each with its reason).
 *
 * The version in force at `nowMs` decides; every rule of the action's kind is tried in the policy's order, so one
 * action may earn several awards. Where a cap leaves some room, the award is cut to it and says so. Equal input gives
 * equal output: nothing else is read. `nowMs` is the instant of the action, milliseconds UTC.
 *
 * Throws `RangeError` on facts that no frozen order can have (see `assertFacts`) or an instant that is no whole number.
 */
export function decideAwards(input: { facts: Facts; policy: Policy; tallies: Tallies; nowMs: number }): AwardDecision {
  const { facts, policy, nowMs } = input;
  assertFacts(facts);
  let tallies = talliesAt(input.tallies, nowMs);
  const version = versionAt(policy, nowMs);
  if (!version) return { awards: [], declined: [NO_VERSION], tallies, points: 0, version: null };
  const rules = version.rulesByKind[facts.kind];
  const awards: Award[] = [];
  const declined: Declined[] = rules.length === 0 ? [noRule(version.version, facts)] : [];
  const lines = facts.lines.length > 0 ? facts.lines : [subjectAsLine(facts)];
  let points = 0;
  for (const rule of rules) {
    const outcome = applyRule(rule, { facts, lines, tallies, nowMs });
    if ('code' in outcome) {
      declined.push(outcome);
    } else {
      awards.push(outcome);
      tallies = withAward(tallies, outcome);
      points += outcome.points;
    }
  }
  return { awards, declined, tallies, points, version: version.version };
}

interface Situation {
  facts: Facts;
  lines: readonly FactLine[];
  tallies: Tallies;
  nowMs: number;
}

function applyRule(rule: CompiledRule, situation: Situation): Award | Declined {
  const { ruleId, version, kind } = rule;
  const tested = testCondition(rule.condition, situation);
  if ('code' in tested) return { ruleId, version, code: tested.code, reason: tested.reason };
  const earned = multiply(rule, { ...situation, lines: tested.lines });
  if (earned.points === 0) {
    return { ruleId, version, code: 'ROUNDED_TO_ZERO', reason: `按倍数折算后不足 1 分（${earned.notes.join('，')}）` };
  }
  const { cap, roomPoints } = tightestCap(rule, situation.tallies);
  if (cap && roomPoints <= 0) return { ruleId, version, code: 'CAPPED', reason: cap.reachedReason };
  const points = Math.min(earned.points, roomPoints);
  const notes = points < earned.points && cap ? [...earned.notes, `${cap.label}，本次只计 ${points} 分`] : earned.notes;
  return {
    ruleId,
    version,
    kind,
    points,
    lineShares: situation.facts.lines.length > 0 ? shareByAmount(points, tested.lines) : [],
    reason: notes.length === 0 ? rule.plainReason : awardReason({ title: rule.title, points, version, notes }),
  };
}

const NO_NOTES: readonly string[] = [];

/** All multipliers that hold, then one rounding down. The policy's bounds keep the product far below 2^53. */
function multiply(rule: CompiledRule, situation: Situation): { points: number; notes: readonly string[] } {
  if (rule.multipliers.length === 0) return { points: rule.points, notes: NO_NOTES };
  let numerator = rule.points;
  let denominator = 1;
  const notes: string[] = [];
  for (const multiplier of rule.multipliers) {
    if ('code' in testCondition(multiplier.condition, situation)) continue;
    numerator *= multiplier.numerator;
    denominator *= multiplier.denominator;
    notes.push(multiplier.label);
  }
  return { points: (numerator - (numerator % denominator)) / denominator, notes };
}

/** The cap with the least room left; without any cap the room is endless. */
function tightestCap(rule: CompiledRule, tallies: Tallies): { cap: CompiledCap | null; roomPoints: number } {
  const ofKind = counterOfKind(tallies, rule.kind);
  const ofRule = counterOfRule(tallies, rule.ruleId);
  let tightest: CompiledCap | null = null;
  let roomPoints = Number.MAX_SAFE_INTEGER;
  for (const cap of rule.caps) {
    const counter = cap.scope === 'kind' ? ofKind : ofRule;
    const left = cap.limitPoints - (cap.period === 'day' ? counter.dayPoints : counter.monthPoints);
    if (left < roomPoints) {
      tightest = cap;
      roomPoints = left;
    }
  }
  return { cap: tightest, roomPoints };
}

/**
 * Each qualifying line's part of the award, by what was paid for it; free lines share equally. Frozen now, so that a
 * refund takes back what exactly that line earned (rule 4).
 */
function shareByAmount(points: number, lines: readonly FactLine[]): LineShare[] {
  const [only] = lines;
  if (lines.length === 1 && only) return [{ lineId: only.lineId, points }];
  const parts = splitByLargestRemainder(
    points,
    lines.map((line) => line.amountFen),
  );
  const shares: LineShare[] = [];
  for (const [index, { lineId }] of lines.entries()) {
    const part = parts[index] ?? 0;
    if (part > 0) shares.push({ lineId, points: part });
  }
  return shares;
}

/** An action without lines is tested as if its subject were a line; an empty text fits no list. */
function subjectAsLine(facts: Facts): FactLine {
  const { countyCode = '', categoryKey = '', productId = '' } = facts;
  return { lineId: '', productId, countyCode, categoryKey, quantity: 1, amountFen: 0, charityItem: false };
}

const NO_VERSION: Declined = Object.freeze({
  ruleId: '*',
  version: null,
  code: 'NO_VERSION',
  reason: '积分规则尚未生效，本次不计分',
});

function noRule(version: string, facts: Facts): Declined {
  return { ruleId: '*', version, code: 'NO_RULE', reason: `规则 ${version} 版没有${KIND_NAMES[facts.kind]}积分` };
}
