/**
 * Owns what a member is shown of what purchases did: one purchase's effect (您的这次购买) and all of them at a glance.
 * Never keeps anything of its own: the journal says it in the moment of settlement, before any projection has counted it.
 */
export { effectEntryId, refundEntryId, readEntriesById } from './effect.reads.js';
