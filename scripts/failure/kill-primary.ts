import {
  type Base,
  type Draft,
  type Order,
  agreementStore,
  budgetStore,
  createLogger,
  ensureCollections,
  isRefusal,
  loadPolicy,
  pipeline,
  pipelineOptions,
  placementQueue,
  projections,
  settlePayment,
  stockStore,
  systemClock,
  systemContext,
  systemRandom,
} from '@aixin/api/internals';
import type { Verdict } from '@aixin/api/checks';
import mongoose from 'mongoose';
import { draftOf } from '../bench/drafts.js';
import { benchAgreement, seedBudgets } from '../seed/agreements.js';
import { type ReplicaSet, startReplicaSet } from './replica-set.js';
import { verdictOf } from './sound.js';
import { persist } from './wait.js';

const PRODUCTS = 20;
const STOCK_EACH = 1_000_000;
const CAP_FEN = 100_000_000;
/** As many buyers press at once as fill a group of placement. */
const IN_FLIGHT = 64;
/** An election takes some seconds, a node's way back some more. */
const PERSIST_MS = 60_000;

const DATABASE = {
  dbName: 'kill-primary',
  writeConcern: { w: 'majority', journal: true },
  // The driver looks so long for a server that is gone before its change stream goes on at the next one.
  serverSelectionTimeoutMS: 5_000,
} as const;

/** The rooms from placement to projections in this process, on a set of three nodes that can be hurt. */
export interface PrimaryWorld {
  readonly set: ReplicaSet;
  readonly base: Base;
  /** Orders that were acknowledged as paid for. */
  readonly acknowledged: Set<string>;
  verdict(): Promise<Verdict>;
  stop(): Promise<void>;
}

export async function startPrimaryWorld(): Promise<PrimaryWorld> {
  const set = await startReplicaSet(3);
  const db = mongoose.createConnection(set.url, DATABASE);
  const stopping = new AbortController();
  // Errors are what this is about: they are counted by their effects, not read.
  const log = createLogger({ level: 'silent' });
  const base: Base = { db, clock: systemClock, random: systemRandom, log, stopping: stopping.signal };
  await db.asPromise();
  await ensureCollections(db);
  await loadPolicy(base);
  await supply(base);
  pipelineOptions.fill(base, { projections, keepHead: async () => undefined, gatherMs: 50 });
  pipeline(base).start();
  const acknowledged = new Set<string>();
  return {
    ...{ set, base, acknowledged },
    verdict: () => verdictOf(base, { keptHeads: null, acknowledgedOrderIds: [...acknowledged] }),
    async stop() {
      stopping.abort();
      await pipeline(base).stop();
      await db.close();
      await set.stop();
    },
  };
}

let drafted = 0;

/** So many purchases, in flight together; `onAcknowledged` hears of each. What failed is tried again under its key. */
export async function purchase(
  world: PrimaryWorld,
  count: number,
  onAcknowledged: (done: number) => void,
): Promise<void> {
  let next = 0;
  let done = 0;
  const buy = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      drafted += 1;
      const draft = draftOf(drafted, PRODUCTS);
      const order = await persist(() => placed(world.base, draft), PERSIST_MS);
      await persist(() => paid(world.base, order), PERSIST_MS);
      world.acknowledged.add(order._id);
      done += 1;
      onAcknowledged(done);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, buy));
}

async function placed(base: Base, draft: Draft): Promise<Order> {
  const answer = await placementQueue(base).submit(draft);
  if (isRefusal(answer)) throw new Error(`not placed: ${answer.code}`);
  return answer.order;
}

async function paid(base: Base, order: Order): Promise<void> {
  const paymentId = `${order._id}01`;
  const payment = { paymentId, transactionId: `wx${paymentId}`, amountFen: order.totalFen, paidAtMs: base.clock() };
  const answer = await settlePayment(systemContext(base, 'kill-primary'), payment);
  if (isRefusal(answer) || answer.kind !== 'settled') throw new Error('not settled');
}

async function supply(base: Base): Promise<void> {
  const stocks = Array.from({ length: PRODUCTS }, (_, n) => ({
    _id: `p-${n}`,
    suppliedCount: STOCK_EACH,
    leftCount: STOCK_EACH,
  }));
  await stockStore.collection(base).insertMany(stocks);
  const agreement = benchAgreement({ nowMs: base.clock(), productIds: [], capFen: CAP_FEN });
  await agreementStore.collection(base).insertOne(agreement);
  await budgetStore.collection(base).insertMany(seedBudgets([agreement]));
}
