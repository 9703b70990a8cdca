import { compileCondition } from './condition.js';
import { ACTION_KINDS } from './facts.js';
import type { ActionKind } from './facts.js';
import type { CompiledCap, CompiledMultiplier, CompiledRule, Policy, PolicyVersion } from './policy.js';
import type { CapsJson, MultiplierJson, PolicyJson, RuleJson, VersionJson } from './policy-json.js';
import { shanghaiDayStartMs } from './shanghai.js';
import { KIND_NAMES, awardReason } from './words.js';

/** Makes a valid policy ready for fast decisions. Only `parsePolicy` calls it: everything here may trust the JSON. */
export function compilePolicy(source: PolicyJson): Policy {
  const versions = source.versions.map(compileVersion);
  versions.sort((a, b) => a.effectiveFromMs - b.effectiveFromMs);
  return { source, versions };
}

function compileVersion(json: VersionJson): PolicyVersion {
  const rulesByKind = Object.fromEntries(
    ACTION_KINDS.map((kind) => [
      kind,
      json.rules.filter((rule) => rule.kind === kind).map((rule) => compileRule(rule, json)),
    ]),
  ) as Record<ActionKind, CompiledRule[]>;
  return {
    version: json.version,
    effectiveFromMs: shanghaiDayStartMs(json.effectiveFrom) ?? 0,
    rulesByKind,
    caps: json.caps,
  };
}

function compileRule(rule: RuleJson, inVersion: VersionJson): CompiledRule {
  const { version } = inVersion;
  const { ruleId, kind, title, points } = rule;
  return {
    ruleId,
    version,
    kind,
    title,
    points,
    condition: compileCondition(rule.when ?? {}),
    multipliers: (rule.multipliers ?? []).map(compileMultiplier),
    caps: compileCaps(rule, inVersion.caps[kind] ?? {}),
    plainReason: awardReason({ title, points, version, notes: [] }),
  };
}

function compileMultiplier(json: MultiplierJson): CompiledMultiplier {
  const { title, numerator, denominator = 1 } = json;
  return {
    numerator,
    denominator,
    label: `${title} ×${denominator === 1 ? numerator : `${numerator}/${denominator}`}`,
    condition: compileCondition(json.when ?? {}),
  };
}

/**
 * Months before days: where both are used up, the member should read the one that lasts longer, not come back tomorrow
 * in vain.
 */
function compileCaps(rule: RuleJson, kindCaps: CapsJson): CompiledCap[] {
  const kindName = KIND_NAMES[rule.kind];
  const ruleName = `“${rule.title}”`;
  return [
    compileCap({ scope: 'kind', period: 'month', limitPoints: kindCaps.perMonth, name: kindName }),
    compileCap({ scope: 'rule', period: 'month', limitPoints: rule.caps?.perMonth, name: ruleName }),
    compileCap({ scope: 'kind', period: 'day', limitPoints: kindCaps.perDay, name: kindName }),
    compileCap({ scope: 'rule', period: 'day', limitPoints: rule.caps?.perDay, name: ruleName }),
  ].filter((cap) => cap !== null);
}

function compileCap(cap: {
  scope: 'kind' | 'rule';
  period: 'day' | 'month';
  limitPoints: number | undefined;
  name: string;
}): CompiledCap | null {
  const { scope, period, limitPoints, name } = cap;
  if (limitPoints === undefined) return null;
  const subject = `${period === 'day' ? '今日' : '本月'}${name}积分`;
  return {
    scope,
    period,
    limitPoints,
    label: `${subject}上限 ${limitPoints} 分`,
    reachedReason: `${subject}已达上限 ${limitPoints} 分`,
  };
}
