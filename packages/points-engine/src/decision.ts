import type { ActionKind } from './facts.js';
import type { Tallies } from './tallies.js';

/** The part of an award that one order line earned: what a refund of that line takes back. */
export interface LineShare {
  lineId: string;
  /** 1 or more: a line that earned nothing of this award has no share. */
  points: number;
}

/** Points one rule gave, frozen with the rule's version, so that a later rule never changes it (rule 4). JSON. */
export interface Award {
  ruleId: string;
  version: string;
  kind: ActionKind;
  /** 1 or more, after multipliers and caps. */
  points: number;
  /** Sums to `points`; empty for an action without lines. */
  lineShares: readonly LineShare[];
  /** One sentence for the member, zh-CN: why. */
  reason: string;
}

/**
 * Why a rule or an agreement gave nothing (or, `CAPPED` on a match, not all):
 * - `CAPPED` a cap of the day, of the month, or the rest of an agreement's yuan is used up
 * - `OUTSIDE_TERM` before or after the campaign window or the agreement's term
 * - `BELOW_MINIMUM`, `ABOVE_MAXIMUM` the amount
 * - `CONDITION` county, category, product, channel, weekday or 公益宝贝 do not fit
 * - `ROUNDED_TO_ZERO` a multiplier below one left less than one point
 * - `NO_RULE` the version in force has no rule for this kind of action
 * - `NO_VERSION` no version of the policy is in force yet
 */
export type DeclinedCode =
  | 'CAPPED'
  | 'OUTSIDE_TERM'
  | 'BELOW_MINIMUM'
  | 'ABOVE_MAXIMUM'
  | 'CONDITION'
  | 'ROUNDED_TO_ZERO'
  | 'NO_RULE'
  | 'NO_VERSION';

/** A rule that gave nothing, and why not. JSON. */
export interface Declined {
  /** `*` where no single rule is meant (`NO_RULE`, `NO_VERSION`). */
  ruleId: string;
  /** `null` only with `NO_VERSION`. */
  version: string | null;
  code: DeclinedCode;
  /** One sentence for the member, zh-CN: why not. */
  reason: string;
}

/** What one agreed unit is: a line of an order (default), a whole order, or a piece (rule 5). */
export type MatchUnit = 'line' | 'order' | 'piece';

/** Money the sponsor owes the fund for this sale: one agreement, one line or one order (rules 5 and 6). JSON. */
export interface Match {
  agreementId: string;
  unit: MatchUnit;
  /** `null` for unit `order`. */
  lineId: string | null;
  /**
   * For unit `order`, the lines that made the order one of this agreement's; the match is undone with the last of
   * them. Absent: every line of the order.
   */
  lineIds?: readonly string[];
  /** Units matched: 1 for `line` and `order`, pieces for `piece`. */
  unitCount: number;
  /** For all its units. */
  amountFen: number;
  /** One sentence, zh-CN. */
  reason: string;
}

/** An agreement that matched nothing, or for one line not all, and why not. JSON. */
export interface DeclinedMatch {
  agreementId: string;
  /** The line concerned; `null` where the agreement as a whole did not apply. */
  lineId: string | null;
  code: DeclinedCode;
  /** Units that would have been matched but for this; 0 where the agreement as a whole did not apply. */
  unitCount: number;
  reason: string;
}

/** The pieces of a line: all that a refund needs to know of it. */
export interface LineQuantity {
  lineId: string;
  quantity: number;
}

/** What a reversal needs, and all it needs: a journal entry stores exactly this. JSON. */
export interface ReversibleDecision {
  awards: readonly Award[];
  matches: readonly Match[];
  /** Every line of the order with its pieces; empty for an action without lines. */
  lines: readonly LineQuantity[];
}

/** Everything one action caused, for points and for matches. JSON. */
export interface Decision extends ReversibleDecision {
  declined: readonly Declined[];
  declinedMatches: readonly DeclinedMatch[];
  /** The member's tallies after this action: the input of the next decision. */
  tallies: Tallies;
  /** Sum of the awards. */
  points: number;
  /** Sum of the matches. */
  matchedFen: number;
  /** The version that decided, `null` where none was in force. */
  version: string | null;
}
