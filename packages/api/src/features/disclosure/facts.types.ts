import type { CountyRow, OpenDifferences, PackContent, PackRef, Period } from './pack.types.js';

/** What the books say of a period: read by `gather-facts.ts`, told by `disclosure.rules.ts`. In any order. */
export interface DisclosureFacts {
  readonly packId: string;
  readonly fundName: string;
  readonly period: Period;
  readonly corrects: PackContent['corrects'];
  /** All packs published for this period before: the corrected one and those that it corrected. */
  readonly earlierPackIds: readonly string[];
  readonly prev: PackRef | null;
  /** The fund at the end of the period before, as it was disclosed; 0 before the first. */
  readonly openingFen: number;
  /** What the ledger's `fund` account holds, less what is left to later packs. */
  readonly ledgerClosingFen: number;
  readonly movements: readonly FundMovement[];
  readonly agreements: readonly AgreementFacts[];
  readonly batches: readonly BatchFacts[];
  readonly remittances: readonly RemittanceFacts[];
  readonly projects: readonly ProjectFacts[];
  readonly spends: readonly SpendFacts[];
  readonly bankLines: OpenDifferences['bankLines'];
  readonly bills: OpenDifferences['bills'];
  readonly heads: PackContent['heads'];
}

/** Money that this pack tells of: of its period, or late from before it. */
export interface FundMovement {
  readonly day: string;
  /** Positive: came in. Negative: was spent. The other way round where it was taken back. */
  readonly amountFen: number;
  readonly cause: { readonly remittanceId: string } | { readonly spendId: string };
}

export interface AgreementFacts {
  readonly agreementId: string;
  readonly number: string;
  readonly sponsorName: string;
  readonly sponsorUscc: string | null;
  readonly refusesPublication: boolean;
  readonly wasSigned: boolean;
  readonly amountFenPerUnit: number;
  readonly unit: 'line' | 'order' | 'piece';
  readonly capFen: number;
  readonly validFrom: string;
  /** The last day: of its term, or the day on which it was ended. */
  readonly validUntil: string;
}

export interface BatchFacts {
  readonly batchId: string;
  readonly month: string;
  readonly approvedDay: string;
  readonly lineCount: number;
  readonly amountFen: number;
  readonly root: string;
  readonly contentHash: string;
  readonly counties: readonly CountyRow[];
}

export interface RemittanceFacts {
  readonly remittanceId: string;
  readonly batchId: string;
  readonly agreementId: string;
  /** What the sponsor is to remit. */
  readonly amountFen: number;
  readonly receivedFen: number;
  readonly state: 'OPEN' | 'REMITTED' | 'RECEIPTED' | 'DISCLOSED';
  readonly receivedDay: string | null;
  readonly receiptDay: string | null;
  /** The pack that disclosed it. */
  readonly packId: string | null;
}

export interface ProjectFacts {
  readonly projectId: string;
  readonly name: string;
  readonly purpose: string;
  readonly budgetFen: number;
  /** Approved, and not closed before the period. */
  readonly isUnderWay: boolean;
  /** What the packs before have told of it: with this pack's spends it makes the total. */
  readonly toldBefore: { readonly spentFen: number; readonly beneficiaryCount: number };
}

export interface SpendFacts {
  readonly spendId: string;
  readonly projectId: string;
  readonly what: string;
  readonly beneficiaryCount: number;
  readonly evidence: readonly string[];
}
