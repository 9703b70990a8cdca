import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import { ledgerId } from './ledger.rules.js';
import { LEDGER_KINDS, type LedgerHead, type LedgerTransaction } from './ledger.types.js';

export interface LedgerAccount {
  /** The account's name: `owed/agreement-1`, `fund`. */
  readonly _id: string;
  readonly balanceFen: number;
}

export const ledgerStore = defineStore<LedgerTransaction>(
  'ledger',
  new Schema({
    _id: { type: String, required: true },
    seq: { type: Number, required: true, min: 1 },
    sourceKey: { type: String, required: true },
    kind: { type: String, required: true, enum: LEDGER_KINDS },
    day: { type: String, required: true },
    at: { type: Date, required: true },
    postings: { type: Schema.Types.Mixed, required: true },
    refs: { type: Schema.Types.Mixed, required: true },
    correctsId: { type: String, default: null },
    by: { type: String, required: true },
    prevHash: String,
    hash: { type: String, required: true },
  })
    .index({ seq: 1 }, { unique: true })
    .index({ 'postings.account': 1, seq: -1 }),
);

export const ledgerHeadStore = defineStore<LedgerHead>(
  'ledgerHeads',
  new Schema({ _id: { type: String, required: true }, seq: Number, hash: String }),
);

export const ledgerAccountStore = defineStore<LedgerAccount>(
  'ledgerAccounts',
  new Schema({ _id: { type: String, required: true }, balanceFen: Number }),
);

export async function readLedgerHead(base: Base, session?: Session): Promise<LedgerHead | null> {
  return ledgerHeadStore.collection(base).findOne({ _id: 'fund' }, session ? { session } : {});
}

export async function appendTransactions(
  base: Base,
  transactions: readonly LedgerTransaction[],
  session: Session,
): Promise<void> {
  await ledgerStore.collection(base).insertMany([...transactions], { session, ordered: true });
}

export async function moveHead(base: Base, head: LedgerHead, session: Session): Promise<void> {
  const { _id, seq, hash } = head;
  await ledgerHeadStore.collection(base).updateOne({ _id }, { $set: { seq, hash } }, { session, upsert: true });
}

export async function moveAccounts(
  base: Base,
  changesFen: ReadonlyMap<string, number>,
  session: Session,
): Promise<void> {
  const writes = [...changesFen]
    .filter(([, changeFen]) => changeFen !== 0)
    .map(([account, changeFen]) => ({
      updateOne: { filter: { _id: account }, update: { $inc: { balanceFen: changeFen } }, upsert: true },
    }));
  if (writes.length > 0) await ledgerAccountStore.collection(base).bulkWrite(writes, { session, ordered: true });
}

/** What stands on these accounts, or on all; an account without a document stands at nothing. */
export async function readLedgerBalances(
  base: Base,
  accounts: readonly string[] | 'all',
  session?: Session,
): Promise<Map<string, number>> {
  const filter = accounts === 'all' ? {} : { _id: { $in: [...accounts] } };
  const found = ledgerAccountStore.collection(base).find(filter, session ? { session } : {});
  return new Map((await found.toArray()).map((one) => [one._id, one.balanceFen]));
}

/** The transactions of these causes that stand already. */
export async function readLedgerBySource(
  base: Base,
  sourceKeys: readonly string[],
  session?: Session,
): Promise<LedgerTransaction[]> {
  const ids = sourceKeys.map((sourceKey) => ledgerId(sourceKey));
  return ledgerStore
    .collection(base)
    .find({ _id: { $in: ids } }, session ? { session } : {})
    .toArray();
}

const MAX_PAGE = 100;

/** The books of one account, or of all, newest first; one more than `first` where there are more. */
export async function readLedgerPage(
  base: Base,
  query: { account: string | null; first: number; beforeSeq: number | null },
): Promise<LedgerTransaction[]> {
  const filter = {
    ...(query.account === null ? {} : { 'postings.account': query.account }),
    ...(query.beforeSeq === null ? {} : { seq: { $lt: query.beforeSeq } }),
  };
  const limit = Math.min(query.first, MAX_PAGE) + 1;
  return ledgerStore.collection(base).find(filter).sort({ seq: -1 }).limit(limit).toArray();
}
