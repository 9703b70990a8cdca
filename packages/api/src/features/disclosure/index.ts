/**
 * Owns the disclosure packs: what is published of each period, as frozen bytes in one chain.
 * Never changes what is published: a correction is another pack that names the first. Never moves money.
 */
export { type Pack, packHeadStore, packStore } from './disclosure.store.js';
export { readHoldingPackOf } from './holding-pack.reads.js';
export type { PackContent } from './pack.types.js';
