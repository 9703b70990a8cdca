import { Schema } from 'mongoose';
import { defineStore } from '../../kernel/store.js';
import type { RowFault } from './formats/statement-fault.js';
import type { ProfileBody } from './profiles.rules.js';
import type { IgnoreCategory } from './ignore-rules.rules.js';
import type { LineKeys } from './line-keys.types.js';
import type { Reason, Suggestion } from './matching.types.js';
import type { StatementBack } from './statement-back.types.js';
import type { BankSpan, NewRun } from './spans.types.js';
import { IMPORT_STATES, type ImportState } from './import-states.js';
import { LINE_STATES, type LineState } from './line-states.js';

export type { BankSpan };
export { LINE_STATES, type LineState };

export { type BankChunk, type BankPosting, bankChunkStore, bankPostingStore } from './bank-chunks.store.js';

/** How one bank's statements are read, made by people and kept once a preview with it has succeeded. */
export interface BankProfile {
  readonly _id: string;
  readonly name: string;
  /** Checked by `profiles.rules.ts`. */
  readonly body: ProfileBody;
  /** Grows with each change, so that an import says by which it was read. */
  readonly revision: number;
  /** The preview that succeeded with it as it is, and what that showed. */
  readonly testedImportId: string | null;
  readonly tested: { readonly fileName: string; readonly at: Date; readonly preview: ImportPreview } | null;
  readonly by: string;
  readonly at: Date;
}

/** An account of the fund at a bank. */
export interface BankAccount {
  readonly _id: string;
  /** As people call it: 基金专户. */
  readonly name: string;
  readonly bankName: string;
  /** The number as the bank writes it, digits only. A statement that names another account is refused. */
  readonly number: string;
  /** The mapping profile that reads this bank's statements. */
  readonly profileId: string | null;
  /** What stood on it before the first statement; null: the first statement says so. */
  readonly openingFen: number | null;
  /** Ordered by day. One, as long as nobody accepted a gap. */
  readonly spans: readonly BankSpan[];
  /** Grows with each statement that begins to be posted: a preview of before is stale. */
  readonly revision: number;
  /** The statement that is being posted; no other may begin until it is done. */
  readonly postingImportId: string | null;
  readonly createdBy: string;
  readonly at: Date;
}

/** Money of a line given to what it pays: a remittance that came in, or a spend that went out. */
export interface LineAllocation {
  readonly remittanceId: string | null;
  readonly spendId: string | null;
  /** Signed as the line: credits positive. */
  readonly amountFen: number;
  readonly by: string;
  readonly at: Date;
  readonly ledgerId: string;
  /** Taken back: it stays to be read, and no longer counts. */
  readonly reversed?: { readonly by: string; readonly at: Date; readonly ledgerId: string };
}

/** What could explain the line: parts of it and of others, and what speaks for it. All of its lines carry the same. */
export interface LineSuggestion extends Suggestion {
  /** Names this suggestion, so that what a person accepts is what was shown. */
  readonly key: string;
}

/**
 * A line of a bank statement with its state. A document stands for each line that the import could not match exactly, and
 * for each that a person has touched; the rest lie in their statement's chunks and are read through `readBankLines`,
 * made into documents by `liftBankLines`.
 */
export interface BankLine {
  /** Account, day, print of the content, nth of its like that day: `account|2026-11-03|Xq…|1`. */
  readonly _id: string;
  readonly accountId: string;
  readonly importId: string;
  /** Where it stands in the file. */
  readonly lineNo: number;
  readonly day: string;
  /** Credits positive, debits negative. */
  readonly amountFen: number;
  readonly balanceFen: number | null;
  readonly counterparty: string;
  readonly counterpartyAccount: string;
  readonly memo: string;
  readonly bankSerial: string;
  readonly state: LineState;
  readonly suggestion: LineSuggestion | null;
  /** Why the line stands where it stands, as `lineOutcome` gives it; `reasonText` says it in Chinese. */
  readonly reason: Reason | null;
  /** The references of remittances found in it. */
  readonly references: readonly string[];
  readonly allocations: readonly LineAllocation[];
  readonly ignored: {
    readonly category: IgnoreCategory;
    readonly reason: string;
    readonly by: string;
    readonly ledgerId: string;
  } | null;
  /** A person took it back from where it was: the rules only suggest from then on. */
  readonly isKeptOpen?: boolean;
  /** By what it is searched and found again, as `keysOf` derives it from the rest; read by the desk's search and by matching. */
  readonly keys?: LineKeys;
}

export { IMPORT_STATES, type ImportState };

export interface ImportProgress {
  readonly bytesRead: number;
  readonly totalBytes: number;
  readonly linesRead: number;
  readonly linesPosted: number;
}

/** What the whole file says, all of it checked before anything is posted. */
export interface ImportPreview {
  readonly lineCount: number;
  readonly newCount: number;
  /** Lines that stand already, from this file or one that overlaps it. */
  readonly duplicateCount: number;
  readonly creditCount: number;
  readonly creditFen: number;
  readonly debitCount: number;
  readonly debitFen: number;
  readonly newCreditFen: number;
  readonly newDebitFen: number;
  readonly fromDay: string | null;
  readonly toDay: string | null;
  readonly openingFen: number | null;
  readonly closingFen: number | null;
  /** What was checked and found well, and what a person should know: in Chinese. */
  readonly checks: readonly string[];
  readonly problems: readonly string[];
}

