import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';

/** DRAFT while its batch is; NONE when there is nothing to remit; then the way of its yuan (rule 7). */
export const REMITTANCE_STATES = ['DRAFT', 'OPEN', 'REMITTED', 'RECEIPTED', 'DISCLOSED', 'NONE'] as const;
export type RemittanceState = (typeof REMITTANCE_STATES)[number];

/** What one sponsor has to remit for one batch. Its id is the reference that the bank line must carry. */
export interface Remittance {
  /** `AX202610-01` */
  readonly _id: string;
  readonly batchId: string;
  readonly agreementId: string;
  /** Frozen with the batch, as the paper names them. */
  readonly agreementNumber: string;
  readonly sponsorName: string;
  /** The sponsor's USCC: whoever acts for it reads its remittances. */
  readonly sponsorId: string;
  /** Sum of the agreement's lines in the batch; negative when refunds outweigh. */
  readonly linesFen: number;
  /** Zero or negative: what refunds left over from the remittance before. */
  readonly carriedInFen: number;
  /** What is to be remitted: never below zero. */
  readonly amountFen: number;
  /** Zero or negative: goes into the agreement's next remittance. */
  readonly carriedOutFen: number;
  readonly receivedFen: number;
  /** Spent on projects so far; never more than received. */
  readonly spentFen: number;
  readonly state: RemittanceState;
  readonly approvedAt: Date | null;
  /** Day of the bank line that completed it, `2026-11-03`. */
  readonly remittedDay: string | null;
  readonly remittedAt: Date | null;
  readonly receiptedAt: Date | null;
  readonly receiptId: string | null;
  readonly disclosedAt: Date | null;
  readonly packId: string | null;
}

export const remittanceStore = defineStore<Remittance>(
  'remittances',
  new Schema({
    _id: { type: String, required: true },
    batchId: { type: String, required: true },
    agreementId: { type: String, required: true },
    agreementNumber: String,
    sponsorName: String,
    sponsorId: String,
    linesFen: Number,
    carriedInFen: Number,
    amountFen: { type: Number, required: true, min: 0 },
    carriedOutFen: Number,
    receivedFen: { type: Number, required: true, min: 0 },
    spentFen: { type: Number, required: true, min: 0 },
    state: { type: String, required: true, enum: REMITTANCE_STATES },
    approvedAt: { type: Date, default: null },
    remittedDay: { type: String, default: null },
    remittedAt: { type: Date, default: null },
    receiptedAt: { type: Date, default: null },
    receiptId: { type: String, default: null },
    disclosedAt: { type: Date, default: null },
    packId: { type: String, default: null },
  })
    .index({ batchId: 1 })
    .index({ agreementId: 1, _id: -1 }),
  // No index by state: some hundred remittances are made in a month, and a key that moves with the state would double
  // what a million lines of a bank statement cost.
);

/** The most remittances that one read gives: with some hundred in a month, decades of all sponsors together. */
const MAX_REMITTANCES = 100_000;
/** One answer of the database holds those of a year; a second round trip would cost as much again. */
const AT_ONCE = 2_000;

export interface RemittanceFilter {
  readonly ids?: readonly string[];
  readonly batchId?: string;
  readonly states?: readonly RemittanceState[];
  readonly agreementIds?: readonly string[];
  readonly sponsorIds?: readonly string[];
  /** Only those that hold yuan which no spend has used. */
  readonly unspent?: true;
}

