import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { EMPTY_LEDGER, accountChanges, chainTransactions, overdrawn } from './ledger.rules.js';
import { appendTransactions, moveAccounts, moveHead, readLedgerBalances, readLedgerHead } from './ledger.store.js';
import type { LedgerTransaction, NewTransaction } from './ledger.types.js';

/**
 * Appends to the fund's books within the caller's transaction: the transactions, the head, the running balances. Two
 * writers at once meet at the head and one of them begins again, so that a balance read in the same transaction is exact.
 * Throws where a transaction does not balance or would overdraw the fund: the caller refuses before it comes so far.
 */
export async function postLedger(
  base: Base,
  transactions: readonly NewTransaction[],
  session: Session,
): Promise<LedgerTransaction[]> {
  if (transactions.length === 0) return [];
  const head = (await readLedgerHead(base, session)) ?? EMPTY_LEDGER;
  const chained = chainTransactions(head, transactions, new Date(base.clock()));
  const last = chained.at(-1);
  if (!last) return [];
  const changesFen = accountChanges(chained);
  await moveHead(base, { _id: 'fund', seq: last.seq, hash: last.hash }, session);
  await appendTransactions(base, chained, session);
  await moveAccounts(base, changesFen, session);
  const broken = overdrawn(await readLedgerBalances(base, [...changesFen.keys()], session));
  if (broken) throw new Error(`the ledger's account ${broken} would be overdrawn`);
  return chained;
}
