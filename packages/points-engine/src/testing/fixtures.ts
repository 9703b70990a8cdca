import { parsePolicy } from '../index.js';
import type { FactLine, Facts, MatchTerms, Policy, PolicyJson, RuleJson, VersionJson } from '../index.js';

/** `2026-09-22T09:31` in Shanghai, as an instant. */
export function shanghai(local: string): number {
  return Date.parse(`${local}:00+08:00`);
}

/** A Tuesday, outside every window unless a test says so. */
export const NOW_MS = shanghai('2026-11-24T10:00');

export function line(more: Partial<FactLine> = {}): FactLine {
  return {
    lineId: 'L1',
    productId: 'honey',
    countyCode: '500229',
    categoryKey: 'bee',
    quantity: 1,
    amountFen: 6800,
    charityItem: false,
    ...more,
  };
}

export function purchase(...lines: FactLine[]): Facts {
  return { kind: 'purchase', channel: 'web', lines: lines.length > 0 ? lines : [line()] };
}

export function rule(more: Partial<RuleJson> = {}): RuleJson {
  return { ruleId: 'purchase', kind: 'purchase', title: '每笔爱心购', points: 2, ...more };
}

const ROOMY = { perDay: 1000, perMonth: 10_000 };

export function version(more: Partial<VersionJson> = {}): VersionJson {
  return {
    version: '2026-09',
    effectiveFrom: '2026-09-01',
    caps: { purchase: ROOMY, review: ROOMY, recommendation: ROOMY, nomination: ROOMY, activity: ROOMY },
    rules: [rule()],
    ...more,
  };
}

export function policyOf(...versions: VersionJson[]): Policy {
  const source: PolicyJson = { versions };
  const parsed = parsePolicy(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

/** A policy of one version with these rules. */
export function policyWith(...rules: RuleJson[]): Policy {
  return policyOf(version({ rules }));
}

export function terms(more: Partial<MatchTerms> = {}): MatchTerms {
  return {
    agreementId: 'agreement-1',
    unit: 'line',
    amountFenPerUnit: 100,
    productIds: 'all',
    fromMs: shanghai('2026-01-01T00:00'),
    untilMs: shanghai('2027-01-01T00:00'),
    leftFen: 1_000_000,
    ...more,
  };
}