/** By reference, the oldest first. Drafts are left out unless asked for by state. */
export async function readRemittances(base: Base, filter: RemittanceFilter, session?: Session): Promise<Remittance[]> {
  const among = (values: readonly string[] | undefined): object => (values ? { $in: [...values] } : {});
  const query = {
    ...(filter.ids ? { _id: among(filter.ids) } : {}),
    ...(filter.batchId === undefined ? {} : { batchId: filter.batchId }),
    state: filter.states ? among(filter.states) : { $ne: 'DRAFT' },
    ...(filter.agreementIds ? { agreementId: among(filter.agreementIds) } : {}),
    ...(filter.sponsorIds ? { sponsorId: among(filter.sponsorIds) } : {}),
    ...(filter.unspent ? { $expr: { $gt: ['$receivedFen', '$spentFen'] } } : {}),
  };
  return remittanceStore
    .collection(base)
    .find(query as object, session ? { session, batchSize: AT_ONCE } : { batchSize: AT_ONCE })
    .sort({ _id: 1 })
    .limit(MAX_REMITTANCES)
    .toArray();
}

/** What must be known of a remittance to give money to it. */
export type ReceivingRemittance = Pick<
  Remittance,
  '_id' | 'agreementId' | 'state' | 'amountFen' | 'receivedFen' | 'spentFen'
>;

/** One as it is after money came; when it is whole, since when. */
export type ReceivedRemittance<Read extends ReceivingRemittance = ReceivingRemittance> = Read &
  Pick<Remittance, 'remittedDay' | 'remittedAt'>;

/** The remittances that a chunk of bank lines names: thousands at once, so no more of each than money needs. */
export async function readReceiving(base: Base, ids: readonly string[]): Promise<ReceivingRemittance[]> {
  return (
    remittanceStore
      .collection(base)
      // In one answer: a second round trip for the rest of them would cost as much again.
      .find({ _id: { $in: [...ids] }, state: { $ne: 'DRAFT' } }, { batchSize: ids.length + 1 })
      .project<ReceivingRemittance>({
        ...{ agreementId: 1, state: 1, amountFen: 1, receivedFen: 1, spentFen: 1 },
      })
      .toArray()
  );
}

/** The newest remittance of each of these agreements that is not a draft: what it carries goes into the next. */
export async function readCarried(base: Base, agreementIds: readonly string[]): Promise<Map<string, number>> {
  const newest = await remittanceStore
    .collection(base)
    .aggregate<{ _id: string; carriedOutFen: number }>([
      { $match: { agreementId: { $in: [...agreementIds] }, state: { $ne: 'DRAFT' } } },
      { $sort: { agreementId: 1, _id: -1 } },
      { $group: { _id: '$agreementId', carriedOutFen: { $first: '$carriedOutFen' } } },
    ])
    .toArray();
  return new Map(newest.map((one) => [one._id, one.carriedOutFen]));
}

/** Writes the drafts of a batch in place of any that an earlier attempt left. */
export async function replaceDrafts(
  base: Base,
  batchId: string,
  remittances: readonly Remittance[],
  session: Session,
): Promise<void> {
  await remittanceStore.collection(base).deleteMany({ batchId, state: 'DRAFT' }, { session });
  if (remittances.length > 0) await remittanceStore.collection(base).insertMany([...remittances], { session });
}

/** Opens the remittances of a batch that is approved in this transaction. */
export async function openRemittances(base: Base, batchId: string, at: Date, session: Session): Promise<void> {
  const collection = remittanceStore.collection(base);
  const drafts = { batchId, state: 'DRAFT' } as const;
  await collection.updateMany({ ...drafts, amountFen: 0 }, { $set: { state: 'NONE', approvedAt: at } }, { session });
  await collection.updateMany(drafts, { $set: { state: 'OPEN', approvedAt: at } }, { session });
}

/**
 * Writes remittances as they are after money came or went back; each must still stand as it was read in this
 * transaction. Those paid whole by one line, nearly all, are one write together.
 */
