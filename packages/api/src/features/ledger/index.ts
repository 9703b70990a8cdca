/**
 * Owns the fund's double-entry books: balanced, append-only, chained by hash, with a running balance for each account.
 * Never decides what happened: batches, bank, projects and corrections do, and post it in their own transaction.
 */
export { ledgerHashOf, ledgerId, overdrawn, reversed } from './ledger.rules.js';
export {
  type LedgerAccount,
  ledgerAccountStore,
  ledgerHeadStore,
  ledgerStore,
  readLedgerBalances,
  readLedgerBySource,
  readLedgerHead,
  readLedgerPage,
} from './ledger.store.js';
export type { LedgerHead, LedgerKind, LedgerTransaction, NewTransaction, Posting } from './ledger.types.js';
export { postLedger } from './post-ledger.js';
