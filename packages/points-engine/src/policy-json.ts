import type { ActionKind } from './facts.js';

/**
 * Days on which a rule holds, both included, as `2026-10-13` in Shanghai: an operator writes the first and the last day
 * of a campaign, never a midnight.
 */
export interface WindowJson {
  fromDay: string;
  throughDay: string;
}

/**
 * When a rule or a multiplier holds. All that is given must hold; a list holds when one of its entries fits.
 *
 * County, category, product and 公益宝贝 look at lines: the lines that fit all of them qualify, one is enough, and the
 * award is shared by the qualifying lines only. The amounts are the sum of the qualifying lines. Amounts and
 * `charityItem` exist for purchases only.
 */
export interface ConditionJson {
  countyCodes?: readonly string[];
  categoryKeys?: readonly string[];
  productIds?: readonly string[];
  charityItem?: boolean;
  channels?: readonly string[];
  /** 1 is Monday, 7 is Sunday, in Shanghai. */
  weekdays?: readonly number[];
  /** Inclusive, fen. */
  minimumAmountFen?: number;
  /** Inclusive, fen. */
  maximumAmountFen?: number;
  window?: WindowJson;
}

/**
 * Multiplies a rule's points by `numerator ÷ denominator` while its condition holds on the lines that qualified for the
 * rule. All that hold are multiplied first, and the product is rounded down once.
 */
export interface MultiplierJson {
  /** Shown to the member, as `助农周`. */
  title: string;
  numerator: number;
  /** 1 unless given. */
  denominator?: number;
  when?: ConditionJson;
}

/** The most points in a Shanghai day and in a Shanghai month. */
export interface CapsJson {
  perDay?: number;
  perMonth?: number;
}

/** One rule: so many points for each purchase or action of a kind (rule 4: per purchase and per action, never per yuan). */
export interface RuleJson {
  /** Stable over versions: caps are counted by it. */
  ruleId: string;
  kind: ActionKind;
  /** Shown to the member, as `每笔爱心购`. */
  title: string;
  points: number;
  when?: ConditionJson;
  multipliers?: readonly MultiplierJson[];
  /** Of this rule alone, beside the caps of its kind. */
  caps?: CapsJson;
}

/** The rules from one day on, until the next version begins. */
export interface VersionJson {
  /** Shown to the member, as `2026-09`. */
  version: string;
  /** The Shanghai day on which it begins. */
  effectiveFrom: string;
  /** Both caps are required for every kind that has a rule (rule 4). */
  caps: Readonly<Partial<Record<ActionKind, Required<CapsJson>>>>;
  /** In the order in which they are tried: where a cap leaves room for one award only, the earlier rule gets it. */
  rules: readonly RuleJson[];
}

/** A policy as it is stored and edited. */
export interface PolicyJson {
  versions: readonly VersionJson[];
}