/** Why a file was refused: in plain Chinese, with the line where there is one. */
export interface ImportRefusal extends RowFault {
  /** Every strange row, so that one round mends them all: the first hundred. Absent where the file itself is refused. */
  readonly rows?: readonly RowFault[];
  /** How many rows are strange, listed or not. */
  readonly rowCount?: number;
}

export interface BankImport {
  readonly _id: string;
  readonly accountId: string;
  readonly profileId: string;
  /** The profile as it was when the file was read: a later change does not change what was previewed. */
  readonly profileBody: ProfileBody;
  readonly fileId: string;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly contentHash: string;
  readonly state: ImportState;
  readonly progress: ImportProgress;
  readonly preview: ImportPreview | null;
  readonly refusal: ImportRefusal | null;
  /** The account's revision that the preview has seen. */
  readonly accountRevision: number;
  /** Spans of the account once this is posted. */
  readonly spansAfter: readonly BankSpan[];
  /** New lines that stand together, with the balances around them: from these the spans are joined again without another. */
  readonly runs?: readonly NewRun[];
  readonly gapReason: string | null;
  /** Why lines that look like posted ones are others; absent where nobody was asked. */
  readonly alikeReason?: string | null;
  /** References that several of its lines name, in whatever chunks: no line is matched by one of these before all stand. */
  readonly repeatedReferences?: readonly string[];
  readonly chunkCount: number;
  readonly by: string;
  readonly at: Date;
  readonly postedBy: string | null;
  readonly postedAt: Date | null;
  /** The key of the command that asked for it to be posted. */
  readonly postKey: string | null;
  /** How a posted statement is taken back; absent while nobody asked for it. */
  readonly back?: StatementBack;
}

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;
const mixed = { type: Schema.Types.Mixed, default: null } as const;

export const bankAccountStore = defineStore<BankAccount>(
  'bankAccounts',
  new Schema({
    _id: text,
    name: text,
    bankName: text,
    number: text,
    profileId: { type: String, default: null },
    openingFen: { type: Number, default: null },
    spans: mixed,
    revision: count,
    postingImportId: { type: String, default: null },
    createdBy: text,
    at: Date,
  }).index({ number: 1 }, { unique: true }),
);

export const bankProfileStore = defineStore<BankProfile>(
  'bankProfiles',
  new Schema({
    _id: text,
    name: text,
    body: mixed,
    revision: count,
    testedImportId: { type: String, default: null },
    tested: mixed,
    by: text,
    at: Date,
  }),
);

export const bankLineStore = defineStore<BankLine>(
  'bankLines',
  new Schema({
    _id: text,
    accountId: text,
    importId: text,
    lineNo: count,
    day: text,
    amountFen: count,
    balanceFen: { type: Number, default: null },
    counterparty: String,
    counterpartyAccount: String,
    memo: String,
    bankSerial: String,
    state: { type: String, enum: LINE_STATES, required: true },
    suggestion: mixed,
    reason: mixed,
    references: mixed,
    allocations: mixed,
    ignored: mixed,
    isKeptOpen: { type: Boolean, default: false },
    keys: mixed,
  })
    // A page of the desk, of one account or of all; the oldest first.
    .index({ state: 1, day: 1, lineNo: 1, _id: 1 })
    .index({ accountId: 1, state: 1, day: 1, lineNo: 1, _id: 1 })
    // Search: a pair of characters, or an amount; each gives a page in its order.
    .index({ 'keys.pairs': 1, day: 1, lineNo: 1, _id: 1 })
    .index({ amountFen: 1, day: 1, lineNo: 1, _id: 1 })
    // Matching: lines of one payer, those that a decision leans on, those of one statement.
    .index({ 'keys.payer': 1, _id: 1 })
    .index({ 'keys.near': 1 })
    .index({ importId: 1, _id: 1 }),
);

export const bankImportStore = defineStore<BankImport>(
  'bankImports',
  new Schema({
    _id: text,
    accountId: text,
    profileId: text,
    profileBody: mixed,
    fileId: text,
    fileName: text,
    fileSha256: text,
    contentHash: text,
    state: { type: String, enum: IMPORT_STATES, required: true },
    progress: mixed,
    preview: mixed,
    refusal: mixed,
    accountRevision: count,
    spansAfter: mixed,
    runs: { type: Schema.Types.Mixed },
    gapReason: { type: String, default: null },
    alikeReason: { type: String, default: null },
    repeatedReferences: { type: [String], default: [] },
    chunkCount: count,
    by: text,
    at: Date,
    postedBy: { type: String, default: null },
    postedAt: { type: Date, default: null },
    postKey: { type: String, default: null },
    back: { type: Schema.Types.Mixed },
  })
    .index({ at: -1, _id: -1 })
    .index({ state: 1 }),
);
