/**
 * The seed: puts the demonstration shelf (18 counties, their suppliers and products with pictures, stories, stock, the
 * sponsors' agreements) into a zone's database, and the plain shelf that benchmarks measure on. It makes no members and
 * no orders, and it never overwrites anything.
 */
export { type BenchSeedOptions, benchProductId, seedBench } from './seed-bench.js';
export { type SeedOptions, type SeedReport, seedZone } from './seed-zone.js';
