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
  /** Names the line where it is listed for a secretary: says nothing of when, and leads to no entry. */
  readonly listKey: string;
  /** 第 n 条 of the member. */
  readonly ordinal: number;
  readonly at: Date;
  /** `2026-11-22`: all that a secretary reads of when. */
  readonly day: string;
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
  /** What the purchase kept at the end of its own month (kept.rules). */
  readonly keptFen: number;
  readonly keptMatchedFen: number;
  /** Day of the newest refund, and what stood when that day began; null without a refund. */
  readonly changedOn: string | null;
  readonly before: { readonly points: number; readonly withdrawn: boolean } | null;
}

export const helpRecordStore = defineStore<HelpRecord>(
  'helpRecords',
  new Schema({
    _id: { type: String, required: true },
    memberId: String,
    kind: String,
    listKey: String,
    ordinal: Number,
    at: Date,
    day: String,
    month: String,
    orderId: String,
    organisationId: String,
    organisationPath: [String],
    points: Number,
    matchedFen: Number,
    purchaseFen: Number,
    withdrawn: Boolean,
    keptFen: Number,
    keptMatchedFen: Number,
    changedOn: String,
    before: { points: Number, withdrawn: Boolean },
  })
    .index({ memberId: 1, at: -1, _id: -1 })
    .index({ organisationPath: 1, month: 1, day: -1, listKey: 1 }),
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
  /** What of the above is of the newest day with anything in it: shown once that day is over. */
  readonly today: { readonly day: string; readonly purchaseCount: number; readonly points: number };
  /** Money of the month's purchases, less what came back within the month, and of how many members (kept.rules). */
  readonly keptFen: number;
  readonly keptBuyerCount: number;
  readonly keptMatchedFen: number;
  readonly keptMatchedBuyerCount: number;
  /** Its ancestors in the month, joined by `/`; several if it was moved within it. */
  readonly chains: readonly string[];
  /** Itself and all that were above it in the month. */
  readonly within: readonly string[];
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
    today: { day: String, purchaseCount: Number, points: Number },
    keptFen: Number,
    keptBuyerCount: Number,
    keptMatchedFen: Number,
    keptMatchedBuyerCount: Number,
    chains: [String],
    within: [String],
  })
    .index({ organisationId: 1, month: -1 })
    .index({ within: 1, month: -1 }),
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

/** Where a secretary's list goes on: a day, and the key of the line within it. */
export interface ListPosition {
  readonly day: string;
  readonly listKey: string;
}

export interface OrganisationList {
  readonly organisationId: string;
  readonly month: string;
  /** The first day that is not over yet: nothing of it is listed, so that watching the list tells no hour. */
  readonly beforeDay: string;
}

/**
 * The records of an organisation and all below it in one month, the newest day first; within a day in an order that
 * says nothing. One more than `first` where there are more.
 */
export async function readOrganisationRecords(
  base: Base,
  query: OrganisationList & { first: number; after: ListPosition | null },
): Promise<HelpRecord[]> {
  const { first, after } = query;
  const position = after
    ? { $or: [{ day: { $lt: after.day } }, { day: after.day, listKey: { $gt: after.listKey } }] }
    : {};
  return helpRecordStore
    .model(base)
    .find({ $and: [listed(query), position] })
    .sort({ day: -1, listKey: 1 })
    .limit(Math.min(first, MAX_PAGE) + 1)
    .lean<HelpRecord[]>();
}

function listed({ organisationId, month, beforeDay }: OrganisationList) {
  return { organisationPath: organisationId, month, day: { $lt: beforeDay } };
}

export async function countOrganisationRecords(base: Base, query: OrganisationList): Promise<number> {
  return helpRecordStore.model(base).countDocuments(listed(query)).exec();
}

export async function countMemberRecords(base: Base, memberId: string): Promise<number> {
  return helpRecordStore.model(base).countDocuments({ memberId }).exec();
}

export async function readRecordsByIds(base: Base, ids: readonly string[]): Promise<HelpRecord[]> {
  return helpRecordStore
    .model(base)
    .find({ _id: { $in: [...ids] } })
    .limit(Math.max(1, ids.length))
    .lean<HelpRecord[]>();
}

/** How many members of an organisation and all below it have a record in the month: a number, never a list (rule 1). */
export async function countBuyers(base: Base, query: OrganisationList): Promise<number> {
  const [counted] = await helpRecordStore
    .model(base)
    .aggregate<{ count: number }>([{ $match: listed(query) }, { $group: { _id: '$memberId' } }, { $count: 'count' }]);
  return counted?.count ?? 0;
}

type MonthFigures = Omit<OrganisationMonth, 'byChannel' | 'byCounty' | 'byCategory' | 'within'>;

/** The months of these organisations and of all that were below them: what of them may be told depends on those. */
export async function readMonthsWithin(
  base: Base,
  query: { organisationIds: readonly string[]; months: readonly string[] },
): Promise<MonthFigures[]> {
  return organisationMonthStore
    .model(base)
    .find(
      { within: { $in: [...query.organisationIds] }, month: { $in: [...query.months] } },
      { byChannel: 0, byCounty: 0, byCategory: 0, within: 0 },
    )
    .lean<MonthFigures[]>();
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
