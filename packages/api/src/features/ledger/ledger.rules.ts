import { contentHash } from '../../kernel/canonical.js';
import { assertFen, sumFen } from '../../kernel/fen.js';
import { derivedId } from '../../kernel/ids.js';
import type { LedgerHead, LedgerTransaction, NewTransaction, Posting } from './ledger.types.js';

/** What stands before the first transaction. */
export const EMPTY_LEDGER: LedgerHead = { _id: 'fund', seq: 0, hash: '' };

/**
 * Accounts that may not stand above zero: what the fund received and has not spent, and what it still has to pay out,
 * are credits. Above zero, money would have been spent that nobody gave.
 */
const NEVER_ABOVE_ZERO: ReadonlySet<string> = new Set(['fund', 'payable']);

/** The id that belongs to this cause and to no other. */
export function ledgerId(sourceKey: string): string {
  return derivedId('ledger', sourceKey);
}

/**
 * Gives transactions their places behind the head: number, link to the one before, hash. Throws where one does not
 * balance: double entry is checked before anything is written (rule 8).
 */
export function chainTransactions(
  head: LedgerHead,
  transactions: readonly NewTransaction[],
  at: Date,
): LedgerTransaction[] {
  let last: Pick<LedgerHead, 'seq' | 'hash'> = head;
  return transactions.map((transaction) => {
    assertBalanced(transaction);
    const { sourceKey, correctsId, postings, ...rest } = transaction;
    const unsealed = {
      _id: ledgerId(sourceKey),
      seq: last.seq + 1,
      sourceKey,
      ...rest,
      at,
      postings: [...postings],
      correctsId: correctsId ?? null,
      prevHash: last.hash,
    };
    const sealed = { ...unsealed, hash: contentHash(unsealed) };
    last = sealed;
    return sealed;
  });
}

/** The hash that a transaction must have: anyone can compute it again from the document. */
export function ledgerHashOf(transaction: LedgerTransaction): string {
  const { hash: _hash, ...unsealed } = transaction;
  return contentHash(unsealed);
}

/** What these transactions add to each account. */
export function accountChanges(transactions: readonly Pick<LedgerTransaction, 'postings'>[]): Map<string, number> {
  const changes = new Map<string, number>();
  for (const { account, amountFen } of transactions.flatMap((transaction) => transaction.postings)) {
    changes.set(account, assertFen((changes.get(account) ?? 0) + amountFen, account));
  }
  return changes;
}

/** The first account that these balances would lift above zero although it may not be; null where all is well. */
export function overdrawn(balances: ReadonlyMap<string, number>): string | null {
  for (const [account, balanceFen] of balances) {
    if (balanceFen > 0 && NEVER_ABOVE_ZERO.has(account)) return account;
  }
  return null;
}

/** The postings that take another transaction back, to the fen. */
export function reversed(postings: readonly Posting[]): Posting[] {
  return postings.map(({ account, amountFen }) => ({ account, amountFen: -amountFen }));
}

function assertBalanced({ sourceKey, postings }: NewTransaction): void {
  if (postings.length < 2) throw new Error(`ledger ${sourceKey}: money comes from somewhere and goes somewhere`);
  const sum = sumFen(postings.map((posting) => posting.amountFen));
  if (sum !== 0) throw new Error(`ledger ${sourceKey}: its postings sum to ${sum} fen, not to 0`);
}
