import { decideAwards } from './decide-awards.js';
import { decideMatches } from './decide-matches.js';
import type { MatchTerms } from './decide-matches.js';
import type { Decision } from './decision.js';
import type { Facts } from './facts.js';
import type { Policy } from './policy.js';
import type { Tallies } from './tallies.js';

/**
 * Everything one action causes: love points and matched yuan, in one JSON value. Its `awards`, `matches` and `lines` are
 * what a journal entry keeps, and all that `reverse` will ever need.
 *
 * Errors as `decideAwards` and `decideMatches`.
 */
export function decide(input: {
  facts: Facts;
  policy: Policy;
  terms: readonly MatchTerms[];
  tallies: Tallies;
  nowMs: number;
}): Decision {
  const { facts, policy, terms, tallies, nowMs } = input;
  const points = decideAwards({ facts, policy, tallies, nowMs });
  const yuan = decideMatches({ facts, terms, nowMs });
  let matchedFen = 0;
  for (const match of yuan.matches) matchedFen += match.amountFen;
  return {
    awards: points.awards,
    matches: yuan.matches,
    lines: facts.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    declined: points.declined,
    declinedMatches: yuan.declined,
    tallies: points.tallies,
    points: points.points,
    matchedFen,
    version: points.version,
  };
}
