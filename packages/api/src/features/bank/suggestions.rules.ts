import {
  type Candidate,
  partCandidates,
  sameAmountCandidates,
  spendCandidates,
  sumCandidates,
} from './candidates.rules.js';
import { byDayAndId, namedLine, type Unresolved } from './lines.rules.js';
import type { NamedLine, Reason, RemittanceFacts, SpendFacts, Suggestion } from './matching.types.js';

export interface Targets {
  readonly openRemittances: readonly RemittanceFacts[];
  readonly openSpends: readonly SpendFacts[];
}

export type Suggested = { readonly suggestion: Suggestion } | { readonly reason: Reason };

/** A reason names so many; more would not be read. */
const MOST_NAMED = 6;

/**
 * Suggestions for lines that nothing certain is known of. The stronger evidence goes first; what it suggests, weaker
 * evidence no longer touches. Ways of equal strength that want the same line or the same remittance cancel each other:
 * none is suggested, and all their lines say so, each naming the others.
 */
export function suggestionsFor(unresolved: readonly Unresolved[], targets: Targets): Map<string, Suggested> {
  const result = new Map<string, Suggested>();
  if (unresolved.length === 0) return result;
  const lines = unresolved.toSorted((a, b) => byDayAndId(a.line, b.line));
  const remittances = targets.openRemittances.toSorted((a, b) => (a.remittanceId < b.remittanceId ? -1 : 1));
  const candidates = [
    ...sumCandidates(lines, remittances),
    ...partCandidates(lines),
    ...sameAmountCandidates(lines, remittances),
    ...spendCandidates(lines, targets.openSpends),
  ];
  const taken = new Set<string>();
  for (const rank of [...new Set(candidates.map((one) => one.rank))].sort((a, b) => a - b)) {
    const free = candidates.filter((one) => one.rank === rank && !keysOf(one).some((key) => taken.has(key)));
    for (const group of connected(free)) settleGroup(group, result);
    for (const one of free) for (const key of keysOf(one)) taken.add(key);
  }
  return result;
}

function keysOf({ lines, targets }: Candidate): string[] {
  return [...lines.map(({ lineId }) => `l:${lineId}`), ...targets.map(({ id }) => `t:${id}`)];
}

/** Candidates that share a line or a target, directly or through others. */
function connected(candidates: readonly Candidate[]): Candidate[][] {
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let up = parents.get(root); up !== undefined && up !== root; up = parents.get(root)) root = up;
    parents.set(key, root);
    return root;
  };
  for (const candidate of candidates) {
    const [first = '', ...rest] = keysOf(candidate).map(rootOf);
    for (const root of rest) parents.set(root, rootOf(first));
  }
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const root = rootOf(keysOf(candidate)[0] ?? '');
    const group = groups.get(root);
    if (group) group.push(candidate);
    else groups.set(root, [candidate]);
  }
  return [...groups.values()];
}

function settleGroup(group: readonly Candidate[], result: Map<string, Suggested>): void {
  if (mayAllBe(group)) {
    for (const { kind, lines, targets, parts, evidence } of group) {
      const suggestion: Suggestion = { kind, parts, targets, evidence, lines: lines.map(namedLine) };
      for (const { lineId } of lines) result.set(lineId, { suggestion });
    }
    return;
  }
  const lines = [...new Map(group.flatMap((one) => one.lines.map((line) => [line.lineId, namedLine(line)]))).values()];
  const targets = [...new Map(group.flatMap((one) => one.targets.map((target) => [target.id, target]))).values()];
  const isTwins = hasEqual(lines.map((line) => line.amountFen)) || hasEqual(targets.map((target) => target.leftFen));
  const targetIds = targets.map(({ id }) => id).sort();
  for (const line of lines) {
    const reason: Reason = {
      code: isTwins ? 'TWINS' : 'SEVERAL_WAYS',
      lines: nearest(line, lines),
      targetIds: targetIds.slice(0, MOST_NAMED),
    };
    result.set(line.lineId, { reason });
  }
}

/** One way alone, or several payments towards one remittance that is not full with all of them. */
function mayAllBe(group: readonly Candidate[]): boolean {
  const [first] = group;
  if (group.length <= 1) return first !== undefined;
  const target = first?.targets[0];
  if (!target || !group.every((one) => one.kind === 'PART_PAYMENT' && one.targets[0]?.id === target.id)) return false;
  return group.reduce((sum, one) => sum + (one.parts[0]?.amountFen ?? 0), 0) <= target.leftFen;
}

/** The line and the first of the others: everything the reader must compare it with. */
function nearest(line: NamedLine, all: readonly NamedLine[]): NamedLine[] {
  const others = all.filter(({ lineId }) => lineId !== line.lineId).sort(byDayAndId);
  return [line, ...others.slice(0, MOST_NAMED - 1)].sort(byDayAndId);
}

function hasEqual(amounts: readonly number[]): boolean {
  return new Set(amounts).size < amounts.length;
}
