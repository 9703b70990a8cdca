/** Days in Asia/Shanghai, both included: `2026-07-01` to `2026-09-30`. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

export interface PackRef {
  readonly packId: string;
  readonly hash: string;
}

/** What a disclosure says, and all that its page, PDF and XLSX are made from. Whole numbers and texts only. */
export interface PackContent {
  readonly format: 'aixin-disclosure/1';
  readonly packId: string;
  readonly fundName: string;
  readonly period: Period;
  /** The published pack that this one takes the place of. */
  readonly corrects: (PackRef & { readonly reason: string }) | null;
  /** The pack published before this one, whatever its period: the packs form one chain. */
  readonly prev: PackRef | null;
  /** opening + received − spent = closing. */
  readonly fund: {
    readonly openingFen: number;
    readonly receivedFen: number;
    readonly spentFen: number;
    readonly closingFen: number;
    /** Of received and spent: what was booked after the disclosure of its own period. Never hidden, never lost. */
    readonly lateReceivedFen: number;
    readonly lateSpentFen: number;
  };
  readonly months: readonly MonthRow[];
  readonly counties: readonly CountyRow[];
  readonly donors: readonly DonorRow[];
  readonly received: readonly ReceivedRow[];
  readonly batches: readonly BatchRow[];
  readonly projects: readonly ProjectRow[];
  readonly open: OpenDifferences;
  readonly agreements: readonly AgreementRow[];
  /** Remittances whose way ends here: received, receipted, and with this pack disclosed. */
  readonly discloses: readonly string[];
  /** The yuan of the batches above. The root is the Merkle root of the batches' roots, in their order. */
  readonly yuan: { readonly count: number; readonly amountFen: number; readonly root: string };
  readonly heads: {
    /** The last block sealed within the period. */
    readonly journal: { readonly block: number; readonly hash: string; readonly root: string } | null;
    /** The last ledger transaction that was looked at. */
    readonly ledger: { readonly seq: number; readonly hash: string } | null;
  };
}

export interface MonthRow {
  readonly month: string;
  readonly batchedFen: number;
  readonly receivedFen: number;
  readonly spentFen: number;
}

export interface CountyRow {
  readonly code: string;
  readonly name: string;
  readonly lineCount: number;
  readonly amountFen: number;
}

export interface DonorRow {
  /** The sponsor's name, or 未公开 for all who refuse publication, together (慈善法 art. 82). */
  readonly donor: string;
  readonly remittanceCount: number;
  readonly receivedFen: number;
}

export interface ReceivedRow {
  readonly remittanceId: string;
  readonly batchId: string;
  readonly donor: string;
  readonly agreementNumber: string | null;
  /** Of the last line of the bank that paid it within this pack. */
  readonly day: string;
  /** Negative where a wrong match was taken back. */
  readonly amountFen: number;
  /** When it was recorded that the sponsor got the receipt (公益事业捐赠票据); null while it waits. */
  readonly receiptDay: string | null;
}

export interface BatchRow {
  readonly batchId: string;
  readonly month: string;
  readonly approvedDay: string;
  /** False for a batch of an earlier period whose money came, or was receipted, in this one. */
  readonly isNew: boolean;
  readonly lineCount: number;
  readonly amountFen: number;
  readonly root: string;
  readonly contentHash: string;
}

export interface ProjectRow {
  readonly projectId: string;
  readonly name: string;
  readonly purpose: string;
  readonly budgetFen: number;
  readonly spentFen: number;
  /** From the project's beginning to the end of the period. */
  readonly spentTotalFen: number;
  /** How many were helped, never who. */
  readonly beneficiaryCount: number;
  readonly beneficiaryTotal: number;
  readonly spends: readonly SpendRow[];
}

export interface SpendRow {
  readonly spendId: string;
  readonly day: string;
  readonly what: string;
  /** Negative where a spend was taken back. */
  readonly amountFen: number;
  readonly beneficiaryCount: number;
  /** SHA-256 of each file that proves it, in order. The files themselves may show people and stay inside. */
  readonly evidence: readonly string[];
}

export interface OpenDifferences {
  /** Lines of the bank that nobody has explained yet. */
  readonly bankLines: readonly {
    readonly month: string;
    readonly count: number;
    readonly creditFen: number;
    readonly debitFen: number;
  }[];
  /** Ordered from the sponsor, not or not wholly received. */
  readonly unpaid: readonly {
    readonly remittanceId: string;
    readonly approvedDay: string;
    readonly amountFen: number;
    readonly missingFen: number;
  }[];
  /** Received, the receipt not yet given. */
  readonly withoutReceipt: readonly {
    readonly remittanceId: string;
    readonly receivedDay: string;
    readonly amountFen: number;
  }[];
  /** What the payment providers' bills say otherwise than the orders. */
  readonly bills: readonly { readonly kind: string; readonly count: number; readonly amountFen: number }[];
}

export interface AgreementRow {
  /** Null where the sponsor refuses publication: the number would tell. */
  readonly number: string | null;
  readonly donor: string;
  readonly amountFenPerUnit: number;
  readonly unit: 'line' | 'order' | 'piece';
  readonly capFen: number;
  readonly validFrom: string;
  readonly validUntil: string;
}