export async function writeReceived(
  base: Base,
  changes: readonly { readonly before: ReceivingRemittance; readonly after: ReceivedRemittance }[],
  session: Session,
): Promise<void> {
  if (changes.length === 0) return;
  const collection = remittanceStore.collection(base);
  const isWhole = ({ before, after }: (typeof changes)[number]): boolean =>
    before.receivedFen === 0 && after.state === 'REMITTED';
  const byDay = new Map<string, ReceivedRemittance[]>();
  for (const { after } of changes.filter(isWhole)) {
    const day = after.remittedDay ?? '';
    const sameDay = byDay.get(day);
    if (sameDay) sameDay.push(after);
    else byDay.set(day, [after]);
  }
  let matchedCount = 0;
  for (const [remittedDay, paid] of byDay) {
    const remittedAt = paid[0]?.remittedAt ?? null;
    const result = await collection.updateMany(
      { _id: { $in: paid.map((one) => one._id) }, state: 'OPEN', receivedFen: 0 },
      [{ $set: { receivedFen: '$amountFen', state: 'REMITTED', remittedDay, remittedAt } }],
      { session },
    );
    matchedCount += result.matchedCount;
  }
  for (const { before, after } of changes.filter((one) => !isWhole(one))) {
    const { receivedFen, state, remittedDay, remittedAt } = after;
    const result = await collection.updateOne(
      { _id: before._id, state: before.state, receivedFen: before.receivedFen },
      { $set: { receivedFen, state, remittedDay, remittedAt } },
      { session },
    );
    matchedCount += result.matchedCount;
  }
  if (matchedCount !== changes.length) throw new Error('a remittance was not as the transaction had read it');
}

/** A receipt stands for this remittance, or (null) the one that stood was voided. False when it is not in that state. */
export async function markReceipted(
  base: Base,
  mark: { remittanceId: string; receiptId: string | null; at: Date },
  session: Session,
): Promise<boolean> {
  const { remittanceId, receiptId, at } = mark;
  const result = await remittanceStore.collection(base).updateOne(
    { _id: remittanceId, state: receiptId === null ? 'RECEIPTED' : { $in: ['REMITTED', 'RECEIPTED', 'DISCLOSED'] } },
    receiptId === null
      ? { $set: { state: 'REMITTED', receiptId: null, receiptedAt: null } }
      : [
          {
            $set: {
              // A corrected receipt of a disclosed remittance does not take the disclosure back.
              state: { $cond: [{ $eq: ['$state', 'DISCLOSED'] }, 'DISCLOSED', 'RECEIPTED'] },
              receiptId,
              receiptedAt: at,
            },
          },
        ],
    { session },
  );
  return result.matchedCount === 1;
}

/** These receipted remittances are in a pack that is published in this transaction. */
export async function markDisclosed(
  base: Base,
  mark: { remittanceIds: readonly string[]; packId: string; at: Date },
  session: Session,
): Promise<void> {
  const { remittanceIds, packId, at } = mark;
  if (remittanceIds.length === 0) return;
  const result = await remittanceStore
    .collection(base)
    .updateMany(
      { _id: { $in: [...remittanceIds] }, state: 'RECEIPTED' },
      { $set: { state: 'DISCLOSED', packId, disclosedAt: at } },
      { session },
    );
  if (result.matchedCount !== remittanceIds.length) throw new Error('a remittance to be disclosed is not receipted');
}

/** Moves what is spent of these remittances, negative to take a spend back; the filter is the last wall. */
export async function moveSpent(
  base: Base,
  changes: readonly { readonly remittanceId: string; readonly amountFen: number }[],
  session: Session,
): Promise<void> {
  if (changes.length === 0) return;
  const writes = changes.map(({ remittanceId, amountFen }) => ({
    updateOne: {
      filter: {
        _id: remittanceId,
        spentFen: { $gte: -amountFen },
        $expr: { $lte: [{ $add: ['$spentFen', amountFen] }, '$receivedFen'] },
      },
      update: { $inc: { spentFen: amountFen } },
    },
  }));
  const result = await remittanceStore.collection(base).bulkWrite(writes, { session, ordered: true });
  if (result.matchedCount !== changes.length) throw new Error('more would be spent of a remittance than was received');
}
