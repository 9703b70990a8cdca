import { sumAmountFen } from './condition.js';
import type { DeclinedMatch, Match, MatchUnit } from './decision.js';
import { assertFacts } from './facts.js';
import type { FactLine, Facts } from './facts.js';
import { yuan } from './words.js';

/** A donation agreement as far as it decides what one sale matches (rule 5). The caller reads it from the agreement. */
export interface MatchTerms {
  agreementId: string;
  unit: MatchUnit;
  /** Whole fen, 1 or more; 100 by default of the domain. */
  amountFenPerUnit: number;
  /** The agreement's products; give a set where the list is long. */
  productIds: readonly string[] | ReadonlySet<string> | 'all';
  /** Only products of these counties, where given. */
  countyCodes?: readonly string[];
  /** Only products of these categories, where given. */
  categoryKeys?: readonly string[];
  /** Only lines that carried the 公益宝贝 badge, where true. */
  charityItemsOnly?: boolean;
  /** The first instant of the term. */
  fromMs: number;
  /** The first instant after the term. */
  untilMs: number;
  /** Least amount for one unit, fen: of the order's covered lines, of the line, or of one piece. */
  minimumAmountFen?: number;
  /** What the agreement may still give, fen. Zero or less: nothing. */
  leftFen: number;
}

/** What a purchase makes the sponsors give. JSON. */
export interface MatchDecision {
  matches: readonly Match[];
  declined: readonly DeclinedMatch[];
}

/**
 * Decides the matches of one purchase (rule 5). Each agreement is asked by itself, in the order given; two agreements
 * may match the same line. Lines are taken in order while the agreement's yuan last. A unit is matched whole or not
 * at all: never 40 fen of a promised yuan. Actions other than purchases match nothing.
 *
 * Throws `RangeError` on facts no frozen order can have, or terms whose amounts are not whole fen.
 */
export function decideMatches(input: { facts: Facts; terms: readonly MatchTerms[]; nowMs: number }): MatchDecision {
  const { facts, terms, nowMs } = input;
  assertFacts(facts);
  const matches: Match[] = [];
  const declined: DeclinedMatch[] = [];
  if (facts.kind !== 'purchase') return { matches, declined };
  for (const agreement of terms) {
    assertTerms(agreement);
    const refuse = (refusal: Omit<DeclinedMatch, 'agreementId'>) =>
      declined.push({ agreementId: agreement.agreementId, ...refusal });
    if (nowMs < agreement.fromMs || nowMs >= agreement.untilMs) {
      refuse({ lineId: null, code: 'OUTSIDE_TERM', unitCount: 0, reason: '不在配捐协议的有效期内' });
      continue;
    }
    const covered = facts.lines.filter((line) => covers(agreement, line));
    if (covered.length === 0) {
      refuse({ lineId: null, code: 'CONDITION', unitCount: 0, reason: '没有配捐协议内的商品' });
      continue;
    }
    let { leftFen } = agreement;
    for (const candidate of candidates(agreement, { covered, allLines: facts.lines })) {
      const outcome = matchCandidate(agreement, { candidate, leftFen });
      if (outcome.match) matches.push(outcome.match);
      if (outcome.refusal) refuse(outcome.refusal);
      leftFen -= outcome.match?.amountFen ?? 0;
    }
  }
  return { matches, declined };
}

/** One line, or the order, that may be matched: how many units, and what was paid for them. */
interface Candidate {
  lineId: string | null;
  lineIds?: readonly string[];
  unitCount: number;
  amountFen: number;
}

function candidates(
  agreement: MatchTerms,
  order: { covered: readonly FactLine[]; allLines: readonly FactLine[] },
): readonly Candidate[] {
  const { covered, allLines } = order;
  if (agreement.unit === 'order') {
    const whole = { lineId: null, unitCount: 1, amountFen: sumAmountFen(covered) };
    return [covered.length === allLines.length ? whole : { ...whole, lineIds: covered.map((line) => line.lineId) }];
  }
  return covered.map((line) => ({
    lineId: line.lineId,
    unitCount: agreement.unit === 'piece' ? line.quantity : 1,
    amountFen: line.amountFen,
  }));
}

function matchCandidate(
  agreement: MatchTerms,
  input: { candidate: Candidate; leftFen: number },
): { match?: Match; refusal?: Omit<DeclinedMatch, 'agreementId'> } {
  const { agreementId, unit, amountFenPerUnit, minimumAmountFen = 0 } = agreement;
  const { candidate, leftFen } = input;
  const { lineId, lineIds, unitCount: wantedCount } = candidate;
  // Compared without a division, which would have to be rounded: the price of one piece is not always whole fen.
  if (candidate.amountFen < minimumAmountFen * wantedCount) {
    const reason = `未达到配捐起点：每${UNIT_NAMES[unit]} ${yuan(minimumAmountFen)}`;
    return { refusal: { lineId, code: 'BELOW_MINIMUM', unitCount: wantedCount, reason } };
  }
  const usableFen = Math.max(leftFen, 0);
  const affordableCount = (usableFen - (usableFen % amountFenPerUnit)) / amountFenPerUnit;
  const unitCount = Math.min(wantedCount, affordableCount);
  const capped = {
    lineId,
    code: 'CAPPED' as const,
    unitCount: wantedCount - unitCount,
    reason: `配捐额度只剩 ${yuan(usableFen - unitCount * amountFenPerUnit)}，不足再配一份 ${yuan(amountFenPerUnit)}`,
  };
  if (unitCount === 0) return { refusal: capped };
  const match: Match = {
    agreementId,
    unit,
    lineId,
    ...(lineIds ? { lineIds } : {}),
    unitCount,
    amountFen: unitCount * amountFenPerUnit,
    reason: matchReason(agreement, unitCount),
  };
  return unitCount < wantedCount ? { match, refusal: capped } : { match };
}

const UNIT_NAMES: Readonly<Record<MatchUnit, string>> = { line: '个订单行', order: '笔订单', piece: '件商品' };

function matchReason(agreement: MatchTerms, unitCount: number): string {
  const each = `每${UNIT_NAMES[agreement.unit]}由配捐方捐出 ${yuan(agreement.amountFenPerUnit)}`;
  return agreement.unit === 'piece' ? `${each}，共 ${unitCount} 件` : each;
}

function covers(agreement: MatchTerms, line: FactLine): boolean {
  const { productIds, countyCodes, categoryKeys, charityItemsOnly } = agreement;
  if (charityItemsOnly && !line.charityItem) return false;
  if (countyCodes && !countyCodes.includes(line.countyCode)) return false;
  if (categoryKeys && !categoryKeys.includes(line.categoryKey)) return false;
  if (productIds === 'all') return true;
  return 'has' in productIds ? productIds.has(line.productId) : productIds.includes(line.productId);
}

function assertTerms(terms: MatchTerms): void {
  const { agreementId, amountFenPerUnit, minimumAmountFen = 0, leftFen } = terms;
  if (!Number.isSafeInteger(amountFenPerUnit) || amountFenPerUnit < 1) {
    throw new RangeError(
      `agreement ${agreementId}: amountFenPerUnit must be whole fen from 1, not ${amountFenPerUnit}`,
    );
  }
  if (!Number.isSafeInteger(minimumAmountFen) || minimumAmountFen < 0) {
    throw new RangeError(`agreement ${agreementId}: minimumAmountFen must be whole fen, not ${minimumAmountFen}`);
  }
  if (!Number.isSafeInteger(leftFen)) throw new RangeError(`agreement ${agreementId}: leftFen must be whole fen`);
}
