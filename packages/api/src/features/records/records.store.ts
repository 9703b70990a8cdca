import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';

/** Purchase is not volunteer service (rule 3): only SERVICE will ever carry hours. */
export type HelpRecordKind = 'PURCHASE' | 'REVIEW' | 'ACTIVITY' | 'SERVICE';

/** One line of the 志愿帮扶记录, the member's and the branch's at once. No basket in it (rule 1). */
export interface HelpRecord {
  /** The id of the journal entry that made it. */
  readonly _id: string;
  readonly memberId: string;
  readonly kind: HelpRecordKind;
  /** 第 n 条 of the member. */
  readonly ordinal: number;
  readonly at: Date;
  readonly month: string;
  readonly orderId: string;
  readonly organisationId: string;
  /** The organisation of that day and all above it: whose secretaries may read the fact. */
  readonly organisationPath: readonly string[];
  /** What is left of each after refunds. */
  readonly points: number;
  readonly matchedFen: number;
  readonly purchaseFen: number;
  /** All of the purchase was given back. The line stays and says so. */
  readonly withdrawn: boolean;
}

export const helpRecordStore = defineStore<HelpRecord>(
  'helpRecords',
  new Schema({
    _id: { type: String, required: true },
    memberId: String,
    kind: String,
    ordinal: Number,
    at: Date,
    month: String,
    orderId: String,
    organisationId: String,
    organisationPath: [String],
    points: Number,
    matchedFen: Number,
    purchaseFen: Number,
    withdrawn: Boolean,
  })
    .index({ memberId: 1, at: -1, _id: -1 })
    .index({ organisationPath: 1, month: 1, at: -1, _id: -1 }),
);

export interface Tally {
  readonly purchaseCount: number;
  readonly salesFen: number;
}

/** What the members of an organisation and all below it did in one month, as they were on that day (I2). */
export interface OrganisationMonth extends Tally {
  /** `organisationId|month` */
  readonly _id: string;
  readonly organisationId: string;
  readonly month: string;
  readonly points: number;
  readonly matchedFen: number;
  readonly byChannel: Readonly<Record<string, Tally>>;
  readonly byCounty: Readonly<Record<string, Tally>>;
  readonly byCategory: Readonly<Record<string, Tally>>;
}

export const organisationMonthStore = defineStore<OrganisationMonth>(
  'organisationMonths',
  new Schema({
    _id: { type: String, required: true },
    organisationId: String,
    month: String,
    purchaseCount: Number,
    salesFen: Number,
    points: Number,
    matchedFen: Number,
    byChannel: Schema.Types.Mixed,
    byCounty: Schema.Types.Mixed,
    byCategory: Schema.Types.Mixed,
  }).index({ organisationId: 1, month: -1 }),
);

export interface RecordPosition {
  readonly atMs: number;
  readonly recordId: string;
}

const MAX_PAGE = 100;

/** A member's records, newest first. One more than `first` where there are more. */
export async function readMemberRecords(
  base: Base,
  query: { memberId: string; first: number; after: RecordPosition | null },
): Promise<HelpRecord[]> {
  return readRecords(base, { memberId: query.memberId, ...before(query.after) }, query.first);
}

/** The records of an organisation and all below it in one month, newest first. */
export async function readOrganisationRecords(
  base: Base,
  query: { organisationId: string; month: string; first: number; after: RecordPosition | null },
): Promise<HelpRecord[]> {
  const { organisationId, month, first, after } = query;
  return readRecords(base, { organisationPath: organisationId, month, ...before(after) }, first);
}

export async function countRecords(
  base: Base,
  filter: { memberId: string } | { organisationId: string; month: string },
): Promise<number> {
  const query = 'memberId' in filter ? filter : { organisationPath: filter.organisationId, month: filter.month };
  return helpRecordStore.model(base).countDocuments(query).exec();
}

export async function readRecordsByIds(base: Base, ids: readonly string[]): Promise<HelpRecord[]> {
  return helpRecordStore
    .model(base)
    .find({ _id: { $in: [...ids] } })
    .limit(Math.max(1, ids.length))
    .lean<HelpRecord[]>();
}

/** How many members of an organisation and all below it have a record in the month: a number, never a list (rule 1). */
export async function countBuyers(base: Base, filter: { organisationId: string; month: string }): Promise<number> {
  const [counted] = await helpRecordStore
    .model(base)
    .aggregate<{ count: number }>([
      { $match: { organisationPath: filter.organisationId, month: filter.month, withdrawn: false } },
      { $group: { _id: '$memberId' } },
      { $count: 'count' },
    ]);
  return counted?.count ?? 0;
}

/** The entries behind an organisation's records of one month, at most this many. */
export async function readRecordIds(
  base: Base,
  query: { organisationId: string; month: string; limit: number },
): Promise<string[]> {
  const found = await helpRecordStore
    .model(base)
    .find({ organisationPath: query.organisationId, month: query.month, matchedFen: { $gt: 0 } }, { _id: 1 })
    .limit(query.limit)
    .lean<{ _id: string }[]>();
  return found.map((one) => one._id);
}

/** The months of these organisations, each organisation's newest first. */
export async function readOrganisationMonths(
  base: Base,
  query: { organisationIds: readonly string[]; months: readonly string[] },
): Promise<OrganisationMonth[]> {
  const ids = query.organisationIds.flatMap((id) => query.months.map((month) => `${id}|${month}`));
  return organisationMonthStore
    .model(base)
    .find({ _id: { $in: ids } })
    .lean<OrganisationMonth[]>();
}

/** Which months an organisation has anything in, newest first; two years at most. */
export async function readMonthsOf(base: Base, organisationId: string): Promise<string[]> {
  const found = await organisationMonthStore
    .model(base)
    .find({ organisationId }, { month: 1 })
    .sort({ month: -1 })
    .limit(24)
    .lean<{ month: string }[]>();
  return found.map((one) => one.month);
}

function before(after: RecordPosition | null): object {
  if (!after) return {};
  const at = new Date(after.atMs);
  return { $or: [{ at: { $lt: at } }, { at, _id: { $lt: after.recordId } }] };
}

async function readRecords(base: Base, filter: object, first: number): Promise<HelpRecord[]> {
  const limit = Math.min(first, MAX_PAGE) + 1;
  return helpRecordStore.model(base).find(filter).sort({ at: -1, _id: -1 }).limit(limit).lean<HelpRecord[]>();
}
