/**
 * Owns the fund's bank accounts, how each bank's statements are read, every line that came in by them, and what explains
 * each line: a remittance, a spend, a reason to ignore it, or nothing yet.
 * Never guesses between twins, never posts a file that does not add up, and never edits a line that a bank has written.
 */
export {
  type BankAccount,
  type BankImport,
  type BankLine,
  type BankPosting,
  type BankProfile,
  type ImportPreview,
  type ImportProgress,
  type ImportRefusal,
  type ImportState,
  type LineAllocation,
  type LineState,
  type LineSuggestion,
  IMPORT_STATES,
  LINE_STATES,
  bankAccountStore,
  bankChunkStore,
  bankImportStore,
  bankLineStore,
  bankPostingStore,
} from './bank.store.js';
export { type BankDayTotals, bankDayTotalsStore } from './bank-totals.store.js';
export { bankJobs } from './bank.jobs.js';
export { askStatementBack } from './ask-statement-back.js';
export { bankTakenChunkStore, type BankTakenChunk } from './taken-chunks.store.js';
export { declineStatementBack } from './decline-statement-back.js';
export { discardStatement } from './discard-statement.js';
export {
  guessProfileOf,
  readBankAccounts,
  readFirstLines,
  readImport,
  readImports,
  readProfiles,
} from './imports.reads.js';
export { StatementCheck } from './checks.rules.js';
export { guessDelimiter, guessProfile } from './guess-profile.rules.js';
export { READY_PROFILES } from './profiles.data.js';
export { readStatement } from './read-statement.js';
export type { RowFault } from './formats/statement-fault.js';
export { linesOf } from './lines.store.js';
export { postStatement } from './post-statement.js';
export { previewStatement } from './preview-statement.js';
export { runPosting } from './run-posting.js';
export { runPreview } from './run-preview.js';
export { saveAccount } from './save-account.js';
export { saveProfile } from './save-profile.js';
export type { StatementBack } from './statement-back.types.js';
export type { StatementLine } from './statement-lines.js';
export { accountForRemittances } from './account-for-remittances.js';
export { takeStatementBack } from './take-statement-back.js';
export { acceptSuggestion } from './accept-suggestion.js';
export { bankLineTable } from './bank-line-table.js';
export { type BalanceChain } from './balance-chain.rules.js';
export { shownAccount, shownCounterparty } from './counterparty-name.rules.js';
export { shownMemo } from './shown-memo.rules.js';
export {
  type DeskFigures,
  readAccountTitles,
  readBalanceChains,
  readDeskFigures,
  readDeskLine,
  readDeskLines,
  readDeskTargets,
  readDeskTotals,
} from './desk.reads.js';
export type { LineFilter, LinePosition, StateTotal } from './desk.store.js';
export { ignoreLine } from './ignore-line.js';
export { IGNORE_CATEGORIES } from './ignore-rules.rules.js';
export { keysOf } from './line-keys.rules.js';
export { restFen, standingAllocations } from './line-money.rules.js';
export { matchLines } from './match-lines.js';
export { followTargets, rememberTargets } from './matching.jobs.js';
export { rebuildBankTotals } from './rebuild-totals.js';
export type { Part } from './matching.types.js';
export { acceptText, reasonText, suggestionText, suggestionTitle } from './reasons.rules.js';
export { reopenLine } from './reopen-line.js';
export { type OpenSpend, type PaidOut, spendPort, type SpendPort } from './spend-port.js';
export {
  addSums,
  arrival,
  type LineMove,
  type LineSums,
  matchedMove,
  noStates,
  type StateSums,
} from './totals.rules.js';
export { unmatchLine } from './unmatch-line.js';
export { sumTotals as readLineTotals } from './bank-totals.store.js';
