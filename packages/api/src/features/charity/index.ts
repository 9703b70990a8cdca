/**
 * Owns what is read of the matched yuan: each one with where it stands, and the fund's sums.
 * Never promises or makes a match (placement and settlement do) and never knows a buyer's name or basket.
 */
export { charityProjection } from './charity.projection.js';
export { type BatchedWay, type MatchStep, matchesOf, matchStateText, matchSteps, shownState } from './charity.rules.js';
export {
  type FundMonth,
  MATCH_STATES,
  type MatchPosition,
  type MatchRecord,
  type MatchState,
  matchStore,
  readFundMonth,
  readFundMonths,
  readMatchedByAgreement,
  readMatches,
  readMatchesByIds,
  readMatchesOfEntries,
  sumMatches,
} from './charity.store.js';
export {
  type LastBatch,
  type MonthSum,
  readAccruedBetween,
  readChangedSinceCut,
  readMonthSums,
  readPendingBetween,
  sumAccruedByAge,
  sumPendingByAge,
  type WaitingSum,
} from './waiting-matches.store.js';
