/**
 * Owns the disclosure packs (慈善法 art. 79): what the fund tells the public of a period, frozen as canonical JSON, chained
 * by hash, corrected by packs that name what they correct. Page, PDF and XLSX are made from that JSON alone.
 * Never names a donor who refuses it, never shows a person, never changes what was published.
 */
export { correctPack } from './correct-pack.js';
export { type Deadline, readDeadline } from './deadline.reads.js';
export { disclosureJobs, disclosureMetrics } from './disclosure.jobs.js';
export { correctionsFeed } from './corrections-feed.js';
export { type Fault } from './disclosure.rules.js';
export {
  type Pack,
  type PackHead,
  packHeadStore,
  packStore,
  type PackState,
  readDraftHeads,
  readDrafts,
  readPublished,
  readPublishedHeads,
} from './disclosure.store.js';
export { draftPack } from './draft-pack.js';
export { PACK_FILE_KINDS, type PackFile, type PackFileKind, readPackFile } from './pack-files.js';
export { readHoldingPackOf } from './holding-pack.reads.js';
export { correctionOf, holding, packSeal } from './packs.rules.js';
export type { PackContent, Period } from './pack.types.js';
export { publishPack } from './publish-pack.js';
export { type Reminder, readReminders } from './reminders.store.js';
export { billKindText } from './words.rules.js';
export { withdrawDraft } from './withdraw-draft.js';
