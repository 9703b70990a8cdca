import { Schema } from 'mongoose';
import { defineStore } from '../../kernel/store.js';

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
 * How many pieces of a limited product one member has bought or holds: what 避免一抢而光 is judged by. `_id` is
 * `memberId|productId`.
 */
export interface BoughtTally {
  readonly _id: string;
  readonly memberId: string;
  readonly productId: string;
  readonly count: number;
}

export const boughtTallyStore = defineStore<BoughtTally>(
  'boughtTallies',
  new Schema({
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    productId: { type: String, required: true },
    count: { type: Number, required: true, min: 0 },
  }),
);

export function boughtTallyId(memberId: string, productId: string): string {
  return `${memberId}|${productId}`;
}
