import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';

/**
 * DRAFT → SUBMITTED → IN_FORCE → ENDED; a checker's rejection makes it a draft again. Only an agreement in force carries a
 * badge (rule 5), and its terms are frozen from then on: a change is a new agreement that names the old one.
 */
export const AGREEMENT_STATES = ['DRAFT', 'SUBMITTED', 'IN_FORCE', 'ENDED'] as const;
export type AgreementState = (typeof AGREEMENT_STATES)[number];
export type MatchUnit = 'line' | 'order' | 'piece';

/** Which products: those listed, and those that have every given property. */
export interface AgreementScope {
  readonly productIds: readonly string[];
  /** Null: only the listed ones. An empty list within asks for nothing. */
  readonly properties: {
    readonly countyCodes: readonly string[];
    readonly categoryKeys: readonly string[];
    readonly supplierIds: readonly string[];
  } | null;
}

/** What sponsor and fund have agreed. */
export interface AgreementTerms extends AgreementScope {
  /** The number on the paper, shown to people. */
  readonly number: string;
  /** The sponsor's 统一社会信用代码: who a receipt is for, and whose agreement it is. */
  readonly sponsorUscc: string;
  readonly sponsorName: string;
  /** False: the sponsor refuses publication of its name (慈善法 art. 82); see `publicSponsorName`. */
  readonly publishesName: boolean;
  readonly fundName: string;
  readonly amountFenPerUnit: number;
  readonly unit: MatchUnit;
  /** The most that will ever be matched. */
  readonly capFen: number;
  /** The most of one month of sales in Asia/Shanghai; null: only the total counts. */
  readonly monthlyCapFen: number | null;
  readonly validFrom: Date;
  /** The first instant at which it no longer holds. */
  readonly validUntil: Date;
  /** The paper: files by their ids. */
  readonly fileIds: readonly string[];
  /** The agreement that this one takes the place of. */
  readonly replacesId: string | null;
}

export const AGREEMENT_STEPS = [
  ...(['DRAFTED', 'REVISED', 'SUBMITTED', 'APPROVED', 'REJECTED'] as const),
  ...(['END_ASKED', 'END_DECLINED', 'ENDED'] as const),
] as const;

/** Who did what, when, to which content: appended, never changed. */
export interface AgreementStep {
  readonly what: (typeof AGREEMENT_STEPS)[number];
  readonly at: Date;
  readonly by: string;
  readonly reason: string | null;
  /** Of the terms as they were after this step. */
  readonly contentHash: string;
  /** The command's idempotency key and what was asked under it. */
  readonly key: string;
  readonly keyHash: string;
}

/** A donation agreement between a sponsor and the fund (慈善法 art. 37, 41): what a sale makes the sponsor match. */
export interface Agreement extends AgreementTerms {
  readonly _id: string;
  readonly state: AgreementState;
  /** Grows with every change. */
  readonly revision: number;
  readonly history: readonly AgreementStep[];
}

const properties = new Schema({ countyCodes: [String], categoryKeys: [String], supplierIds: [String] }, { _id: false });
const step = new Schema(
  {
    what: { type: String, required: true, enum: AGREEMENT_STEPS },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    reason: { type: String, default: null },
    contentHash: { type: String, required: true },
    key: { type: String, required: true },
    keyHash: { type: String, required: true },
  },
  { _id: false },
);

export const agreementStore = defineStore<Agreement>(
  'agreements',
  new Schema({
    _id: { type: String, required: true },
    number: { type: String, required: true, unique: true },
    sponsorUscc: { type: String, required: true },
    sponsorName: { type: String, required: true },
    publishesName: { type: Boolean, required: true },
    fundName: { type: String, required: true },
    state: { type: String, required: true, enum: AGREEMENT_STATES },
    amountFenPerUnit: { type: Number, required: true, min: 1 },
    unit: { type: String, required: true, enum: ['line', 'order', 'piece'] },
    capFen: { type: Number, required: true, min: 1 },
    monthlyCapFen: { type: Number, default: null, min: 1 },
    validFrom: { type: Date, required: true },
    validUntil: { type: Date, required: true },
    productIds: { type: [String], required: true },
    properties: { type: properties, default: null },
    fileIds: { type: [String], default: [] },
    replacesId: { type: String, default: null },
    revision: { type: Number, required: true },
    history: { type: [step], required: true },
  }).index({ sponsorUscc: 1 }),
);

