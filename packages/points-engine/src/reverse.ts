import type { Award, LineShare, Match, MatchUnit, ReversibleDecision } from './decision.js';
import type { ActionKind } from './facts.js';
import { mulDiv } from './split.js';

/** What is returned now. */
export interface ReturnPart {
  /** Each line at most once. `quantity` is returned now (0 is allowed), `alreadyReturned` was returned before. */
  lines: readonly { lineId: string; quantity: number; alreadyReturned: number }[];
  /**
   * Pieces returned before, by line id, for lines that are not in this part; needed only where a match is per order,
   * since that one is undone with the order's last line. A line of this part may be named too, with the same figure.
   */
  returnedBefore?: Readonly<Record<string, number>>;
}

/** What of one award is taken back. */
export interface ReversedAward {
  ruleId: string;
  version: string;
  kind: ActionKind;
  /** 1 or more: how many points the balance goes down. */
  points: number;
  lineShares: readonly LineShare[];
  /** One sentence for the member, zh-CN. */
  reason: string;
}

/** What of one match is undone. */
export interface ReversedMatch {
  agreementId: string;
  unit: MatchUnit;
  lineId: string | null;
  unitCount: number;
  /** 1 or more: how many fen go back to the agreement's rest. */
  amountFen: number;
  reason: string;
}

/** What a return takes back: figures are positive, the caller subtracts them. JSON. */
export interface Reversal {
  awards: readonly ReversedAward[];
  matches: readonly ReversedMatch[];
  /** Sum of the awards taken back. */
  points: number;
  /** Sum of the matches undone. */
  matchedFen: number;
}

/**
 * What exactly the returned part earned (rule 4: a refund takes back what exactly that line earned; rule 7: a match of
 * a returned sale becomes void).
 *
 * Cumulative, so that any split of a refund sums to the whole, in any order and without memory of its own: of a share
 * of s points on q pieces, r returned pieces take back ⌊s·r/q⌋ in all, and a part takes the difference. Matches: per
 * line, when the line's last piece is returned; per piece, with each piece, where the pieces kept stay matched first
 * (the sponsor's promise holds for them); per order, when the last of its lines is.
 *
 * Throws `RangeError` where a line is unknown or named twice, or more is returned than was bought: refund rules check
 * that before, so it is a programming error here.
 */
export function reverse(decision: ReversibleDecision, part: ReturnPart): Reversal {
  const states = returnStates(decision, part);
  return collect({
    awards: decision.awards.map((award) => reverseAward(award, states)),
    matches: decision.matches.map((match) => reverseMatch(match, states)),
  });
}

/**
 * Takes back an action as a whole that nothing was taken back from before: a review or an activity recorded in error,
 * which has no lines to return. For a purchase it equals the return of all lines.
 */
export function withdraw(decision: ReversibleDecision): Reversal {
  return collect({
    awards: decision.awards.map(({ ruleId, version, kind, points, lineShares }) => ({
      ruleId,
      version,
      kind,
      points,
      lineShares,
      reason: awardReversalReason('记录撤销', { points, version }),
    })),
    matches: decision.matches.map(({ agreementId, unit, lineId, unitCount, amountFen }) => ({
      agreementId,
      unit,
      lineId,
      unitCount,
      amountFen,
      reason: '记录撤销，配捐一并撤销',
    })),
  });
}

/** Pieces of one line: bought, returned before this part, and returned with it. */
interface LineState {
  quantity: number;
  before: number;
  after: number;
}

function returnStates(decision: ReversibleDecision, part: ReturnPart): ReadonlyMap<string, LineState> {
  const states = new Map<string, LineState>();
  for (const { lineId, quantity } of decision.lines) {
    if (states.has(lineId)) throw new RangeError(`line ${lineId} is twice in the decision`);
    const before = ownCount(part.returnedBefore, lineId);
    states.set(lineId, { quantity, before: before ?? 0, after: before ?? 0 });
  }
  for (const lineId of Object.keys(part.returnedBefore ?? {})) {
    if (!states.has(lineId)) throw new RangeError(`line ${lineId} is unknown`);
  }
  const seen = new Set<string>();
  for (const { lineId, quantity, alreadyReturned } of part.lines) {
    const state = states.get(lineId);
    if (!state || seen.has(lineId))
      throw new RangeError(`line ${lineId} is ${state ? 'twice in the part' : 'unknown'}`);
    seen.add(lineId);
    if (alreadyReturned !== (ownCount(part.returnedBefore, lineId) ?? alreadyReturned)) {
      throw new RangeError(`line ${lineId}: alreadyReturned and returnedBefore differ`);
    }
    state.before = alreadyReturned;
    state.after = alreadyReturned + quantity;
  }
  for (const [lineId, state] of states) assertState(lineId, state);
  return states;
}

