import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore, type Store } from '../../kernel/store.js';
import { type Membership, ORGANISATION_LEVELS, type OrganisationLevel } from './portal.rules.js';

/** A party organisation as the directory names it today. One that the directory dropped is closed, not deleted. */
export interface Organisation {
  readonly _id: string;
  readonly name: string;
  readonly level: OrganisationLevel;
  readonly parentId: string | null;
  /** Root first, without itself. */
  readonly ancestorIds: readonly string[];
  /** The county that it supports (GB/T 2260), where the portal says so. */
  readonly countyCode: string | null;
  readonly closedAtMs: number | null;
  /** When the directory last said something new about it. What is older than that is not written over it. */
  readonly asOfMs: number;
}

/** A member: the least that the zone needs. `_id` is the portal's opaque subject. */
export interface Member {
  readonly _id: string;
  readonly displayName: string;
  /** `138****1234`, masked by the portal: the full number never comes here. */
  readonly maskedMobile: string | null;
  readonly memberships: readonly Membership[];
  readonly asOfMs: number;
}

/** An entry ticket that was redeemed. Its unique `_id` is what makes it single-use. */
export interface UsedTicket {
  /** The ticket's `jti`. */
  readonly _id: string;
  readonly expireAt: Date;
}

export type ImportState = 'RUNNING' | 'DONE' | 'REFUSED' | 'FAILED' | 'ABANDONED';

/** One run of the import. A unique index allows one RUNNING at a time, across processes. */
export interface DirectoryImportRun {
  readonly _id: string;
  readonly state: ImportState;
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
  readonly refusalCode: string | null;
  readonly counts: Readonly<Record<string, number>>;
}

export const organisationStore = defineStore<Organisation>(
  'organisations',
  new Schema({
    _id: { type: String, required: true },
    name: { type: String, required: true },
    level: { type: String, required: true, enum: ORGANISATION_LEVELS },
    parentId: { type: String, default: null },
    ancestorIds: { type: [String], required: true },
    countyCode: { type: String, default: null },
    closedAtMs: { type: Number, default: null },
    asOfMs: { type: Number, required: true },
  }).index({ ancestorIds: 1 }),
);

export const memberStore = defineStore<Member>(
  'members',
  new Schema({
    _id: { type: String, required: true },
    displayName: { type: String, required: true },
    maskedMobile: { type: String, default: null },
    memberships: [
      new Schema(
        {
          organisationId: { type: String, required: true },
          fromMs: { type: Number, required: true },
          untilMs: { type: Number, default: null },
        },
        { _id: false },
      ),
    ],
    asOfMs: { type: Number, required: true },
  }).index({ 'memberships.organisationId': 1 }),
);

export const usedTicketStore = defineStore<UsedTicket>(
  'usedTickets',
  new Schema({
    _id: { type: String, required: true },
    expireAt: { type: Date, required: true },
  }).index({ expireAt: 1 }, { expireAfterSeconds: 0 }),
);

export const directoryImportStore = defineStore<DirectoryImportRun>(
  'directoryImports',
  new Schema({
    _id: { type: String, required: true },
    state: { type: String, required: true },
    startedAtMs: { type: Number, required: true },
    finishedAtMs: { type: Number, default: null },
    refusalCode: { type: String, default: null },
    counts: { type: Object, required: true },
  }).index({ state: 1 }, { unique: true, partialFilterExpression: { state: 'RUNNING' } }),
);

/** Documents in one bulk write: some hundred kB, a few milliseconds of the server. */
const WRITE_BATCH = 1_000;

export async function allOrganisations(base: Base): Promise<Map<string, Organisation>> {
  const all = await organisationStore.collection(base).find().toArray();
  return new Map(all.map((one) => [one._id, one as Organisation]));
}

export async function allMembers(base: Base): Promise<Map<string, Member>> {
  const found = new Map<string, Member>();
  const all = memberStore.collection(base).find({}, { batchSize: 10_000 });
  for await (const one of all) found.set(one._id, one);
  return found;
}

export async function findOrganisations(base: Base, ids: readonly string[]): Promise<readonly Organisation[]> {
  return await organisationStore
    .collection(base)
    .find({ _id: { $in: [...ids] } })
    .toArray();
}

export async function findMembers(base: Base, ids: readonly string[]): Promise<readonly Member[]> {
  return await memberStore
    .collection(base)
    .find({ _id: { $in: [...ids] } })
    .toArray();
}

/** Organisations directly below this one that are not closed, by name. */
export async function findChildren(base: Base, organisationId: string): Promise<Organisation[]> {
  return organisationStore
    .model(base)
    .find({ ancestorIds: organisationId, parentId: organisationId, closedAtMs: null })
    .sort({ name: 1, _id: 1 })
    .limit(MOST_CHILDREN)
    .lean<Organisation[]>();
}

/** Members who belong to an organisation or to one below it at that instant. */
export async function countMembersWithin(base: Base, organisationId: string, atMs: number): Promise<number> {
  const below = await organisationStore
    .model(base)
    .find({ ancestorIds: organisationId }, { _id: 1 })
    .lean<{ _id: string }[]>();
  const ids = [organisationId, ...below.map((one) => one._id)];
  const inForce = {
    $elemMatch: {
      organisationId: { $in: ids },
      fromMs: { $lte: atMs },
      $or: [{ untilMs: null }, { untilMs: { $gt: atMs } }],
    },
  };
  return memberStore.model(base).countDocuments({ memberships: inForce }).exec();
}

/** The widest organisation of a real tree has about a hundred units. */
const MOST_CHILDREN = 500;

/**
 * Writes directory documents in batches: new ones are inserted, known ones replaced unless something newer is already
 * there (an event that came in while an import was reading).
 */
export async function writeDirectory<Doc extends Organisation | Member>(
  base: Base,
  store: Store<Doc>,
  changes: readonly { readonly doc: Doc; readonly isNew: boolean }[],
): Promise<void> {
  const collection = store.collection(base);
  for (let start = 0; start < changes.length; start += WRITE_BATCH) {
    const operations = changes
      .slice(start, start + WRITE_BATCH)
      .map(({ doc, isNew }) =>
        isNew
          ? { insertOne: { document: doc } }
          : { replaceOne: { filter: { _id: doc._id, asOfMs: { $lte: doc.asOfMs } }, replacement: doc } },
      );
    await collection.bulkWrite(operations as Parameters<typeof collection.bulkWrite>[0], { ordered: false });
  }
}
