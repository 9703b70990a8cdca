import type { Posting } from '../ledger/index.js';
import type { IgnoreCategory } from './ignore-rules.rules.js';
import { allocationPostings, ignorePostings } from './line-money.rules.js';

/** What a chunk of a statement moves: the bank against what is not explained, then what is explained at once out of it. */
export function statementPostings(
  accountId: string,
  moved: {
    /** What came less what went. */
    readonly netFen: number;
    readonly given: readonly { readonly agreementId: string; readonly amountFen: number }[];
    readonly ignored: readonly { readonly category: IgnoreCategory; readonly amountFen: number }[];
  },
): Posting[] {
  const byAgreement = new Map<string, number>();
  for (const { agreementId, amountFen } of moved.given) {
    byAgreement.set(agreementId, (byAgreement.get(agreementId) ?? 0) + amountFen);
  }
  const sums = new Map<string, number>();
  for (const { account, amountFen } of [
    { account: `bank/${accountId}`, amountFen: moved.netFen },
    { account: `unallocated/${accountId}`, amountFen: -moved.netFen },
    ...allocationPostings(
      accountId,
      [...byAgreement].map(([agreementId, amountFen]) => ({ agreementId, amountFen })),
    ),
    ...moved.ignored.flatMap(({ category, amountFen }) => ignorePostings(accountId, category, amountFen)),
  ]) {
    sums.set(account, (sums.get(account) ?? 0) + amountFen);
  }
  return [...sums].flatMap(([account, amountFen]) => (amountFen === 0 ? [] : [{ account, amountFen }]));
}
