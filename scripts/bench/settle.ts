import { type Base, type Order, journalStore, orderStore, settlePayment, systemContext } from '@aixin/api/internals';
import type { BenchLine } from './bench-line.js';
import { startBenchDatabase } from './bench-database.js';
import { benchTime } from './bench-time.js';
import { draftOf, orderOf } from './drafts.js';
import { type Side, benchLine, interleave } from './measure.js';
import { naiveSide } from './naive-settle.js';

/** Three cases of at most nine rounds of two slices, within 40 s with the starts of the database. */
const MEASURED = { rounds: 9, inFlight: 64, sliceMs: 600 };
const DURABLE = { writeConcern: { w: 'majority', j: true } } as const;

/**
 * Settlement, from a payment that is known to be good to the acknowledged journal entry, 64 in flight. Baseline: the raw
 * driver inserting the same journal document one by one. `naive`: the same against a transaction over eight documents.
 */
export async function settle(): Promise<BenchLine[]> {
  const endOf = benchTime(3);
  return [
    await compare('spread', { products: 1_000, other: insertSide, endMs: endOf(0) }),
    await compare('hot', { products: 1, other: insertSide, endMs: endOf(1) }),
    // By itself: what it leaves behind (aborted transactions, a hot document) would slow the others' next slice.
    await compare('naive', { products: 1_000, other: (base) => naiveSide(base, 1_000), endMs: endOf(2) }),
  ];
}

/** One case on a database of its own. */
async function compare(
  name: string,
  sides: { products: number; other: (base: Base) => Side; endMs: number },
): Promise<BenchLine> {
  const database = await startBenchDatabase();
  try {
    const { base } = database;
    const subject = settleSide(base, sides.products);
    const figures = await interleave(
      { subject: subject.side, baseline: sides.other(base) },
      { ...MEASURED, endMs: sides.endMs },
    );
    return benchLine({ case: name, unit: 'purchases/s', ...figures, lost: await subject.lost() });
  } finally {
    await database.stop();
  }
}

function settleSide(base: Base, products: number): { side: Side; lost(): Promise<number> } {
  const ctx = systemContext(base, 'bench');
  let made = 0;
  let waiting: Order[] = [];
  const acknowledged: string[] = [];
  return {
    side: {
      async prepare(count) {
        waiting = Array.from({ length: count }, (_, n) => orderOf(draftOf(made + n, products)));
        made += count;
        await orderStore.collection(base).insertMany(waiting);
      },
      async run() {
        const order = waiting.pop();
        if (!order) throw new Error('no order is left to settle');
        const paymentId = `${order._id}01`;
        const paid = { paymentId, transactionId: `wx${paymentId}`, amountFen: order.totalFen, paidAtMs: Date.now() };
        const settled = await settlePayment(ctx, paid);
        if ('kind' in settled && settled.kind === 'settled') acknowledged.push(order._id);
      },
    },
    /** Acknowledged, but not exactly once in the journal with a paid order. */
    async lost() {
      const entries = await journalStore.collection(base).distinct('orderId', { kind: 'purchase' });
      const found = new Set(entries);
      const paidCount = await orderStore.collection(base).countDocuments({ state: 'PAID' });
      const missing = acknowledged.filter((orderId) => !found.has(orderId)).length;
      return missing + Math.abs(paidCount - acknowledged.length) + (made - acknowledged.length);
    },
  };
}

/** The journal documents that settlement wrote, inserted again into a collection with the same indexes. */
function insertSide(base: Base): Side {
  const target = base.db.collection('baselineJournal');
  let template: Record<string, unknown> | null = null;
  let made = 0;
  return {
    async prepare() {
      if (template) return;
      await target.createIndexes([{ key: { memberId: 1, seq: 1 }, unique: true }]);
      template = await journalStore.collection(base).findOne({ kind: 'purchase' }, { projection: { group: 0 } });
    },
    async run() {
      made += 1;
      await target.insertOne({ ...template, _id: `b${made}` as never, seq: made }, DURABLE);
    },
  };
}
