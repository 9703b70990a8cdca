import type { CompiledCondition } from './condition.js';
import type { ActionKind } from './facts.js';
import type { PolicyJson } from './policy-json.js';

/** One cap of a rule: of its kind or its own, per day or per month, with the sentence that says it is used up. */
export interface CompiledCap {
  scope: 'kind' | 'rule';
  period: 'day' | 'month';
  limitPoints: number;
  /** `今日购买积分上限 6 分` */
  label: string;
  /** `今日购买积分已达上限 6 分` */
  reachedReason: string;
}

export interface CompiledMultiplier {
  numerator: number;
  denominator: number;
  /** `助农周 ×2` */
  label: string;
  condition: CompiledCondition;
}

export interface CompiledRule {
  ruleId: string;
  version: string;
  kind: ActionKind;
  title: string;
  points: number;
  condition: CompiledCondition;
  multipliers: readonly CompiledMultiplier[];
  caps: readonly CompiledCap[];
  /** The sentence of the plain case, ready. */
  plainReason: string;
}

export interface PolicyVersion {
  version: string;
  /** The first instant at which it holds. */
  effectiveFromMs: number;
  rulesByKind: Readonly<Record<ActionKind, readonly CompiledRule[]>>;
  caps: Readonly<Partial<Record<ActionKind, { perDay: number; perMonth: number }>>>;
}

/**
 * A policy made ready by `parsePolicy`: sentences written, lists indexed, rules sorted by kind, versions by their first
 * instant. Immutable; keep one per process and use it for every decision.
 */
export interface Policy {
  /** What it was parsed from, to store or to show. */
  readonly source: PolicyJson;
  /** By `effectiveFromMs`, earliest first. */
  readonly versions: readonly PolicyVersion[];
}

/** The version in force at an instant, or `null` before the first one. Binary search. */
export function versionAt(policy: Policy, nowMs: number): PolicyVersion | null {
  const { versions } = policy;
  let low = 0;
  let high = versions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = versions[middle];
    if (candidate && candidate.effectiveFromMs <= nowMs) low = middle + 1;
    else high = middle;
  }
  return versions[low - 1] ?? null;
}

/**
 * The policy in which one of its versions has always held: what `replay` needs to try next month's rules on last
 * month's purchases. Campaign windows keep their days. Throws `RangeError` where there is no such version.
 */
export function asIfAlways(policy: Policy, version: string): Policy {
  const found = policy.versions.find((candidate) => candidate.version === version);
  if (!found) throw new RangeError(`the policy has no version ${version}`);
  return { source: policy.source, versions: [{ ...found, effectiveFromMs: Number.MIN_SAFE_INTEGER }] };
}