/** What an importer may leave out, and what agreements had that were written before there were these fields. */
const DEFAULTS = {
  ...{ sponsorUscc: '', publishesName: true, monthlyCapFen: null, properties: null, fileIds: [], replacesId: null },
  ...{ revision: 1, history: [] },
} as const;

/** An agreement as it lies in the database, made whole. */
export function agreementOf(stored: Agreement): Agreement {
  return { ...DEFAULTS, ...stored };
}

/**
 * What the sponsor still has to give: one document for the total, and one for each month of the term where there is a cap
 * per month. Apart from the agreement, because every placement of a charity item writes it and the agreement itself is
 * frozen.
 */
export interface Budget {
  /** The agreement's id; of a month `agreementId|2026-11`. */
  readonly _id: string;
  readonly capFen: number;
  /** cap − held − matched. Never below zero: below one unit's amount the badge is gone. */
  readonly leftFen: number;
}

export const budgetStore = defineStore<Budget>(
  'budgets',
  new Schema({
    _id: { type: String, required: true },
    capFen: { type: Number, required: true, min: 1 },
    leftFen: { type: Number, required: true, min: 0 },
  }),
);

/** All agreements, in force or not; there are tens of them, never thousands. */
export async function readAgreements(
  base: Base,
  filter: { readonly sponsorUscc?: readonly string[] } = {},
  session?: Session,
): Promise<Agreement[]> {
  const { sponsorUscc } = filter;
  const query = sponsorUscc ? { sponsorUscc: { $in: [...sponsorUscc] } } : {};
  const found = agreementStore.collection(base).find(query, session ? { session } : {});
  return (await found.sort({ _id: 1 }).limit(MAX_AGREEMENTS).toArray()).map(agreementOf);
}

const MAX_AGREEMENTS = 1_000;

export async function readAgreement(base: Base, agreementId: string, session?: Session): Promise<Agreement | null> {
  const found = await agreementStore.collection(base).findOne({ _id: agreementId }, session ? { session } : {});
  return found && agreementOf(found);
}

/** What these budgets still hold, at the transaction's snapshot where one is given. */
export async function readBudgetLeft(
  base: Base,
  ids: readonly string[],
  session?: Session,
): Promise<Map<string, number>> {
  const left = new Map<string, number>();
  if (ids.length === 0) return left;
  const options = session ? { session } : {};
  for await (const budget of budgetStore.collection(base).find({ _id: { $in: [...ids] } }, options)) {
    left.set(budget._id, budget.leftFen);
  }
  return left;
}

/**
 * Moves budgets by these amounts: negative holds yuan for promises, positive gives them back. The filter is the last
 * wall before the caps (I3); the caller has read the budgets in the same transaction.
 */
export async function moveBudgets(
  base: Base,
  changesFen: ReadonlyMap<string, number>,
  session: Session,
): Promise<void> {
  const updates = [...changesFen]
    .filter(([, changeFen]) => changeFen !== 0)
    .map(([budgetId, changeFen]) => ({
      updateOne: {
        filter: { _id: budgetId, leftFen: { $gte: -changeFen } },
        update: { $inc: { leftFen: changeFen } },
      },
    }));
  if (updates.length === 0) return;
  const result = await budgetStore.collection(base).bulkWrite(updates, { session, ordered: false });
  if (result.modifiedCount !== updates.length) throw new Error('a budget fell below what the transaction had read');
}
