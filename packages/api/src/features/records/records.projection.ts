import type { Projection, PurchaseEntry, RefundEntry } from '../journal/index.js';
import { shanghaiMonth } from '../../kernel/shanghai.js';
import { type HelpRecord, helpRecordStore, organisationMonthStore } from './records.store.js';
import { type MonthChange, monthChanges } from './records.rules.js';

/** Writes the help records and what each organisation's members did in a month, from the journal. */
export const recordsProjection: Projection = {
  name: 'records',
  collections: [helpRecordStore.name, organisationMonthStore.name],
  async apply(base, { entries }, session) {
    const made = entries.flatMap((entry) => (entry.kind === 'purchase' ? [recordOf(entry)] : []));
    if (made.length > 0) await helpRecordStore.collection(base).insertMany(made, { session });
    // A refund may stand in the same block as its purchase: the record is there by now.
    const changed = entries.flatMap((entry) => (entry.kind === 'refund' ? [refundWrite(entry)] : []));
    if (changed.length > 0) await helpRecordStore.collection(base).bulkWrite(changed, { session, ordered: true });
    const months = monthChanges(entries).map(monthWrite);
    if (months.length > 0) await organisationMonthStore.collection(base).bulkWrite(months, { session, ordered: true });
  },
};

/** The line that a settled purchase makes: also what a page shows before the projection has written it. */
export function recordOf(entry: PurchaseEntry): HelpRecord {
  return {
    _id: entry._id,
    memberId: entry.memberId,
    kind: 'PURCHASE',
    ordinal: entry.after.recordCount,
    at: entry.at,
    month: shanghaiMonth(entry.at.getTime()),
    orderId: entry.orderId,
    organisationId: entry.organisationId,
    organisationPath: [...entry.ancestorIds, entry.organisationId],
    points: entry.awards.reduce((sum, award) => sum + award.points, 0),
    matchedFen: entry.matches.reduce((sum, match) => sum + match.amountFen, 0),
    purchaseFen: entry.totalFen,
    withdrawn: false,
  };
}

function refundWrite(entry: RefundEntry) {
  const inc = {
    points: -entry.awards.reduce((sum, award) => sum + award.points, 0),
    matchedFen: -entry.matches.reduce((sum, match) => sum + match.amountFen, 0),
    purchaseFen: -entry.amountFen,
  };
  const update = entry.withdraws ? { $inc: inc, $set: { withdrawn: true } } : { $inc: inc };
  return { updateOne: { filter: { _id: entry.reversesId }, update } };
}

function monthWrite({ organisationId, month, changes }: MonthChange) {
  const update = { $inc: changes, $setOnInsert: { organisationId, month } };
  return { updateOne: { filter: { _id: `${organisationId}|${month}` }, update, upsert: true } };
}
