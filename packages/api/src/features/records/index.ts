/**
 * Owns what is read of the help records: each member's, each branch's, and the sums of every organisation by month.
 * Never makes a record by itself: all of it follows from the journal. Never holds a basket: a secretary reads the fact,
 * the count and the points (rule 1).
 */
export { recordOf, recordsProjection } from './records.projection.js';
export {
  type HelpRecord,
  type HelpRecordKind,
  type ListPosition,
  type OrganisationMonth,
  type RecordPosition,
  countBuyers,
  countMemberRecords,
  countOrganisationRecords,
  helpRecordStore,
  organisationMonthStore,
  readMemberRecords,
  readMonthsOf,
  readOrganisationRecords,
  readRecordsByIds,
} from './records.store.js';
export { readShownMonths, type ShownMonth } from './shown-months.reads.js';
