import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import type { Fault } from './disclosure.rules.js';

/** DRAFT until another person has published it; from then on no byte of it changes. */
export type PackState = 'DRAFT' | 'PUBLISHED';

/** A disclosure of one period. That a pack was corrected is told by the pack that names it, never written into it. */
export interface Pack {
  /** `GS20260701-20260930`, with `-G1` for its first correction. */
  readonly _id: string;
  readonly state: PackState;
  readonly from: string;
  readonly until: string;
  /** The pack that this one takes the place of, and why. */
  readonly correctsId: string | null;
  readonly reason: string | null;
  /** The content as canonical JSON: these bytes are what was disclosed. */
  readonly json: string;
  /** SHA-256 of those bytes. */
  readonly hash: string;
  /** Hash of the pack published before; '' for the first. */
  readonly prevHash: string;
  /** What keeps a draft from being published. */
  readonly faults: readonly Fault[];
  /** Hash of the maker's idempotency key and of what was asked. */
  readonly draftKey: string;
  readonly draftedBy: string;
  readonly draftedAt: Date;
  /** 1, 2, 3 … in the order of publication; null for a draft. */
  readonly seq: number | null;
  readonly publishKey: string | null;
  readonly publishedBy: string | null;
  readonly publishedAt: Date | null;
  /** Hash of all the above (of the content its hash), since the publication; null for a draft. */
  readonly seal: string | null;
}

/** A pack without its content: for lists and for the chain. */
export type PackHead = Omit<Pack, 'json'>;

export const packStore = defineStore<Pack>(
  'packs',
  new Schema({
    _id: { type: String, required: true },
    state: { type: String, required: true, enum: ['DRAFT', 'PUBLISHED'] },
    from: { type: String, required: true },
    until: { type: String, required: true },
    correctsId: { type: String, default: null },
    reason: { type: String, default: null },
    json: { type: String, required: true },
    hash: { type: String, required: true },
    prevHash: { type: String },
    faults: { type: Schema.Types.Mixed },
    draftKey: { type: String, required: true },
    draftedBy: { type: String, required: true },
    draftedAt: { type: Date, required: true },
    seq: { type: Number, default: null },
    publishKey: { type: String, default: null },
    publishedBy: { type: String, default: null },
    publishedAt: { type: Date, default: null },
    seal: { type: String, default: null },
  })
    .index({ seq: -1 }, { unique: true, partialFilterExpression: { state: 'PUBLISHED' } })
    // A published pack is corrected once; the next correction corrects the correction.
    .index(
      { correctsId: 1 },
      { unique: true, partialFilterExpression: { state: 'PUBLISHED', correctsId: { $gt: '' } } },
    ),
);

/** The end of the chain of published packs. Every publication moves it, so that two at once conflict. */
export interface PackChainHead {
  readonly _id: 'packs';
  readonly seq: number;
  readonly packId: string;
  readonly hash: string;
}

export const packHeadStore = defineStore<PackChainHead>(
  'packHeads',
  new Schema({ _id: { type: String, required: true }, seq: Number, packId: String, hash: String }),
);

/** Monthly packs of eighty years, each corrected once. */
const MAX_PACKS = 2_000;

export async function readPack(base: Base, packId: string, session?: Session): Promise<Pack | null> {
  return packStore.collection(base).findOne({ _id: packId }, session ? { session } : {});
}

/** Published packs, newest publication first, without their contents. */
export async function readPublishedHeads(base: Base, session?: Session): Promise<PackHead[]> {
  return packStore
    .collection(base)
    .find({ state: 'PUBLISHED' }, { projection: { json: 0 }, ...(session ? { session } : {}) })
    .sort({ seq: -1 })
    .limit(MAX_PACKS)
    .toArray();
}

/** Published packs by id, with their contents. */
export async function readPublished(base: Base, packIds: readonly string[]): Promise<Pack[]> {
  return packStore
    .collection(base)
    .find({ _id: { $in: [...packIds] }, state: 'PUBLISHED' })
    .toArray();
}

/** At most one for the next period and one for each correction that waits. */
export async function readDrafts(base: Base): Promise<Pack[]> {
  return packStore.collection(base).find({ state: 'DRAFT' }).sort({ _id: 1 }).limit(MAX_PACKS).toArray();
}

/** The same without their contents. */
export async function readDraftHeads(base: Base): Promise<PackHead[]> {
  const options = { projection: { json: 0 } };
  return packStore.collection(base).find({ state: 'DRAFT' }, options).sort({ _id: 1 }).limit(MAX_PACKS).toArray();
}

export async function readChainHead(base: Base, session?: Session): Promise<PackChainHead | null> {
  return packHeadStore.collection(base).findOne({ _id: 'packs' }, session ? { session } : {});
}

/**
 * Puts a draft in the place of the one before: for the next period there is one draft, whatever days it tells of; each
 * correction has its own. False when a pack of this id was published meanwhile.
 */
export async function replaceDraft(base: Base, pack: Pack, session: Session): Promise<boolean> {
  const packs = packStore.collection(base);
  const standing = await packs.findOne({ _id: pack._id }, { session, projection: { state: 1 } });
  if (standing?.state === 'PUBLISHED') return false;
  await packs.deleteMany({ state: 'DRAFT', $or: [{ _id: pack._id }, { correctsId: pack.correctsId }] }, { session });
  await packs.insertOne(pack, { session });
  return true;
}

/** Publishes a draft that still is what the checker saw, and moves the chain. False when it no longer is. */
export async function publishDraft(
  base: Base,
  draft: Pick<Pack, '_id' | 'hash'>,
  published: Pick<Pack, 'seq' | 'publishKey' | 'publishedBy' | 'publishedAt' | 'seal'>,
  session: Session,
): Promise<boolean> {
  const { _id, hash } = draft;
  const change = { state: 'PUBLISHED', ...published } as const;
  const { matchedCount } = await packStore
    .collection(base)
    .updateOne({ _id, hash, state: 'DRAFT' }, { $set: change }, { session });
  if (matchedCount === 0) return false;
  const head = { seq: published.seq ?? 0, packId: _id, hash };
  await packHeadStore.collection(base).updateOne({ _id: 'packs' }, { $set: head }, { session, upsert: true });
  return true;
}

/** Drops a draft that still is what was seen. False when it no longer is. */
export async function dropDraft(base: Base, { _id, hash }: Pick<Pack, '_id' | 'hash'>): Promise<boolean> {
  return (await packStore.collection(base).deleteOne({ _id, hash, state: 'DRAFT' })).deletedCount === 1;
}
