/**
 * Love points and matched yuan as pure functions: `(facts, policy, tallies, now) → decision`.
 *
 * Owns what an action earns, what it makes a sponsor give, why and why not, what a return takes back, and what another
 * policy would have given. Never reads a clock, a file, a database or anything else outside this package; never keeps
 * state; never uses a float for points or money. Everything it takes and gives is JSON, but the compiled `Policy`.
 */
export type { ActionKind, FactLine, Facts } from './facts.js';
export { ACTION_KINDS, MAX_LINES } from './facts.js';
export type {
  Award,
  Decision,
  Declined,
  DeclinedCode,
  DeclinedMatch,
  LineQuantity,
  LineShare,
  Match,
  MatchUnit,
  ReversibleDecision,
} from './decision.js';
export type { Counter, Tallies } from './tallies.js';
export { emptyTallies, talliesAt } from './tallies.js';
export type {
  CapsJson,
  ConditionJson,
  MultiplierJson,
  PolicyJson,
  RuleJson,
  VersionJson,
  WindowJson,
} from './policy-json.js';
export type { Policy, PolicyVersion } from './policy.js';
export { asIfAlways, versionAt } from './policy.js';
export type { PolicyProblem } from './problems.js';
export { parsePolicy } from './parse-policy.js';
export { checkPublication } from './publication.js';
export { defaultPolicy } from './default-policy.js';
export type { AwardDecision } from './decide-awards.js';
export { decideAwards } from './decide-awards.js';
export type { MatchDecision, MatchTerms } from './decide-matches.js';
export { decideMatches } from './decide-matches.js';
export { decide } from './decide.js';
export type { Room } from './room.js';
export { roomLeft } from './room.js';
export type { Reversal, ReversedAward, ReversedMatch, ReturnPart } from './reverse.js';
export { reverse, withdraw } from './reverse.js';
export type { Change, HistoryItem, MemberChange, Replay, ReplayReport, ReplayStart, RuleChange } from './replay.js';
export { replay, startReplay } from './replay.js';
export { splitByLargestRemainder } from './split.js';
export { shanghaiDay, shanghaiDayStartMs, shanghaiMonth, shanghaiWeekday } from './shanghai.js';
