/**
 * Owns how much was sold: by product, by county, in the zone. All of it follows from the journal.
 * Never ranks persons: there is no person in it (rule 1).
 */
export { salesProjection } from './sales.projection.js';
export { type SalesFigures, readCountySales, readZoneSales } from './sales.store.js';
