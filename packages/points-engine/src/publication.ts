import type { Policy } from './policy.js';
import type { VersionJson } from './policy-json.js';
import { shanghaiDayStartMs } from './shanghai.js';
import type { PolicyProblem } from './problems.js';

/**
 * Says whether a policy may replace the published one (rule 4: a rule never changes the past). Every version that has
 * begun by `nowMs` must stay exactly as it is, and every new or changed one must begin after it. No problems: it may.
 * Paths name the candidate's versions, messages are zh-CN.
 */
export function checkPublication(input: { published: Policy; candidate: Policy; nowMs: number }): PolicyProblem[] {
  const { published, candidate, nowMs } = input;
  const problems: PolicyProblem[] = [];
  const begun = new Map<string, VersionJson>();
  for (const version of published.source.versions) {
    if (hasBegun(version, nowMs)) begun.set(version.version, version);
  }
  for (const [index, version] of candidate.source.versions.entries()) {
    const path = `versions[${index}]`;
    const before = begun.get(version.version);
    begun.delete(version.version);
    if (before && sortedText(before) !== sortedText(version)) {
      problems.push({ path, message: `规则 ${version.version} 版已经生效，不能修改；请另建新版` });
    }
    if (!before && hasBegun(version, nowMs)) {
      problems.push({ path, message: `规则 ${version.version} 版的生效日期必须在今天以后` });
    }
  }
  for (const version of begun.keys()) {
    problems.push({ path: 'versions', message: `规则 ${version} 版已经生效，不能删除` });
  }
  return problems;
}

function hasBegun(version: VersionJson, nowMs: number): boolean {
  return (shanghaiDayStartMs(version.effectiveFrom) ?? 0) <= nowMs;
}

/** The same text for the same content, whatever order its keys were written in. */
function sortedText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${sortedText(item)}`).join(',')}}`;
}
