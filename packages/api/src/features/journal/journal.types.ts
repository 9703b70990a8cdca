import type { Award, Declined, Match, ReversedAward, ReversedMatch, Tallies } from '@aixin/points-engine';

/** What a member's stream says after an entry: a balance is one read of the newest one. */
export interface After {
  /** May be negative: a debt stays visible (rule 4). */
  readonly pointsBalance: number;
  /** Help records that were ever made, withdrawn ones too: 第 n 条. */
  readonly recordCount: number;
  readonly purchaseCount: number;
  /** Paid less refunded. */
  readonly purchaseFen: number;
  /** Matched less undone. */
  readonly matchedFen: number;
  readonly tallies: Tallies;
}

/** What every entry has. Entries hold no personal data but the opaque owner, so that a person can be erased. */
export interface EntryCommon {
  /** Derived from owner and source key: a second run of the same cause meets the first in the unique index. */
  readonly _id: string;
  readonly memberId: string;
  /** 1, 2, 3 … without a gap within the member's stream. */
  readonly seq: number;
  /** What caused it: `payment:…`, `refund:…`, `completion:…`. */
  readonly sourceKey: string;
  readonly at: Date;
  readonly channel: string;
  /** The member's organisation and all above it (root first), as on the day of the purchase (rule 2). */
  readonly organisationId: string;
  readonly ancestorIds: readonly string[];
  readonly orderId: string;
  readonly after: After;
  /** Hash of entry n − 1, or of nothing for the first. */
  readonly prevHash: string;
  /** SHA-256 of the canonical JSON of everything above. */
  readonly hash: string;
  /** On the last entry of a write, for whoever seals them: no part of the entry, and no part of its hash. */
  readonly group?: EntryGroup;
}

/** All entries of one write, in its order. */
export interface EntryGroup {
  readonly entryIds: readonly string[];
  readonly entryHashes: readonly string[];
}

export interface EntryLine {
  readonly lineId: string;
  readonly productId: string;
  readonly supplierId: string;
  readonly countyCode: string;
  readonly categoryKey: string;
  readonly quantity: number;
  readonly goodsFen: number;
  readonly paidFen: number;
}

/** A purchase settled: help record, points and matches in one document, so that half of it cannot exist. */
export interface PurchaseEntry extends EntryCommon {
  readonly kind: 'purchase';
  readonly paymentId: string;
  readonly transactionId: string;
  readonly totalFen: number;
  readonly lines: readonly EntryLine[];
  readonly awards: readonly Award[];
  /** Rules that gave nothing, and why not. */
  readonly declined: readonly Declined[];
  readonly matches: readonly Match[];
}

/** A refund: names the purchase and undoes exactly its share. Figures are positive. */
export interface RefundEntry extends EntryCommon {
  readonly kind: 'refund';
  /** The purchase's entry. */
  readonly reversesId: string;
  readonly refundId: string;
  /** Of one made at the payment platform: the number that the provider's bill has. */
  readonly outsideNumber?: string;
  readonly amountFen: number;
  readonly lines: readonly (EntryLine & { readonly refundFen: number })[];
  readonly awards: readonly ReversedAward[];
  readonly matches: readonly ReversedMatch[];
  /** Nothing of the purchase is left: the help record is withdrawn. */
  readonly withdraws: boolean;
}

/** The return window of a received order is over: what it still matches is owed (ACCRUED). */
export interface CompletionEntry extends EntryCommon {
  readonly kind: 'completion';
  /** The purchase's entry. */
  readonly completesId: string;
}

export type Entry = PurchaseEntry | RefundEntry | CompletionEntry;

/** An entry before it has its place in the stream. */
export type EntryBody<E extends Entry = Entry> = E extends Entry
  ? Omit<E, '_id' | 'seq' | 'prevHash' | 'hash' | 'group'>
  : never;

/** The end of a member's stream: what the next entry is built on. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
  readonly after: After;
}
