import { Schema } from 'mongoose';
import { defineStore } from '../../kernel/store.js';

/** A part of a file as it was read, checked and normalised: written once by the preview, read by the posting. */
export interface BankChunk {
  /** `importId.0001` */
  readonly _id: string;
  readonly importId: string;
  readonly seq: number;
  readonly lineCount: number;
  readonly newCount: number;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Positions of lines that stand already, as JSON text; empty for none. */
  readonly duplicates: string;
  /** What posting needs of each line, as JSON text: so much less than the lines that a good month never opens those. */
  readonly keys: string;
  /** The prints of its lines, 16 characters each. */
  readonly prints: string;
  /** The lines as JSON text, see `chunks.rules.ts`: a million documents would cost more than all the rest. */
  readonly lines: string;
}

/** A chunk that is in the books. Its existence, written in the posting's transaction, says so. */
export interface BankPosting {
  /** The chunk's. */
  readonly _id: string;
  readonly accountId: string;
  readonly importId: string;
  readonly seq: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly newCount: number;
  readonly matchedCount: number;
  readonly creditFen: number;
  readonly debitFen: number;
  /** The prints of its new lines, 16 characters each: which lines stand is known without reading them. */
  readonly prints: string;
  readonly matchedFen: number;
  /** Lines matched exactly, as JSON text: `[position in the chunk, [remittanceId, amountFen] …]`. */
  readonly matches: string;
  readonly ledgerId: string;
  readonly by: string;
  readonly at: Date;
}

const text = { type: String, required: true } as const;
const count = { type: Number, required: true } as const;

export const bankChunkStore = defineStore<BankChunk>(
  'bankChunks',
  new Schema({
    _id: text,
    importId: text,
    seq: count,
    lineCount: count,
    newCount: count,
    firstDay: text,
    lastDay: text,
    duplicates: String,
    keys: String,
    prints: String,
    lines: String,
  }),
);

export const bankPostingStore = defineStore<BankPosting>(
  'bankPostings',
  new Schema({
    _id: text,
    accountId: text,
    importId: text,
    seq: count,
    firstDay: text,
    lastDay: text,
    newCount: count,
    matchedCount: count,
    matchedFen: count,
    creditFen: count,
    debitFen: count,
    prints: String,
    matches: String,
    ledgerId: text,
    by: text,
    at: Date,
  }).index({ accountId: 1, lastDay: -1, firstDay: -1 }),
);
