import type { Posting } from '../ledger/index.js';
import type { BankLine, LineAllocation } from './bank.store.js';
import type { IgnoreCategory } from './ignore-rules.rules.js';
import type { LineFacts } from './matching.types.js';

/** Who explains a line where the rules do it, after its import. */
export const BY_RULE = 'bank-matching';

type Money = Pick<BankLine, 'amountFen' | 'allocations' | 'ignored'>;

/** What the line is given to now; what was taken back is only history. */
export function standingAllocations(line: Pick<BankLine, 'allocations'>): LineAllocation[] {
  return line.allocations.filter((one) => one.reversed === undefined);
}

/** What nothing explains yet, signed as the line. Ignoring a line covers all that is left of it. */
export function restFen(line: Money): number {
  if (line.ignored) return 0;
  return standingAllocations(line).reduce((rest, one) => rest - one.amountFen, line.amountFen);
}

export function lineFacts(line: BankLine): LineFacts {
  const { _id, day, counterparty, counterpartyAccount, memo, isKeptOpen } = line;
  const facts = { lineId: _id, day, amountFen: restFen(line), counterparty, counterpartyAccount, memo };
  return isKeptOpen ? { ...facts, isKeptOpen } : facts;
}

/**
 * Postings of money of a line that goes to remittances (by agreement) or to spends; signed as the line. Negative of it takes
 * it back.
 */
export function allocationPostings(
  accountId: string,
  parts: readonly { readonly amountFen: number; readonly agreementId: string | null }[],
): Posting[] {
  return merged(
    parts.flatMap(({ amountFen, agreementId }) =>
      agreementId === null
        ? [
            { account: 'payable', amountFen: -amountFen },
            { account: `unallocated/${accountId}`, amountFen },
          ]
        : [
            { account: `unallocated/${accountId}`, amountFen },
            { account: `owed/${agreementId}`, amountFen: -amountFen },
            { account: `pledged/${agreementId}`, amountFen },
            { account: 'fund', amountFen: -amountFen },
          ],
    ),
  );
}

/** Postings of a line, or of what is left of it, that is put aside. */
export function ignorePostings(accountId: string, category: IgnoreCategory, amountFen: number): Posting[] {
  return [
    { account: `unallocated/${accountId}`, amountFen },
    { account: category, amountFen: -amountFen },
  ];
}

function merged(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, number>();
  for (const { account, amountFen } of postings) sums.set(account, (sums.get(account) ?? 0) + amountFen);
  return [...sums].map(([account, amountFen]) => ({ account, amountFen }));
}
