import { ignoreRuleFor } from './ignore-rules.rules.js';
import { byDayAndId, namedLine, type Unresolved } from './lines.rules.js';
import type { LineDecision, LineFacts, MatchingFacts, NamedLine, Part, Reason } from './matching.types.js';
import { Payers } from './payers.rules.js';
import { findReferences } from './references.rules.js';
import { suggestionsFor } from './suggestions.rules.js';

/** A reason names so many others; more would not be read. */
const MOST_NAMED = 6;

/**
 * What becomes of each line, in the order given; the decisions themselves do not depend on that order. Certain is only what
 * names its remittances and brings exactly what is still to come of them, and whatever an ignore rule names. The rest is
 * suggested with its reason, or left open with its reason. Two lines that could each be the same money are never told
 * apart by guess: they stay open and name each other.
 */
export function decideLines(lines: readonly LineFacts[], facts: MatchingFacts): LineDecision[] {
  const read = lines.map((line) => readLine(line, facts));
  const claims = claimsOf(read);
  const taken = new Set<string>();
  const decisions = new Map<string, LineDecision>();
  const uncertain: ReadLine[] = [];
  for (const one of read) {
    const decision = certainDecision(one, facts, claims);
    if (!decision) {
      uncertain.push(one);
      continue;
    }
    decisions.set(one.line.lineId, decision);
    for (const remittanceId of one.claims) taken.add(remittanceId);
  }
  for (const decision of uncertainDecisions(uncertain, facts, taken)) decisions.set(decision.lineId, decision);
  return lines.map((line) => decisions.get(line.lineId)).filter((one) => one !== undefined);
}

/** Suggestions, and open lines with their reasons. `taken`: the remittances that certain lines claim. */
function uncertainDecisions(
  uncertain: readonly ReadLine[],
  facts: MatchingFacts,
  taken: ReadonlySet<string>,
): LineDecision[] {
  if (uncertain.length === 0) return [];
  const payers = new Payers([
    ...facts.remittancesByReference.values(),
    ...facts.openRemittances,
    ...(facts.sponsors ?? []),
  ]);
  const unresolved = uncertain.map((one): Unresolved => ({
    ...one,
    open: one.open.filter(({ remittanceId }) => !taken.has(remittanceId)),
    sponsors: payers.sponsorsOf(one.line),
  }));
  const openRemittances = facts.openRemittances.filter((one) => one.leftFen > 0 && !taken.has(one.remittanceId));
  const suggested = suggestionsFor(unresolved, { openRemittances, openSpends: facts.openSpends ?? [] });
  return unresolved.map((one): LineDecision => {
    const { line, references } = one;
    const found = suggested.get(line.lineId);
    const decided = { lineId: line.lineId, references };
    return found && 'suggestion' in found
      ? { ...decided, state: 'SUGGESTED', reason: { code: 'SUGGESTION' }, suggestion: found.suggestion }
      : { ...decided, state: 'OPEN', reason: found?.reason ?? openReason(one) };
  });
}

interface ReadLine extends Omit<Unresolved, 'sponsors'> {
  /** The remittances of which the line brings exactly what is still to come; empty when it does not. */
  readonly claims: readonly string[];
}

function leftFenOf(reference: string, { remittancesByReference }: MatchingFacts): number {
  return remittancesByReference.get(reference)?.leftFen ?? 0;
}

function readLine(line: LineFacts, facts: MatchingFacts): ReadLine {
  const text = line.summary ? `${line.memo}\n${line.summary}` : line.memo;
  const references = findReferences(text);
  const known = references.filter((reference) => facts.remittancesByReference.has(reference));
  const open = known.filter((reference) => leftFenOf(reference, facts) > 0);
  const isCertain =
    line.amountFen > 0 &&
    open.length > 0 &&
    open.length === references.length &&
    open.reduce((sum, reference) => sum + leftFenOf(reference, facts), 0) === line.amountFen;
  return {
    line,
    references,
    known,
    open: open.map((reference) => ({ remittanceId: reference, leftFen: leftFenOf(reference, facts) })),
    hasGaps: references.some((reference) => !text.includes(reference)),
    claims: isCertain ? open : [],
  };
}

/** Which lines bring exactly what is still to come of a remittance. */
function claimsOf(read: readonly ReadLine[]): ReadonlyMap<string, readonly ReadLine[]> {
  const claims = new Map<string, ReadLine[]>();
  for (const one of read) {
    for (const remittanceId of one.claims) {
      const others = claims.get(remittanceId);
      if (others) others.push(one);
      else claims.set(remittanceId, [one]);
    }
  }
  return claims;
}

function certainDecision(
  one: ReadLine,
  facts: MatchingFacts,
  claims: ReadonlyMap<string, readonly ReadLine[]>,
): LineDecision | undefined {
  const { line, references } = one;
  const { lineId } = line;
  if (one.claims.length > 0) {
    const rivals = rivalsOf(one, claims);
    if (rivals.length > 0) return { lineId, references, state: 'OPEN', reason: twins(rivals, one) };
    if (line.isKeptOpen) return undefined;
    return {
      lineId,
      references,
      state: 'MATCHED',
      parts: one.open.map(({ remittanceId, leftFen }) => partOf(lineId, remittanceId, leftFen)),
      reason: { code: 'REFERENCE_AND_AMOUNT', targetIds: one.claims },
    };
  }
  // Who names a remittance speaks of it, whatever else the text says.
  const rule = references.length === 0 && !line.isKeptOpen ? ignoreRuleFor(line, facts.rules) : undefined;
  if (!rule) return undefined;
  const { name, category } = rule;
  return {
    lineId,
    references,
    state: 'IGNORED',
    category,
    rule: name,
    reason: { code: 'IGNORE_RULE', rule: name },
  };
}

function partOf(lineId: string, remittanceId: string, amountFen: number): Part {
  return { lineId, remittanceId, spendId: null, amountFen };
}

/** Other lines that bring exactly what the same remittance waits for. */
function rivalsOf(one: ReadLine, claims: ReadonlyMap<string, readonly ReadLine[]>): NamedLine[] {
  const rivals = new Map<string, NamedLine>();
  for (const remittanceId of one.claims) {
    for (const { line } of claims.get(remittanceId) ?? []) rivals.set(line.lineId, line);
  }
  rivals.delete(one.line.lineId);
  return [...rivals.values()].sort(byDayAndId);
}

/** This line, and those that could be the same money. */
function twins(rivals: readonly NamedLine[], one: ReadLine): Reason {
  const lines = [one.line, ...rivals.slice(0, MOST_NAMED - 1)].sort(byDayAndId);
  return { code: 'TWINS', lines: lines.map(namedLine), targetIds: one.claims };
}

/** Why nothing is known of a line. */
function openReason({ line, references, known, open, sponsors }: Unresolved): Reason {
  if (line.amountFen < 0) return { code: 'MONEY_OUT' };
  if (references.length === 0) return { code: sponsors.size > 0 ? 'PAYER_WITHOUT_REMITTANCE' : 'STRANGER' };
  const unknown = references.filter((reference) => !known.includes(reference));
  if (unknown.length > 0) return { code: 'REFERENCE_UNKNOWN', targetIds: unknown };
  return { code: open.length === 0 ? 'ALREADY_RECEIVED' : 'AMOUNT_DIFFERS', targetIds: known };
}
