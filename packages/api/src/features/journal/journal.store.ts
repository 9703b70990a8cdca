import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import { EMPTY_HEAD, groupOf } from './journal.rules.js';
import type { Entry, Head } from './journal.types.js';

const mixed = { type: Schema.Types.Mixed };

/** Append-only: nothing in the server updates or deletes here. */
export const journalStore = defineStore<Entry>(
  'journal',
  new Schema({
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    seq: { type: Number, required: true, min: 1 },
    kind: { type: String, enum: ['purchase', 'refund', 'completion'], required: true },
    sourceKey: { type: String, required: true },
    at: { type: Date, required: true },
    channel: String,
    organisationId: String,
    ancestorIds: [String],
    orderId: String,
    after: mixed,
    prevHash: String,
    hash: { type: String, required: true },
    group: mixed,
    paymentId: String,
    transactionId: String,
    totalFen: Number,
    amountFen: Number,
    refundId: String,
    outsideNumber: String,
    reversesId: String,
    completesId: String,
    withdraws: Boolean,
    lines: mixed,
    awards: mixed,
    declined: mixed,
    matches: mixed,
  }).index({ memberId: 1, seq: 1 }, { unique: true }),
);

/**
 * Appends in one write of the caller's transaction; a number taken meanwhile makes it a conflict, never a gap. The last
 * entry tells which were written together: what seals them reads one document for them all, and nothing more is written.
 */
export async function insertEntries(base: Base, entries: readonly Entry[], session: Session): Promise<void> {
  const last = entries.at(-1);
  if (!last) return;
  const written = entries.with(-1, { ...last, group: groupOf(entries) });
  await journalStore.collection(base).insertMany(written, { session, ordered: true });
}

/** The heads of these members' streams; a member without an entry has the empty head. */
export async function readHeads(
  base: Base,
  memberIds: readonly string[],
  session?: Session,
): Promise<Map<string, Head>> {
  const heads = new Map<string, Head>(memberIds.map((memberId) => [memberId, EMPTY_HEAD]));
  // Sorted by the unique index and grouped by its first field, this is one jump in the index per member.
  const tails = journalStore.collection(base).aggregate<{ _id: string } & Head>(
    [
      { $match: { memberId: { $in: [...heads.keys()] } } },
      { $sort: { memberId: -1, seq: -1 } },
      {
        $group: { _id: '$memberId', seq: { $first: '$seq' }, hash: { $first: '$hash' }, after: { $first: '$after' } },
      },
    ],
    session ? { session } : {},
  );
  for await (const { _id, seq, hash, after } of tails) heads.set(_id, { seq, hash, after });
  return heads;
}

export async function readHead(base: Base, memberId: string): Promise<Head> {
  const entry = await journalStore
    .collection(base)
    .findOne({ memberId }, { sort: { seq: -1 }, projection: { seq: 1, hash: 1, after: 1 } });
  return entry ? { seq: entry.seq, hash: entry.hash, after: entry.after } : EMPTY_HEAD;
}

export async function readEntries(base: Base, entryIds: readonly string[], session?: Session): Promise<Entry[]> {
  const ids = [...entryIds];
  return journalStore
    .collection(base)
    .find({ _id: { $in: ids } }, session ? { session } : {})
    .limit(Math.max(1, ids.length))
    .toArray();
}

export async function countEntries(base: Base): Promise<number> {
  return journalStore.collection(base).countDocuments({});
}

/** A member's stream from its newest entry on, below `beforeSeq` where given. */
export async function readStream(
  base: Base,
  query: { memberId: string; beforeSeq: number | null; limit: number; kinds?: readonly Entry['kind'][] },
): Promise<Entry[]> {
  const filter = {
    memberId: query.memberId,
    ...(query.beforeSeq === null ? {} : { seq: { $lt: query.beforeSeq } }),
    ...(query.kinds ? { kind: { $in: [...query.kinds] } } : {}),
  };
  return journalStore.collection(base).find(filter).sort({ memberId: -1, seq: -1 }).limit(query.limit).toArray();
}
