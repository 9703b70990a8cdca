import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import type { SpendSource, SpendTerms } from './projects.rules.js';

/**
 * WAITING for another person; WITHDRAWN by whoever recorded it, before it was decided; REVERSED once a spend that names it
 * took it back.
 */
export const SPEND_STATES = ['WAITING', 'WITHDRAWN', 'APPROVED', 'REJECTED', 'REVERSED'] as const;

/** A use of money, or (amount negative, `correctsId`) what takes one back. Its terms are never edited. */
export interface Spend extends SpendTerms {
  readonly _id: string;
  readonly state: (typeof SPEND_STATES)[number];
  /** The spend that this one takes back, to the fen. */
  readonly correctsId: string | null;
  /** While it stands: at most one takes back a spend. */
  readonly takesBackId?: string;
  readonly recordedBy: string;
  readonly recordedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** Why it was given back; of a reversal, why it is needed. */
  readonly reason: string | null;
  /** Whose yuan it used, set by the approval; negative in a reversal. */
  readonly sources: readonly SpendSource[];
  /** Its transaction in the books. */
  readonly ledgerId: string | null;
  /** What the bank's lines show to have gone out for it. */
  readonly paidFen: number;
}

const source = new Schema({ remittanceId: String, amountFen: Number }, { _id: false });
const beneficiaries = new Schema({ group: String, count: Number }, { _id: false });

export const spendStore = defineStore<Spend>(
  'spends',
  new Schema({
    _id: { type: String, required: true },
    projectId: { type: String, required: true },
    amountFen: { type: Number, required: true },
    day: { type: String, required: true },
    payee: { type: String, required: true },
    what: { type: String, required: true },
    fileIds: { type: [String], required: true },
    beneficiaries: { type: [beneficiaries], required: true },
    state: { type: String, required: true, enum: SPEND_STATES },
    correctsId: { type: String, default: null },
    takesBackId: String,
    recordedBy: { type: String, required: true },
    recordedAt: { type: Date, required: true },
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
    reason: { type: String, default: null },
    sources: { type: [source], required: true },
    ledgerId: { type: String, default: null },
    paidFen: { type: Number, required: true },
  })
    .index({ takesBackId: 1 }, { unique: true, partialFilterExpression: { takesBackId: { $exists: true } } })
    .index({ recordedAt: -1, _id: -1 })
    .index({ projectId: 1, recordedAt: -1, _id: -1 })
    .index({ state: 1, recordedAt: -1, _id: -1 })
    .index({ 'sources.remittanceId': 1 }),
);

export async function insertSpend(base: Base, spend: Spend, session?: Session): Promise<void> {
  await spendStore.collection(base).insertOne(spend, session ? { session } : {});
}

export async function readSpend(base: Base, spendId: string, session?: Session): Promise<Spend | null> {
  return spendStore.collection(base).findOne({ _id: spendId }, session ? { session } : {});
}

/** Writes a step of a spend that stands in this state; throws when it does not: it was read in this transaction. */
export async function changeSpend(
  base: Base,
  from: Pick<Spend, '_id' | 'state'>,
  change: Partial<Spend>,
  session: Session,
): Promise<void> {
  const result = await spendStore.collection(base).updateOne(
    { _id: from._id, state: from.state },
    {
      $set: change,
      ...(change.state === 'REJECTED' || change.state === 'WITHDRAWN' ? { $unset: { takesBackId: '' } } : {}),
    },
    { session },
  );
  if (result.matchedCount !== 1) throw new Error(`spend ${from._id} is no longer ${from.state}`);
}

/** The most that one read gives: decades of a fund. A disclosure reads all of them. */
const MAX_SPENDS = 100_000;

export interface SpendFilter {
  readonly projectIds?: readonly string[];
  readonly states?: readonly Spend['state'][];
  readonly before?: { readonly atMs: number; readonly spendId: string };
  readonly limit?: number;
}

/** The latest recorded first, reversals among them. */
export async function readSpends(base: Base, filter: SpendFilter, session?: Session): Promise<Spend[]> {
  const { projectIds, states, before } = filter;
  const at = new Date(before?.atMs ?? 0);
  const query = {
    ...(projectIds ? { projectId: { $in: [...projectIds] } } : {}),
    ...(states ? { state: { $in: [...states] } } : {}),
    ...(before ? { $or: [{ recordedAt: { $lt: at } }, { recordedAt: at, _id: { $lt: before.spendId } }] } : {}),
  };
  return spendStore
    .collection(base)
    .find(query, session ? { session } : {})
    .sort({ recordedAt: -1, _id: -1 })
    .limit(Math.min(filter.limit ?? MAX_SPENDS, MAX_SPENDS))
    .toArray();
}

/** What stands of each remittance's use, by project. */
export async function sumUses(
  base: Base,
  remittanceIds: readonly string[],
): Promise<{ remittanceId: string; projectId: string; amountFen: number; lastDay: string }[]> {
  const ids = [...remittanceIds];
  const rows = await spendStore
    .collection(base)
    .aggregate<{ _id: { remittanceId: string; projectId: string }; amountFen: number; lastDay: string }>([
      { $match: { 'sources.remittanceId': { $in: ids }, state: 'APPROVED', correctsId: null } },
      { $unwind: '$sources' },
      { $match: { 'sources.remittanceId': { $in: ids } } },
      {
        $group: {
          _id: { remittanceId: '$sources.remittanceId', projectId: '$projectId' },
          amountFen: { $sum: '$sources.amountFen' },
          lastDay: { $max: '$day' },
        },
      },
      { $sort: { '_id.remittanceId': 1, '_id.projectId': 1 } },
    ])
    .toArray();
  return rows.map(({ _id, ...rest }) => ({ ..._id, ...rest }));
}

/** What waits for a checker: how many and how much. */
export async function sumWaiting(base: Base): Promise<{ count: number; amountFen: number }> {
  const [sum] = await spendStore
    .collection(base)
    .aggregate<{ count: number; amountFen: number }>([
      { $match: { state: 'WAITING' } },
      { $group: { _id: null, count: { $sum: 1 }, amountFen: { $sum: '$amountFen' } } },
    ])
    .toArray();
  return { count: sum?.count ?? 0, amountFen: sum?.amountFen ?? 0 };
}

/** Spends in the books whose money has not been seen leaving the bank, the oldest first. */
export async function findUnpaid(base: Base, most: number, session?: Session): Promise<Spend[]> {
  return spendStore
    .collection(base)
    .find(
      { state: 'APPROVED', correctsId: null, $expr: { $lt: ['$paidFen', '$amountFen'] } },
      session ? { session } : {},
    )
    .sort({ recordedAt: 1, _id: 1 })
    .limit(most)
    .toArray();
}

/** Notes money that went out, negative when a match is taken back; throws where it would be more than the spend. */
export async function movePaid(
  base: Base,
  paid: { readonly spendId: string; readonly amountFen: number },
  session: Session,
): Promise<void> {
  const { spendId, amountFen } = paid;
  const result = await spendStore.collection(base).updateOne(
    {
      _id: spendId,
      state: 'APPROVED',
      paidFen: { $gte: -amountFen },
      $expr: { $lte: [{ $add: ['$paidFen', amountFen] }, '$amountFen'] },
    },
    { $inc: { paidFen: amountFen } },
    { session },
  );
  if (result.matchedCount !== 1) throw new Error(`more would be paid out for spend ${spendId} than it is`);
}
