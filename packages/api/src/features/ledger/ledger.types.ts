/** One side of a transaction. Debit positive, credit negative; whole fen. */
export interface Posting {
  readonly account: string;
  readonly amountFen: number;
}

/** What a transaction of the fund's books is about. */
export const LEDGER_KINDS = ['batch', 'statement', 'match', 'ignore', 'spend', 'payout', 'correction'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** One transaction of the fund's books. Append-only: a correction is another one that names it. */
export interface LedgerTransaction {
  /** Derived from the source key: a second run of the same cause meets the first in the unique index. */
  readonly _id: string;
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** What caused it: `batch:B202610`, `statement:…`. */
  readonly sourceKey: string;
  readonly kind: LedgerKind;
  /** The accounting day in Asia/Shanghai, `2026-11-03`. */
  readonly day: string;
  readonly at: Date;
  readonly postings: readonly Posting[];
  /** Ids that it speaks of, by kind: `{ remittanceId: 'AX202610-01' }`. Nothing personal. */
  readonly refs: Readonly<Record<string, string>>;
  /** The transaction that it takes back. */
  readonly correctsId: string | null;
  /** Who caused it: the portal's opaque subject, or the name of a job. */
  readonly by: string;
  readonly prevHash: string;
  /** SHA-256 of the canonical JSON of everything above. */
  readonly hash: string;
}

/** A transaction before it has its place. */
export interface NewTransaction extends Pick<
  LedgerTransaction,
  'sourceKey' | 'kind' | 'day' | 'postings' | 'refs' | 'by'
> {
  readonly correctsId?: string | null;
}

/** The end of the books. Every writer moves it, so that two at once conflict and one of them comes after the other. */
export interface LedgerHead {
  readonly _id: 'fund';
  readonly seq: number;
  readonly hash: string;
}
