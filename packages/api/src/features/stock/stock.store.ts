import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';

/**
 * What is left of a product. Only placement, release and restock write it: what is held and what is sold follow from the
 * orders and the journal, so a settlement never meets this (often hot) document.
 */
export interface Stock {
  /** The product's id. */
  readonly _id: string;
  /** All that was ever supplied. Grows with each supply. */
  readonly suppliedCount: number;
  /** supplied − held − sold. Never below zero. */
  readonly leftCount: number;
}

export const stockStore = defineStore<Stock>(
  'stocks',
  new Schema({
    _id: { type: String, required: true },
    suppliedCount: { type: Number, required: true, min: 0 },
    leftCount: { type: Number, required: true, min: 0 },
  }),
);

/**
 * How many pieces of a limited product one member has bought or holds in one Shanghai month: what 避免一抢而光 is judged
 * by. The next month's supply is open to everybody again.
 */
export interface BoughtTally {
  /** `memberId|productId|month` */
  readonly _id: string;
  readonly count: number;
}

export const boughtTallyStore = defineStore<BoughtTally>(
  'boughtTallies',
  new Schema({ _id: { type: String, required: true }, count: { type: Number, required: true, min: 0 } }),
);

export function boughtTallyId(key: { memberId: string; productId: string; month: string }): string {
  return `${key.memberId}|${key.productId}|${key.month}`;
}

/** Pieces by key (a product's id or a tally's id). Positive counts only. */
export type Pieces = ReadonlyMap<string, number>;

/** What is left of these products and what these tallies count, at the transaction's snapshot. */
export async function readShelf(
  base: Base,
  keys: { productIds: readonly string[]; tallyIds: readonly string[] },
  session: Session,
): Promise<{ left: Map<string, number>; bought: Map<string, number> }> {
  const left = new Map<string, number>();
  const bought = new Map<string, number>();
  for await (const stock of stockStore.collection(base).find({ _id: { $in: [...keys.productIds] } }, { session })) {
    left.set(stock._id, stock.leftCount);
  }
  if (keys.tallyIds.length > 0) {
    const tallies = boughtTallyStore.collection(base).find({ _id: { $in: [...keys.tallyIds] } }, { session });
    for await (const tally of tallies) bought.set(tally._id, tally.count);
  }
  return { left, bought };
}

/** Takes pieces off the shelf. The caller read the shelf in the same transaction: a shortage here is a defect. */
export async function takePieces(
  base: Base,
  taken: { stock: Pieces; tallies: Pieces },
  session: Session,
): Promise<void> {
  const updates = [...taken.stock].map(([productId, count]) => ({
    updateOne: { filter: { _id: productId, leftCount: { $gte: count } }, update: { $inc: { leftCount: -count } } },
  }));
  const result = await stockStore.collection(base).bulkWrite(updates, { session, ordered: false });
  if (result.modifiedCount !== updates.length) throw new Error('stock fell below what the transaction had read');
  if (taken.tallies.size === 0) return;
  await boughtTallyStore.collection(base).bulkWrite(
    [...taken.tallies].map(([tallyId, count]) => ({
      updateOne: { filter: { _id: tallyId }, update: { $inc: { count } }, upsert: true },
    })),
    { session, ordered: false },
  );
}

/** Puts pieces back: a cancelled or expired hold, or goods that were refunded before they were sent. */
export async function putBackPieces(
  base: Base,
  back: { stock: Pieces; tallies: Pieces },
  session: Session,
): Promise<void> {
  if (back.stock.size > 0) {
    await stockStore.collection(base).bulkWrite(
      [...back.stock].map(([productId, count]) => ({
        updateOne: { filter: { _id: productId }, update: { $inc: { leftCount: count } } },
      })),
      { session, ordered: false },
    );
  }
  if (back.tallies.size > 0) {
    await boughtTallyStore.collection(base).bulkWrite(
      [...back.tallies].map(([tallyId, count]) => ({
        updateOne: { filter: { _id: tallyId }, update: { $inc: { count: -count } } },
      })),
      { session, ordered: false },
    );
  }
}