function ownCount(counts: Readonly<Record<string, number>> | undefined, lineId: string): number | undefined {
  return counts && Object.hasOwn(counts, lineId) ? counts[lineId] : undefined;
}

function assertState(lineId: string, state: LineState): void {
  const { quantity, before, after } = state;
  const whole = Number.isSafeInteger(before) && Number.isSafeInteger(after);
  if (!whole || before < 0 || after < before || after > quantity) {
    throw new RangeError(
      `line ${lineId}: ${before} returned before and ${after} with this part, of ${quantity} bought`,
    );
  }
}

function reverseAward(award: Award, states: ReadonlyMap<string, LineState>): ReversedAward {
  const { ruleId, version, kind } = award;
  const lineShares: LineShare[] = [];
  let points = 0;
  for (const share of award.lineShares) {
    const state = stateOf(states, share.lineId);
    const takenBack = takenBackAt(share.points, state.after, state) - takenBackAt(share.points, state.before, state);
    if (takenBack > 0) lineShares.push({ lineId: share.lineId, points: takenBack });
    points += takenBack;
  }
  return { ruleId, version, kind, points, lineShares, reason: awardReversalReason('退货', { points, version }) };
}

function takenBackAt(sharePoints: number, returnedCount: number, state: LineState): number {
  return mulDiv({ value: sharePoints, numerator: returnedCount, denominator: state.quantity }).quotient;
}

function awardReversalReason(cause: string, award: { points: number; version: string }): string {
  return `${cause}，收回当时所得 ${award.points} 分（规则 ${award.version} 版）`;
}

function reverseMatch(match: Match, states: ReadonlyMap<string, LineState>): ReversedMatch {
  const { agreementId, unit, lineId } = match;
  const unitCount = undoneUnits(match, states);
  // Every unit of one match is worth the same: a match is a whole number of them.
  const amountFen = mulDiv({ value: match.amountFen, numerator: unitCount, denominator: match.unitCount }).quotient;
  return { agreementId, unit, lineId, unitCount, amountFen, reason: MATCH_REVERSAL_REASONS[unit] };
}

const MATCH_REVERSAL_REASONS: Readonly<Record<MatchUnit, string>> = {
  line: '该订单行已全部退货，配捐撤销',
  order: '该订单的配捐商品已全部退货，配捐撤销',
  piece: '退货商品的配捐撤销',
};

function undoneUnits(match: Match, states: ReadonlyMap<string, LineState>): number {
  if (match.unit === 'piece') {
    const state = stateOf(states, match.lineId);
    return keptMatched(match, state.quantity - state.before) - keptMatched(match, state.quantity - state.after);
  }
  const lineIds = match.unit === 'line' ? [match.lineId] : (match.lineIds ?? [...states.keys()]);
  const lines = lineIds.map((lineId) => stateOf(states, lineId));
  const goneBefore = lines.every((line) => line.before === line.quantity);
  const goneAfter = lines.every((line) => line.after === line.quantity);
  return goneAfter && !goneBefore ? match.unitCount : 0;
}

/** Of the pieces still kept, as many as were matched stay matched. */
function keptMatched(match: Match, keptCount: number): number {
  return Math.min(match.unitCount, keptCount);
}

function stateOf(states: ReadonlyMap<string, LineState>, lineId: string | null): LineState {
  const state = lineId === null ? undefined : states.get(lineId);
  if (!state) throw new RangeError(`the decision has no line ${lineId}`);
  return state;
}

function collect(all: { awards: readonly ReversedAward[]; matches: readonly ReversedMatch[] }): Reversal {
  const awards = all.awards.filter((award) => award.points > 0);
  const matches = all.matches.filter((match) => match.unitCount > 0);
  return {
    awards,
    matches,
    points: awards.reduce((sum, award) => sum + award.points, 0),
    matchedFen: matches.reduce((sum, match) => sum + match.amountFen, 0),
  };
}
