import {
  type Base,
  type Draft,
  agreementStore,
  budgetStore,
  isRefusal,
  orderStore,
  placementQueue,
  stockStore,
} from '@aixin/api/internals';
import type { BenchLine } from './bench-line.js';
import { startBenchDatabase } from './bench-database.js';
import { benchTime } from './bench-time.js';
import { benchAgreement, seedBudgets } from '../seed/agreements.js';
import { draftOf, orderOf } from './drafts.js';
import { type Side, benchLine, interleave } from './measure.js';

const MEASURED = { rounds: 9, inFlight: 64, sliceMs: 800 };
const DURABLE = { writeConcern: { w: 'majority', j: true } } as const;
const PLENTY = 100_000_000;

/** Placement with stock, monthly limits and the sponsor's budget. Baseline: the raw driver inserting the same order. */
export async function place(): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  const endOf = benchTime(2);
  for (const [name, products, endMs] of [
    ['spread', 1_000, endOf(0)],
    ['hot', 1, endOf(1)],
  ] as const) {
    const database = await startBenchDatabase();
    try {
      await supply(database.base, products);
      const subject = placeSide(database.base, products);
      const sides = { subject: subject.side, baseline: insertSide(database.base, products) };
      const figures = await interleave(sides, { ...MEASURED, endMs });
      const lost = await subject.lost();
      lines.push(
        benchLine({ case: name, unit: 'orders/s', subject: figures.subject, baseline: figures.baseline, lost }),
      );
    } finally {
      await database.stop();
    }
  }
  return lines;
}

async function supply(base: Base, products: number): Promise<void> {
  const stocks = Array.from({ length: products }, (_, n) => ({
    _id: `p-${n}`,
    suppliedCount: PLENTY,
    leftCount: PLENTY,
  }));
  await stockStore.collection(base).insertMany(stocks);
  const agreement = benchAgreement({ nowMs: Date.now(), productIds: [], capFen: PLENTY });
  await agreementStore.collection(base).insertOne(agreement);
  await budgetStore.collection(base).insertMany(seedBudgets([agreement]));
}

function placeSide(base: Base, products: number): { side: Side; lost(): Promise<number> } {
  let made = 0;
  let waiting: Draft[] = [];
  let acknowledgedCount = 0;
  return {
    side: {
      async prepare(count) {
        waiting = Array.from({ length: count }, (_, n) => draftOf(made + n, products));
        made += count;
      },
      async run() {
        const draft = waiting.pop();
        if (!draft) throw new Error('no draft is left to place');
        const placed = await placementQueue(base).submit(draft);
        if (!isRefusal(placed)) acknowledgedCount += 1;
      },
    },
    /** Acknowledged but not stored, and pieces that left the shelf without an order or the other way round. */
    async lost() {
      const storedCount = await orderStore.collection(base).countDocuments({ state: 'PLACED' });
      const [left] = await stockStore
        .collection(base)
        .aggregate<{ taken: number }>([
          { $group: { _id: null, taken: { $sum: { $subtract: ['$suppliedCount', '$leftCount'] } } } },
        ])
        .toArray();
      return (
        Math.abs(storedCount - acknowledgedCount) +
        Math.abs((left?.taken ?? 0) - storedCount * 2) +
        (made - acknowledgedCount)
      );
    },
  };
}

function insertSide(base: Base, products: number): Side {
  const target = base.db.collection('baselineOrders');
  let made = 0;
  let waiting: object[] = [];
  return {
    async prepare(count) {
      if (made === 0) {
        const indexes = await orderStore.collection(base).indexes();
        for (const { key, partialFilterExpression } of indexes.slice(1)) {
          await target.createIndexes([{ key, ...(partialFilterExpression ? { partialFilterExpression } : {}) }]);
        }
      }
      waiting = Array.from({ length: count }, (_, n) => ({
        ...orderOf(draftOf(made + n, products)),
        _id: `b${made + n}`,
      }));
      made += count;
    },
    async run() {
      await target.insertOne(waiting.pop() as never, DURABLE);
    },
  };
}
