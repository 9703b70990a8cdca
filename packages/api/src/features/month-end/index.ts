/**
 * Owns the list of a month's end: what a month still needs, whose turn it is, and how much waits for each of the fund's people.
 * Never stores or changes anything: it reads what batches, bank, bills, projects, agreements and disclosures say.
 */
export { type FundWaiting, readFundWaiting } from './fund-waiting.reads.js';
export { type MonthEnd, readMonthEnd } from './month-end.reads.js';
export { MONTH_STEPS, type MonthStep, STEP_STATES, TURNS } from './month-end.rules.js';
