import type { ActionKind } from './facts.js';
import { versionAt } from './policy.js';
import type { Policy } from './policy.js';
import { counterOfKind, talliesAt } from './tallies.js';
import type { Tallies } from './tallies.js';

/** What the caps of a kind still allow. Never negative. */
export interface Room {
  todayPoints: number;
  monthPoints: number;
}

/**
 * How many points of a kind a member may still earn today and this month: “今日还可得 4”. Caps of single rules are not
 * counted. `null` where the version in force has no rule for this kind.
 */
export function roomLeft(input: { policy: Policy; tallies: Tallies; kind: ActionKind; nowMs: number }): Room | null {
  const { policy, kind, nowMs } = input;
  const version = versionAt(policy, nowMs);
  const caps = version?.caps[kind];
  if (!caps || version.rulesByKind[kind].length === 0) return null;
  const earned = counterOfKind(talliesAt(input.tallies, nowMs), kind);
  const monthPoints = Math.max(caps.perMonth - earned.monthPoints, 0);
  return { todayPoints: Math.min(Math.max(caps.perDay - earned.dayPoints, 0), monthPoints), monthPoints };
}
