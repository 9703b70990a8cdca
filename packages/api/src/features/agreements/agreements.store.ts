import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';

/** DRAFT → IN_FORCE → ENDED. Only an agreement in force carries a badge (rule 5). */
export type AgreementState = 'DRAFT' | 'IN_FORCE' | 'ENDED';
export type MatchUnit = 'line' | 'order' | 'piece';

/** A donation agreement between a sponsor and the fund (慈善法 art. 37, 41): what a sale makes the sponsor match. */
export interface Agreement {
  readonly _id: string;
  /** The number on the paper, shown to people. */
  readonly number: string;
  readonly sponsorName: string;
  readonly fundName: string;
  readonly state: AgreementState;
  readonly amountFenPerUnit: number;
  readonly unit: MatchUnit;
  readonly capFen: number;
  readonly validFrom: Date;
  readonly validUntil: Date;
  /** A product belongs to at most one agreement in force: the importer and the seed see to it. */
  readonly productIds: readonly string[];
}

export const agreementStore = defineStore<Agreement>(
  'agreements',
  new Schema({
    _id: { type: String, required: true },
    number: { type: String, required: true, unique: true },
    sponsorName: { type: String, required: true },
    fundName: { type: String, required: true },
    state: { type: String, required: true, enum: ['DRAFT', 'IN_FORCE', 'ENDED'] },
    amountFenPerUnit: { type: Number, required: true, min: 1 },
    unit: { type: String, required: true, enum: ['line', 'order', 'piece'] },
    capFen: { type: Number, required: true, min: 1 },
    validFrom: { type: Date, required: true },
    validUntil: { type: Date, required: true },
    productIds: { type: [String], required: true },
  }),
);

/**
 * What the sponsor still has to give. Apart from the agreement, because every placement of a charity item writes it and
 * the agreement itself is frozen.
 */
export interface Budget {
  /** The agreement's id. */
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
export async function readAgreements(base: Base): Promise<Agreement[]> {
  return agreementStore.model(base).find().sort({ _id: 1 }).limit(MAX_AGREEMENTS).lean<Agreement[]>();
}

export async function readBudgets(base: Base): Promise<Budget[]> {
  return budgetStore.model(base).find().sort({ _id: 1 }).limit(MAX_AGREEMENTS).lean<Budget[]>();
}

const MAX_AGREEMENTS = 1_000;

/** What these sponsors still have to give, at the transaction's snapshot. */
export async function readBudgetLeft(
  base: Base,
  agreementIds: readonly string[],
  session: Session,
): Promise<Map<string, number>> {
  const left = new Map<string, number>();
  if (agreementIds.length === 0) return left;
  for await (const budget of budgetStore.collection(base).find({ _id: { $in: [...agreementIds] } }, { session })) {
    left.set(budget._id, budget.leftFen);
  }
  return left;
}

/**
 * Moves budgets by these amounts: negative holds yuan for promises, positive gives them back. The filter is the last
 * wall before the cap (I3); the caller has read the budgets in the same transaction.
 */
export async function moveBudgets(
  base: Base,
  changesFen: ReadonlyMap<string, number>,
  session: Session,
): Promise<void> {
  const updates = [...changesFen]
    .filter(([, changeFen]) => changeFen !== 0)
    .map(([agreementId, changeFen]) => ({
      updateOne: {
        filter: { _id: agreementId, leftFen: { $gte: -changeFen } },
        update: { $inc: { leftFen: changeFen } },
      },
    }));
  if (updates.length === 0) return;
  const result = await budgetStore.collection(base).bulkWrite(updates, { session, ordered: false });
  if (result.modifiedCount !== updates.length) throw new Error('a budget fell below what the transaction had read');
}
