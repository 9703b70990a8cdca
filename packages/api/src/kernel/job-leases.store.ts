import { Schema } from 'mongoose';
import type { Base } from './context.js';
import { defineStore } from './store.js';
import { type Session, isDuplicateKey } from './transaction.js';

/** One document for each job: who runs it, and when it is due again. */
export interface JobLease {
  readonly _id: string;
  /** The process that runs it; anybody may when `heldUntil` is over. */
  readonly holder: string;
  readonly heldUntil: Date;
  readonly dueAt: Date;
  readonly lastStartedAt: Date | null;
  readonly lastEndedAt: Date | null;
  /** Null: the last run went well. */
  readonly lastError: string | null;
}

export const jobLeaseStore = defineStore<JobLease>(
  'jobLeases',
  new Schema({
    _id: { type: String, required: true },
    holder: { type: String, required: true },
    heldUntil: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    lastStartedAt: { type: Date, default: null },
    lastEndedAt: { type: Date, default: null },
    lastError: { type: String, default: null },
  }),
);

export interface LeaseTake {
  readonly name: string;
  readonly holder: string;
  readonly leaseMs: number;
}

/** Takes a due job that nobody holds. False: not due, or another process has it. */
export async function takeLease(base: Base, { name, holder, leaseMs }: LeaseTake): Promise<boolean> {
  const now = new Date(base.clock());
  try {
    const taken = await jobLeaseStore.collection(base).updateOne(
      { _id: name, heldUntil: { $lte: now }, dueAt: { $lte: now } },
      {
        $set: { holder, heldUntil: new Date(now.getTime() + leaseMs), lastStartedAt: now },
        $setOnInsert: { dueAt: now, lastEndedAt: null, lastError: null },
      },
      { upsert: true },
    );
    return taken.matchedCount + taken.upsertedCount === 1;
  } catch (error) {
    // The document is there and does not match: the upsert ran into it.
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Holds on for another `leaseMs`. False: it was lost to another process, so stop working. */
export async function renewLease(base: Base, { name, holder, leaseMs }: LeaseTake): Promise<boolean> {
  const heldUntil = new Date(base.clock() + leaseMs);
  const renewed = await jobLeaseStore.collection(base).updateOne({ _id: name, holder }, { $set: { heldUntil } });
  return renewed.matchedCount === 1;
}

/** Whether it is still held by this one, as the session sees it: a process that slept too long finds out before it writes. */
export async function isHolder(
  base: Base,
  { name, holder }: Pick<LeaseTake, 'name' | 'holder'>,
  session: Session,
): Promise<boolean> {
  const lease = await jobLeaseStore.collection(base).findOne({ _id: name }, { projection: { holder: 1 }, session });
  return lease?.holder === holder;
}

export async function giveLeaseBack(
  base: Base,
  lease: { readonly name: string; readonly holder: string; readonly dueAt: Date; readonly lastError: string | null },
): Promise<void> {
  const { name, holder, dueAt, lastError } = lease;
  const now = new Date(base.clock());
  await jobLeaseStore
    .collection(base)
    .updateOne({ _id: name, holder }, { $set: { heldUntil: now, dueAt, lastEndedAt: now, lastError } });
}
