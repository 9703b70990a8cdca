import type { Base } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { shanghaiDay, shanghaiMonth, shanghaiMonthStartMs } from '../../kernel/shanghai.js';
import type { Session } from '../../kernel/transaction.js';
import type { Entry, Projection, PurchaseEntry, RefundEntry } from '../journal/index.js';
import { type KeptChange, keptChanges, type KeptPurchase } from './kept.rules.js';
import { type HelpRecord, helpRecordStore, organisationMonthStore } from './records.store.js';
import { type MonthChange, monthChanges } from './records.rules.js';

/** Writes the help records and what each organisation's members did in a month, from the journal. */
export const recordsProjection: Projection = {
  name: 'records',
  collections: [helpRecordStore.name, organisationMonthStore.name],
  async apply(base, { entries }, session) {
    const kept = keptChanges(await standingPurchases(base, entries, session), entries);
    const made = entries.flatMap((entry) => (entry.kind === 'purchase' ? [recordOf(entry)] : []));
    if (made.length > 0) await helpRecordStore.collection(base).insertMany(made, { session });
    // A refund may stand in the same block as its purchase: the record is there by now.
    const changed = [
      ...entries.flatMap((entry) => (entry.kind === 'refund' ? refundWrites(entry) : [])),
      ...[...kept.purchases].map(keptWrite),
    ];
    if (changed.length > 0) await helpRecordStore.collection(base).bulkWrite(changed, { session, ordered: true });
    const months = [...monthChanges(entries).flatMap(monthWrites), ...[...kept.months].map(keptWrite)];
    if (months.length > 0) await organisationMonthStore.collection(base).bulkWrite(months, { session, ordered: true });
  },
};

/** What these members bought before in the months of these entries: who is new in a month is seen by it. */
async function standingPurchases(base: Base, entries: readonly Entry[], session: Session): Promise<KeptPurchase[]> {
  const moving = entries.filter((entry) => entry.kind !== 'completion');
  if (moving.length === 0) return [];
  const memberIds = [...new Set(moving.map((entry) => entry.memberId))];
  const months = [...new Set(moving.map((entry) => shanghaiMonth(entry.at.getTime())))].sort();
  const from = new Date(shanghaiMonthStartMs(months[0] ?? ''));
  return helpRecordStore
    .collection(base)
    .find(
      { memberId: { $in: memberIds }, at: { $gte: from }, month: { $in: months }, kind: 'PURCHASE' },
      { session, projection: { memberId: 1, month: 1, organisationPath: 1, keptFen: 1, keptMatchedFen: 1 } },
    )
    .toArray();
}

/** The line that a settled purchase makes: also what a page shows before the projection has written it. */
export function recordOf(entry: PurchaseEntry): HelpRecord {
  const matchedFen = entry.matches.reduce((sum, match) => sum + match.amountFen, 0);
  const day = shanghaiDay(entry.at.getTime());
  return {
    _id: entry._id,
    listKey: derivedId('branch-record', entry.memberId, entry._id),
    memberId: entry.memberId,
    kind: 'PURCHASE',
    ordinal: entry.after.recordCount,
    at: entry.at,
    day,
    month: day.slice(0, 7),
    orderId: entry.orderId,
    organisationId: entry.organisationId,
    organisationPath: [...entry.ancestorIds, entry.organisationId],
    points: entry.awards.reduce((sum, award) => sum + award.points, 0),
    matchedFen,
    purchaseFen: entry.totalFen,
    withdrawn: false,
    keptFen: entry.totalFen,
    keptMatchedFen: matchedFen,
    changedOn: null,
    before: null,
  };
}

/** First keeps what stood when the day of the refund began: a secretary reads that until the day is over. */
function refundWrites(entry: RefundEntry) {
  const changedOn = shanghaiDay(entry.at.getTime());
  const inc = {
    points: -entry.awards.reduce((sum, award) => sum + award.points, 0),
    matchedFen: -entry.matches.reduce((sum, match) => sum + match.amountFen, 0),
    purchaseFen: -entry.amountFen,
  };
  const keep = [{ $set: { before: { points: '$points', withdrawn: '$withdrawn' }, changedOn } }];
  const update = entry.withdraws ? { $inc: inc, $set: { withdrawn: true } } : { $inc: inc };
  return [
    { updateOne: { filter: { _id: entry.reversesId, changedOn: { $ne: changedOn } }, update: keep } },
    { updateOne: { filter: { _id: entry.reversesId }, update } },
  ];
}

function keptWrite([_id, changes]: readonly [string, KeptChange]) {
  return { updateOne: { filter: { _id }, update: { $inc: { ...changes } } } };
}

function monthWrites({ organisationId, ancestorIds, day, month, changes }: MonthChange) {
  const _id = `${organisationId}|${month}`;
  const newDay = { $set: { today: { day, purchaseCount: 0, points: 0 } } };
  const update = {
    $inc: {
      ...changes,
      'today.purchaseCount': changes['purchaseCount'] ?? 0,
      'today.points': changes['points'] ?? 0,
      ...{ keptFen: 0, keptMatchedFen: 0, keptBuyerCount: 0, keptMatchedBuyerCount: 0 },
    },
    $addToSet: { chains: ancestorIds.join('/'), within: { $each: [...ancestorIds, organisationId] } },
    $setOnInsert: { organisationId, month, 'today.day': day },
  };
  return [
    { updateOne: { filter: { _id, 'today.day': { $lt: day } }, update: newDay } },
    { updateOne: { filter: { _id }, update, upsert: true } },
  ];
}
