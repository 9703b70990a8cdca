import { newDraft } from '../../../scripts/bench/new-draft.js';
import { systemRandom } from '../src/kernel/ids.js';
import type { Base, Context } from '../src/kernel/context.js';
import { systemContext } from '../src/kernel/context.js';
import { createLogger } from '../src/kernel/logging.js';
import { isRefusal } from '../src/kernel/refusal.js';
import { ensureCollections } from '../src/kernel/store.js';
import { billedRefunds, strayReads } from '../src/features/bills/index.js';
import { agreementStore, budgetStore, fullBudgets } from '../src/features/agreements/index.js';
import { pipelineOptions } from '../src/features/journal/index.js';
import { type Draft, type Order, orderStore, placementQueue } from '../src/features/orders/index.js';
import { loadPolicy } from '../src/features/policy/index.js';
import {
  noteBilledRefunds,
  readStraysBetween,
  readStraysOfPayments,
  settlePayment,
} from '../src/features/settlement/index.js';
import { stockStore } from '../src/features/stock/index.js';
import { derivedId } from '../src/kernel/ids.js';
import { shanghaiMonth } from '../src/kernel/shanghai.js';
import { projections } from '../src/projections.js';
import { agreementFixture } from './agreement-fixture.js';
import { type TestDatabase, testDatabase } from './mongo.js';

/** The rooms from placement to projections on a real database, without portal, provider or HTTP. */
export interface Heart {
  readonly base: Base;
  readonly system: Context;
  /** The clock's hand: move it. */
  nowMs: number;
  supply(productId: string, count: number): Promise<void>;
  agree(terms: AgreedTerms): Promise<void>;
  draft(input: DraftInput): Draft;
  place(input: DraftInput): Promise<Order>;
  pay(order: Order): Promise<void>;
  order(orderId: string): Promise<Order>;
  stop(): Promise<void>;
}

export interface AgreedTerms {
  readonly id: string;
  readonly productIds: string[];
  readonly capFen: number;
  readonly monthlyCapFen?: number;
}

export interface DraftInput {
  readonly memberId: string;
  readonly key: string;
  readonly lines: readonly { productId: string; quantity: number; priceFen?: number; limit?: number }[];
  readonly agreementId?: string;
  /** The agreement has a cap per month. */
  readonly monthlyCap?: boolean;
  readonly organisation?: { readonly id: string; readonly ancestorIds: readonly string[] };
}

export const NOON_MS = Date.parse('2026-11-22T12:00:00+08:00');

export async function startHeart(name: string): Promise<Heart> {
  const database: TestDatabase = testDatabase(name);
  const db = await database.connect();
  const stopping = new AbortController();
  const log = createLogger({ level: process.env.TEST_LOG_LEVEL ?? 'silent' });
  const heart = { nowMs: NOON_MS } as { -readonly [K in keyof Heart]: Heart[K] };
  const base: Base = { db, clock: () => heart.nowMs, random: systemRandom, log, stopping: stopping.signal };
  await ensureCollections(db);
  await loadPolicy(base);
  pipelineOptions.fill(base, { projections, keepHead: async () => undefined, gatherMs: 20 });
  billedRefunds.fill(base, { note: (found) => noteBilledRefunds(systemContext(base, 'bills'), found) });
  strayReads.fill(base, { ofPayments: readStraysOfPayments, between: readStraysBetween });
  const system = systemContext(base, 'test');
  return Object.assign(heart, {
    base,
    system,
    async supply(productId: string, count: number) {
      await stockStore.collection(base).insertOne({ _id: productId, suppliedCount: count, leftCount: count });
    },
    async agree(terms: AgreedTerms) {
      const { id, ...rest } = terms;
      const agreement = agreementFixture({ _id: id, ...rest });
      await agreementStore.collection(base).insertOne(agreement);
      await budgetStore.collection(base).insertMany(fullBudgets(agreement));
    },
    draft: (input: DraftInput) => draftOf(input, heart.nowMs),
    async place(input: DraftInput) {
      const placed = await placementQueue(base).submit(draftOf(input, heart.nowMs));
      if (isRefusal(placed)) throw new Error(`not placed: ${placed.code}`);
      return placed.order;
    },
    async pay(order: Order) {
      const settled = await settlePayment(system, paymentOf(order, heart.nowMs));
      if (isRefusal(settled) || settled.kind !== 'settled') throw new Error('not settled');
    },
    async order(orderId: string) {
      const order = await orderStore.collection(base).findOne({ _id: orderId });
      if (!order) throw new Error('no such order');
      return order;
    },
    async stop() {
      stopping.abort();
      await database.drop();
    },
  });
}

export function paymentOf(order: Order, paidAtMs: number, attempt = '01') {
  const paymentId = `${order._id}${attempt}`;
  return { paymentId, transactionId: `wx${paymentId}`, amountFen: order.totalFen, paidAtMs };
}

export function draftOf(input: DraftInput, nowMs: number): Draft {
  const { memberId, key, agreementId, monthlyCap } = input;
  const organisation = input.organisation ?? { id: 'branch-1', ancestorIds: ['root', 'organ-1'] };
  const term = { fromMs: 0, untilMs: nowMs + 9e9, ...(monthlyCap ? { budgetMonth: shanghaiMonth(nowMs) } : {}) };
  return newDraft({
    orderId: derivedId('order', memberId, key),
    memberId,
    contentHash: JSON.stringify(input.lines),
    placedAtMs: nowMs,
    organisationId: organisation.id,
    ancestorIds: organisation.ancestorIds,
    lines: input.lines.map(({ productId, quantity, priceFen = 6_800, limit = null }) => ({
      quantity,
      product: {
        productId,
        supplierId: 's-1',
        countyCode: '500229',
        categoryKey: 'honey',
        title: '大巴山百花蜂蜜',
        specification: '500 克',
        traceCode: null,
        returnKind: 'SEVEN_DAYS',
        priceFen,
        postageFen: 601,
        packagingFen: 0,
        limitPerPerson: limit,
        charityItem: agreementId !== undefined,
      },
    })),
    terms:
      agreementId === undefined
        ? []
        : [{ agreementId, unit: 'line', amountFenPerUnit: 100, productIds: 'all', ...term }],
  });
}
