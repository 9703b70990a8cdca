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
  type ImportPreview,
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
