import type { IgnoreCategory, IgnoreRule } from './ignore-rules.rules.js';

/** What is to be explained of a line of a bank statement. */
export interface LineFacts {
  readonly lineId: string;
  /** `2026-11-04` */
  readonly day: string;
  /** What is not explained yet: positive for money that came, negative for money that went. */
  readonly amountFen: number;
  readonly counterparty: string;
  readonly counterpartyAccount: string;
  readonly memo: string;
  readonly summary?: string;
  /** A person took it back from where it was: whatever the rules find is only suggested. */
  readonly isKeptOpen?: boolean;
}

/** Who pays for a sponsor. */
export interface PayerFacts {
  /** Names the sponsor; equal for all remittances of one. */
  readonly sponsorKey: string;
  /** Names and accounts from which the agreement says that the money comes. */
  readonly payerNames: readonly string[];
  readonly payerAccounts: readonly string[];
}

/** What is still to come of a remittance, and by whom. */
export interface RemittanceFacts extends PayerFacts {
  readonly remittanceId: string;
  /** Zero when all has come. */
  readonly leftFen: number;
}

/** Money that was spent and not yet seen leaving the bank. */
export interface SpendFacts {
  readonly spendId: string;
  readonly payeeNames: readonly string[];
  readonly payeeAccounts: readonly string[];
  readonly leftFen: number;
}

export interface MatchingFacts {
  /** Known remittances by id, open or not; at least those that the lines name. */
  readonly remittancesByReference: ReadonlyMap<string, RemittanceFacts>;
  readonly openRemittances: readonly RemittanceFacts[];
  readonly openSpends?: readonly SpendFacts[];
  /** Sponsors beyond those: who has an agreement is no stranger, even when nothing of it waits. */
  readonly sponsors?: readonly PayerFacts[];
  readonly rules: readonly IgnoreRule[];
}

/** So much of a line is for a remittance, or for a spend. */
export interface Part {
  readonly lineId: string;
  readonly remittanceId: string | null;
  readonly spendId: string | null;
  /** Positive, whichever way the money went. */
  readonly amountFen: number;
}

export interface NamedLine {
  readonly lineId: string;
  readonly day: string;
  readonly amountFen: number;
}

/** A remittance or a spend with what was still to come of it. */
export interface NamedTarget {
  readonly id: string;
  readonly leftFen: number;
}

export type SuggestionKind =
  'SAME_AMOUNT' | 'LINES_SUM' | 'REMITTANCES_SUM' | 'PART_PAYMENT' | 'OVER_PAYMENT' | 'SPEND_SAME_AMOUNT';

/** What speaks for a suggestion, or does not. */
export type Evidence =
  | 'REFERENCE_IN_ALL'
  | 'REFERENCE_IN_SOME'
  | 'REFERENCE_WITH_GAPS'
  | 'NO_REFERENCE'
  | 'PAYER_KNOWN'
  | 'PAYER_UNKNOWN'
  | 'SAME_COUNTERPARTY';

export interface Suggestion {
  readonly kind: SuggestionKind;
  readonly parts: readonly Part[];
  readonly lines: readonly NamedLine[];
  readonly targets: readonly NamedTarget[];
  readonly evidence: readonly Evidence[];
}

/** Why a line stands where it stands: codes and facts, made Chinese by `reasonText`. */
export type Reason =
  | { readonly code: 'REFERENCE_AND_AMOUNT'; readonly targetIds: readonly string[] }
  | { readonly code: 'BY_HAND'; readonly targetIds: readonly string[] }
  | { readonly code: 'IGNORE_RULE'; readonly rule: string }
  | { readonly code: 'IGNORED_BY_HAND'; readonly category: IgnoreCategory; readonly text: string }
  | { readonly code: 'SUGGESTION' }
  | {
      readonly code: 'TWINS' | 'SEVERAL_WAYS';
      readonly lines: readonly NamedLine[];
      readonly targetIds: readonly string[];
    }
  | {
      readonly code: 'ALREADY_RECEIVED' | 'REFERENCE_UNKNOWN' | 'AMOUNT_DIFFERS';
      readonly targetIds: readonly string[];
    }
  | { readonly code: 'PAYER_WITHOUT_REMITTANCE' | 'STRANGER' | 'MONEY_OUT' }
  | { readonly code: 'REST'; readonly restFen: number };

export type LineDecision = { readonly lineId: string; readonly references: readonly string[] } & (
  | { readonly state: 'MATCHED'; readonly parts: readonly Part[]; readonly reason: Reason }
  | { readonly state: 'IGNORED'; readonly category: IgnoreCategory; readonly rule: string; readonly reason: Reason }
  | { readonly state: 'SUGGESTED'; readonly suggestion: Suggestion; readonly reason: Reason }
  | { readonly state: 'OPEN'; readonly reason: Reason }
);
