/**
 * Owns the journal: one append-only document for each thing that happens to a member, chained by hash within the
 * member's stream, sealed in blocks behind the write path, and handed in order to the projections.
 * Never decides what an entry says: settlement does. Never edits or deletes one: a correction names what it corrects.
 */
export { type Block, blockStore } from './blocks.store.js';
export { EMPTY_HEAD, chainEntry, entryId, hashOf, headOf } from './journal.rules.js';
export { insertEntries, journalStore, readEntries, readHead, readHeads, readStream } from './journal.store.js';
export type {
  After,
  CompletionEntry,
  Entry,
  EntryBody,
  EntryLine,
  Head,
  PurchaseEntry,
  RefundEntry,
} from './journal.types.js';
export { type JournalHead, journalHead } from './journal-head.js';
export { type Pipeline, pipeline, pipelineOptions } from './pipeline.js';
export { type Projection, type SealedEntries } from './projection.js';
export { type Rebuilt, rebuildProjections } from './rebuild.js';
export type { RebuildProgress } from './rebuild-run.js';
export { purchaseKey, refundKey } from './source-keys.rules.js';
