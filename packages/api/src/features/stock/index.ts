/**
 * Owns how much of each product is left and how much of a limited product each member has taken this month.
 * Never knows what a product costs or why a piece is taken: orders and settlement say so.
 */
export {
  type BoughtTally,
  type Pieces,
  type Stock,
  boughtTallyId,
  boughtTallyStore,
  putBackPieces,
  readShelf,
  stockStore,
  takePieces,
} from './stock.store.js';
