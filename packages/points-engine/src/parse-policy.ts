import { checkCondition, checkDay } from './check-condition.js';
import { compilePolicy } from './compile-policy.js';
import { ACTION_KINDS } from './facts.js';
import type { ActionKind } from './facts.js';
import type { Policy } from './policy.js';
import type { PolicyJson } from './policy-json.js';
import { createChecker, join } from './problems.js';
import type { Checker, PolicyProblem } from './problems.js';

/** Bounds on a policy, each far above what an office needs: one decision tries all rules of a kind. */
const MAX_VERSIONS = 500;
const MAX_RULES = 200;
const MAX_MULTIPLIERS = 4;
/** Rule 4: points are small. With the multipliers' bounds a product stays below 2^53. */
const MAX_POINTS = 1000;
const MAX_FACTOR = 100;
const MAX_CAP_POINTS = 1_000_000;

const VERSION_TEXT = {
  pattern: /^[0-9A-Za-z][0-9A-Za-z.-]{0,39}$/,
  says: '1 到 40 位字母、数字、点或短横，如 2026-09',
};
const RULE_ID_TEXT = { pattern: /^[a-z][a-z0-9-]{0,39}$/, says: '1 到 40 位小写字母、数字或短横，以字母开头' };
const TITLE_TEXT = { pattern: /^\S(?:.{0,38}\S)?$/u, says: '1 到 40 个字，前后没有空格' };

/**
 * Checks a policy's JSON and makes it ready for decisions. On failure it names every problem (at most 100) by its path,
 * with a sentence in Chinese for the operator; it never throws, whatever it is given.
 *
 * Beyond types and bounds it asks for what rule 4 demands: both caps for every kind that has a rule, whole points,
 * versions that begin on different days, rule ids that are unique in a version.
 */
export function parsePolicy(
  json: unknown,
): { ok: true; policy: Policy } | { ok: false; problems: readonly PolicyProblem[] } {
  const checker = createChecker();
  const root = checker.object(json, '', { required: ['versions'], optional: [] });
  if (root) checkVersions(checker, root['versions']);
  if (checker.problems.length > 0) return { ok: false, problems: checker.problems };
  // Every field has been checked above: from here on the JSON has the shape of its type. It is copied, so that nobody
  // can change a policy that is in use.
  return { ok: true, policy: compilePolicy(structuredCopy(json as PolicyJson)) };
}

function checkVersions(checker: Checker, value: unknown): void {
  const versions = checker.list(value, 'versions', { min: 1, max: MAX_VERSIONS });
  const names = new Set<unknown>();
  const days = new Set<unknown>();
  for (const [index, item] of versions.entries()) {
    const path = `versions[${index}]`;
    const version = checker.object(item, path, {
      required: ['version', 'effectiveFrom', 'caps', 'rules'],
      optional: [],
    });
    if (!version) continue;
    checker.text(version['version'], join(path, 'version'), VERSION_TEXT);
    checkDay(checker, version['effectiveFrom'], join(path, 'effectiveFrom'));
    noteRepeated(checker, { value: version['version'], seen: names, path: join(path, 'version') });
    noteRepeated(checker, { value: version['effectiveFrom'], seen: days, path: join(path, 'effectiveFrom') });
    const cappedKinds = checkKindCaps(checker, version['caps'], join(path, 'caps'));
    checkRules(checker, { value: version['rules'], path: join(path, 'rules'), cappedKinds });
  }
}

function checkKindCaps(checker: Checker, value: unknown, path: string): ReadonlySet<string> {
  const caps = checker.object(value, path, { required: [], optional: ACTION_KINDS });
  if (!caps) return new Set();
  for (const kind of Object.keys(caps)) {
    checkCaps(checker, { value: caps[kind], path: join(path, kind), required: ['perDay', 'perMonth'] });
  }
  return new Set(Object.keys(caps));
}

