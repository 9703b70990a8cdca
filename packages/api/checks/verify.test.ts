import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wechatBill } from '../test/bill-fixtures.js';
import { type Heart, paymentOf, startHeart } from '../test/heart.js';
import { projections } from '../src/projections.js';
import { agreementStore, budgetStore, termsHash } from '../src/features/agreements/index.js';
import { billDayStore, billDifferenceStore, billRowStore, importBill } from '../src/features/bills/index.js';
import { BYTES_COLLECTION, saveFile, storedFileStore } from '../src/features/files/index.js';
import { blockStore, journalStore, pipeline, pipelineOptions } from '../src/features/journal/index.js';
import { type Order, orderStore } from '../src/features/orders/index.js';
import { helpRecordStore, organisationMonthStore } from '../src/features/records/index.js';
import { settleRefund } from '../src/features/settlement/index.js';
import { stockStore } from '../src/features/stock/index.js';
import { type InvariantName, type Violation, verify } from './index.js';

/** A document is changed behind the zone's back, seen, and put back: each kind of violation is planted once. */
interface Planted {
  readonly invariant: InvariantName;
  readonly what: string;
  readonly collection: string;
  readonly filter: object;
  readonly update: object | 'delete';
}

describe('the invariants on live data', () => {
  let heart: Heart;
  let kept: { block: number; hash: string }[] = [];
  const orders: Order[] = [];

  const violations = async (acknowledgedOrderIds: readonly string[] = []): Promise<readonly Violation[]> =>
    (await verify({ base: heart.base, projections, keptHeads: kept, acknowledgedOrderIds })).violations;

  beforeAll(async () => {
    heart = await startHeart('verify');
    pipelineOptions.fill(heart.base, { projections, gatherMs: 20, keepHead: async (head) => void kept.push(head) });
    await heart.supply('honey', 100);
    await heart.agree({ id: 'a1', productIds: ['honey'], capFen: 2_000, monthlyCapFen: 1_500 });
    await approveAsItStands('a1');
    pipeline(heart.base).start();
    for (let n = 0; n < 6; n += 1) {
      const memberId = `m${n % 3}`;
      const line = { productId: 'honey', quantity: 3, limit: 50 };
      orders.push(await heart.place({ memberId, key: `key-${n}`, lines: [line], agreementId: 'a1', monthlyCap: true }));
    }
    for (const order of orders.slice(0, 5)) await heart.pay(order);
    await pipeline(heart.base).caughtUp();
    await giveBack(orders[0]!, 1);
    await giveBack(orders[1]!, 3);
    await pipeline(heart.base).caughtUp();
    await takeBill(orders.slice(0, 4));
  });
  afterAll(async () => {
    await pipeline(heart.base).stop();
    await heart.stop();
  });

  /** Leaves the step that an approval leaves. */
  async function approveAsItStands(agreementId: string): Promise<void> {
    const agreements = agreementStore.collection(heart.base);
    const contentHash = termsHash((await agreements.findOne({ _id: agreementId }))!);
    const step = { what: 'APPROVED', at: new Date(heart.nowMs), by: 'checker', reason: null, contentHash } as const;
    await agreements.updateOne({ _id: agreementId }, { $push: { history: { ...step, key: 'k', keyHash: 'h' } } });
  }

  /** The provider's bill of the day, two days later: it lacks a payment and both refunds, so that differences are listed. */
  async function takeBill(billed: readonly Order[]): Promise<void> {
    const things = billed.map((order) => {
      const { paymentId, transactionId, amountFen } = paymentOf(order, heart.nowMs);
      const names = { paymentId, transactionId, amountFen, feeFen: 126 };
      return { kind: 'TRADE' as const, at: '2026-11-22 12:00:00', ...names };
    });
    heart.nowMs += 2 * 86_400_000;
    const stream = [wechatBill(things)] as never;
    const file = await saveFile(heart.base, { name: 'bill.csv', purpose: 'bill', uploadedBy: 'm', stream });
    expect(await importBill(heart.system, { fileId: (file as { fileId: string }).fileId })).toMatchObject({
      import: { addedCount: 4 },
    });
    expect(await billDifferenceStore.collection(heart.base).countDocuments({})).toBeGreaterThanOrEqual(3);
    heart.nowMs -= 2 * 86_400_000;
  }

  async function giveBack(order: Order, quantity: number): Promise<void> {
    const refundId = `${order._id}r${String(quantity)}`;
    const amountFen = 6_800 * quantity;
    const refund = {
      refundId,
      contentHash: 'h',
      state: 'SENT',
      lines: [{ lineId: '1', quantity, amountFen }],
      amountFen,
    };
    const more = { reason: '不想要了', requestedAt: new Date(heart.nowMs), escalated: false, restock: true };
    await orderStore
      .collection(heart.base)
      .updateOne({ _id: order._id }, { $push: { refunds: { ...refund, ...more } as never } });
    expect(await settleRefund(heart.system, { refundId, amountFen })).toEqual({ orderId: order._id });
  }

  it('finds nothing wrong after purchases, an unpaid order and refunds', async () => {
    expect(await violations(orders.slice(0, 5).map((order) => order._id))).toEqual([]);
  });

  it.each<Planted>([
    {
      invariant: 'I1',
      what: 'an entry whose lines do not sum to what was paid',
      collection: journalStore.name,
      filter: { memberId: 'm2', seq: 1 },
      update: { $inc: { 'lines.0.paidFen': 1 } },
    },
    {
      invariant: 'I2',
      what: 'a balance that is not the sum of the awards',
      collection: journalStore.name,
      filter: { memberId: 'm2', seq: 1 },
      update: { $inc: { 'after.pointsBalance': 1 } },
    },
    {
      invariant: 'I2',
      what: "a branch's points that are not its members'",
      collection: organisationMonthStore.name,
      filter: { organisationId: 'branch-1' },
      update: { $inc: { points: 1 } },
    },
    {
      invariant: 'I3',
      what: 'a budget above what is left of the cap',
      collection: budgetStore.name,
      filter: { _id: 'a1' },
      update: { $inc: { leftFen: 100 } },
    },
    {
      invariant: 'I3',
      what: 'a cap that was raised behind the budget',
      collection: agreementStore.name,
      filter: { _id: 'a1' },
      update: { $inc: { capFen: 1 } },
    },
    {
      invariant: 'I3',
      what: 'an agreement whose terms are not those that were approved',
      collection: agreementStore.name,
      filter: { _id: 'a1' },
      update: { $set: { amountFenPerUnit: 101 } },
    },
    {
      invariant: 'I5',
      what: 'an order that was settled for somebody else',
      collection: orderStore.name,
      filter: { memberId: 'm2', state: 'PAID' },
      update: { $set: { memberId: 'm1' } },
    },
    {
      invariant: 'I3',
      what: 'a promise that counts in another month than that of its placement',
      collection: orderStore.name,
      filter: { state: 'PLACED' },
      update: { $set: { 'promises.0.budgetMonth': '2026-12' } },
    },
    {
      invariant: 'I3',
      what: 'a month that has more left than it should',
      collection: budgetStore.name,
      filter: { _id: 'a1|2026-11' },
      update: { $inc: { leftFen: 1 } },
    },
    {
      invariant: 'I4',
      what: 'pieces that left the shelf without an order',
      collection: stockStore.name,
      filter: { _id: 'honey' },
      update: { $inc: { leftCount: -1 } },
    },
    {
      invariant: 'I4',
      what: 'a stock that is gone',
      collection: stockStore.name,
      filter: { _id: 'honey' },
      update: 'delete',
    },
    {
      invariant: 'I5',
      what: 'a paid order that was never settled',
      collection: orderStore.name,
      filter: { state: 'PLACED' },
      update: { $set: { state: 'PAID', paidBy: { paymentId: 'x', transactionId: 'y' } } },
    },
    {
      invariant: 'I6',
      what: 'more given back than the journal says',
      collection: orderStore.name,
      filter: { refundedFen: { $gt: 0 } },
      update: { $inc: { refundedFen: 1 } },
    },
    {
      invariant: 'I7',
      what: 'an entry that was changed',
      collection: journalStore.name,
      filter: { memberId: 'm2', seq: 1 },
      update: { $set: { transactionId: 'forged' } },
    },
    {
      invariant: 'I7',
      what: 'an entry of a kind that nothing can count',
      collection: journalStore.name,
      filter: { memberId: 'm2', seq: 1 },
      update: { $set: { kind: 'purchas`' } },
    },
    {
      invariant: 'I7',
      what: 'an entry that was taken out of the group in which it was written',
      collection: journalStore.name,
      filter: { group: { $exists: true } },
      update: { $unset: { group: 1 } },
    },
    {
      invariant: 'I7',
      what: 'an entry that was removed from a stream',
      collection: journalStore.name,
      filter: { memberId: 'm2', seq: 1 },
      update: 'delete',
    },
    {
      invariant: 'I7',
      what: 'a block that was changed',
      collection: blockStore.name,
      filter: { _id: 1 },
      update: { $set: { root: '00' } },
    },
    {
      invariant: 'I8',
      what: 'an acknowledged purchase that is gone',
      collection: journalStore.name,
      filter: { memberId: 'm2', seq: 1 },
      update: 'delete',
    },
    {
      invariant: 'I9',
      what: 'a projected sum that the journal does not give',
      collection: 'productSales',
      filter: { _id: 'honey' },
      update: { $inc: { soldCount: 1 } },
    },
    {
      invariant: 'I9',
      what: 'a projected document that is missing',
      collection: 'matches',
      filter: { memberId: 'm2' },
      update: 'delete',
    },
    {
      invariant: 'I9',
      what: 'a projected date that became its text',
      collection: 'matches',
      filter: { memberId: 'm2' },
      update: [{ $set: { at: { $dateToString: { date: '$at' } } } }],
    },
    {
      invariant: 'I10',
      what: 'a settled purchase without its help record',
      collection: helpRecordStore.name,
      filter: { memberId: 'm2' },
      update: 'delete',
    },
    {
      invariant: 'I12',
      what: 'a line of a bill whose amount was changed',
      collection: billRowStore.name,
      filter: { kind: 'TRADE' },
      update: { $inc: { amountFen: 1 } },
    },
    {
      invariant: 'I12',
      what: 'a difference that is no longer listed',
      collection: billDifferenceStore.name,
      filter: { kind: 'MISSING_THERE' },
      update: 'delete',
    },
    {
      invariant: 'I12',
      what: 'a line that was never compared',
      collection: billRowStore.name,
      filter: { state: 'MATCHED' },
      update: { $set: { state: 'NEW' } },
    },
    {
      invariant: 'I12',
      what: 'a day that says another fee than its lines',
      collection: billDayStore.name,
      filter: {},
      update: { $inc: { feeFen: 1 } },
    },
    {
      invariant: 'I17',
      what: 'bytes of a stored file that were changed',
      collection: BYTES_COLLECTION,
      filter: {},
      update: { $set: { data: Buffer.from('something else') } },
    },
    {
      invariant: 'I17',
      what: 'bytes of a stored file that are none any more',
      collection: BYTES_COLLECTION,
      filter: {},
      update: { $set: { data: 'text' } },
    },
    {
      invariant: 'I17',
      what: 'a stored file without its bytes',
      collection: BYTES_COLLECTION,
      filter: {},
      update: 'delete',
    },
    {
      invariant: 'I17',
      what: 'a file that was put down for something else',
      collection: storedFileStore.name,
      filter: {},
      update: { $set: { purpose: 'receipt' } },
    },
    {
      invariant: 'I17',
      what: 'a bill whose file is gone',
      collection: storedFileStore.name,
      filter: {},
      update: 'delete',
    },
  ])('$invariant names $what', async ({ invariant, collection, filter, update }) => {
    const target = heart.base.db.collection<{ _id: never }>(collection);
    const before = await target.findOne(filter);
    if (!before) throw new Error('nothing to plant the violation in');
    if (update === 'delete') await target.deleteOne({ _id: before._id });
    else await target.updateOne({ _id: before._id }, update);
    const named = await violations(orders.slice(0, 5).map((order) => order._id));
    await target.replaceOne({ _id: before._id }, before, { upsert: true });
    expect(named.map((one) => one.invariant)).toContain(invariant);
    expect(await violations()).toEqual([]);
  });

  it('I8 names a cause that stands twice in one stream', async () => {
    const journal = journalStore.collection(heart.base);
    const last = await journal.findOne({ memberId: 'm2' }, { sort: { seq: -1 } });
    if (!last) throw new Error('no entry');
    await journal.insertOne({ ...last, _id: 'twice', seq: last.seq + 1 });
    const named = await violations();
    await journal.deleteOne({ _id: 'twice' });
    expect(named.map((one) => one.invariant)).toContain('I8');
  });

  it('I7 names a rewritten chain by the head that is kept elsewhere', async () => {
    const real = kept;
    kept = [{ block: 1, hash: 'f'.repeat(64) }];
    expect((await violations()).map((one) => one.subject)).toContain('block 1');
    kept = real;
  });
});
