/**
 * Owns how much of each product is left and how much of a limited product each member has taken.
 * Never knows what a product costs or why a piece is taken: orders and settlement say so.
 */
export { type BoughtTally, type Stock, boughtTallyId, boughtTallyStore, stockStore } from './stock.store.js';