function checkCaps(checker: Checker, input: { value: unknown; path: string; required: readonly string[] }): void {
  const { value, path, required } = input;
  const caps = checker.object(value, path, { required, optional: ['perDay', 'perMonth'] });
  if (!caps) return;
  for (const period of ['perDay', 'perMonth']) {
    if (Object.hasOwn(caps, period)) {
      checker.integer(caps[period], join(path, period), { min: 1, max: MAX_CAP_POINTS });
    }
  }
  const { perDay, perMonth } = caps;
  if (typeof perDay === 'number' && typeof perMonth === 'number' && perDay > perMonth) {
    checker.note(path, '每日上限不能大于每月上限');
  }
}

function checkRules(checker: Checker, input: { value: unknown; path: string; cappedKinds: ReadonlySet<string> }): void {
  const { value, path, cappedKinds } = input;
  const ruleIds = new Set<unknown>();
  for (const [index, item] of checker.list(value, path, { min: 1, max: MAX_RULES }).entries()) {
    const rulePath = `${path}[${index}]`;
    const rule = checker.object(item, rulePath, {
      required: ['ruleId', 'kind', 'title', 'points'],
      optional: ['when', 'multipliers', 'caps'],
    });
    if (!rule) continue;
    checker.text(rule['ruleId'], join(rulePath, 'ruleId'), RULE_ID_TEXT);
    noteRepeated(checker, { value: rule['ruleId'], seen: ruleIds, path: join(rulePath, 'ruleId') });
    checker.text(rule['title'], join(rulePath, 'title'), TITLE_TEXT);
    checker.integer(rule['points'], join(rulePath, 'points'), { min: 1, max: MAX_POINTS });
    const kind = checkKind(checker, rule['kind'], join(rulePath, 'kind'));
    if (kind && !cappedKinds.has(kind)) checker.note(join(rulePath, 'kind'), `请在 caps.${kind} 写明每日和每月上限`);
    if (Object.hasOwn(rule, 'when'))
      checkCondition(checker, { value: rule['when'], path: join(rulePath, 'when'), kind });
    if (Object.hasOwn(rule, 'caps'))
      checkCaps(checker, { value: rule['caps'], path: join(rulePath, 'caps'), required: [] });
    if (Object.hasOwn(rule, 'multipliers')) {
      checkMultipliers(checker, { value: rule['multipliers'], path: join(rulePath, 'multipliers'), kind });
    }
  }
}

function checkMultipliers(checker: Checker, input: { value: unknown; path: string; kind: ActionKind | null }): void {
  const { value, path, kind } = input;
  for (const [index, item] of checker.list(value, path, { min: 0, max: MAX_MULTIPLIERS }).entries()) {
    const itemPath = `${path}[${index}]`;
    const multiplier = checker.object(item, itemPath, {
      required: ['title', 'numerator'],
      optional: ['denominator', 'when'],
    });
    if (!multiplier) continue;
    checker.text(multiplier['title'], join(itemPath, 'title'), TITLE_TEXT);
    for (const part of ['numerator', 'denominator']) {
      if (Object.hasOwn(multiplier, part)) {
        checker.integer(multiplier[part], join(itemPath, part), { min: 1, max: MAX_FACTOR });
      }
    }
    if (Object.hasOwn(multiplier, 'when')) {
      checkCondition(checker, { value: multiplier['when'], path: join(itemPath, 'when'), kind });
    }
  }
}

function checkKind(checker: Checker, value: unknown, path: string): ActionKind | null {
  const kind = ACTION_KINDS.find((known) => known === value) ?? null;
  if (!kind) checker.note(path, `必须是 ${ACTION_KINDS.join('、')} 之一`);
  return kind;
}

function noteRepeated(checker: Checker, input: { value: unknown; seen: Set<unknown>; path: string }): void {
  const { value, seen, path } = input;
  if (seen.has(value)) checker.note(path, '与前面的重复');
  seen.add(value);
}

function structuredCopy<T>(json: T): T {
  return JSON.parse(JSON.stringify(json)) as T;
}
