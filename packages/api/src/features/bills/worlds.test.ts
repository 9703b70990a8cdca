import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Heart, NOON_MS, startHeart } from '../../../test/heart.js';
import { type BilledThing, wechatBill } from '../../../test/bill-fixtures.js';
import { isRefusal } from '../../kernel/refusal.js';
import { saveFile } from '../files/index.js';
import { strayPaymentStore } from '../settlement/index.js';
import { type BookedPayment, bookedPaymentStore } from './booked-payments.store.js';
import { billDayStore, billDifferenceStore, billRowStore, compareDays, importBill } from './index.js';

const DAYS = ['2026-11-22', '2026-11-23', '2026-11-24'] as const;
const FAULTS = ['none', 'none', 'none', 'missing there', 'missing here', 'amount', 'fee', 'twice', 'next day'] as const;
type Fault = (typeof FAULTS)[number];

interface Sale {
  readonly dayIndex: number;
  readonly amountFen: number;
  readonly fault: Fault;
  readonly stray: boolean;
  /** Parts of the amount, in hundredths, that go back on the same day or the one after. */
  readonly refunds: readonly {
    readonly share: number;
    readonly later: boolean;
    readonly fault: 'none' | 'missing there' | 'missing here';
  }[];
}

const sale: fc.Arbitrary<Sale> = fc.record({
  dayIndex: fc.nat(1),
  amountFen: fc.integer({ min: 300, max: 500_000 }),
  fault: fc.constantFrom(...FAULTS),
  stray: fc.boolean(),
  refunds: fc.array(
    fc.record({
      share: fc.integer({ min: 1, max: 40 }),
      later: fc.boolean(),
      fault: fc.constantFrom('none', 'none', 'missing there', 'missing here'),
    }),
    { maxLength: 2 },
  ),
});

/** Six per mille, half a fen counts as one: written apart from what it checks. */
const fee = (fen: number): number => Number((BigInt(fen) * 6n + 500n) / 1000n);

/** What must be found, as `day part kind key ours theirs`. */
interface World {
  readonly booked: BookedPayment[];
  readonly strays: object[];
  readonly things: BilledThing[];
  readonly expected: string[];
}

function worldOf(sales: readonly Sale[]): World {
  const world: World = { booked: [], strays: [], things: [], expected: [] };
  for (const [index, one] of sales.entries()) addSale(world, one, index);
  return world;
}

function addSale(world: World, { dayIndex, amountFen, fault, stray, refunds }: Sale, index: number): void {
  const orderId = `order${String(index).padStart(19, '0')}`;
  const paymentId = `${orderId}01`;
  const transactionId = `t${index}`;
  const day = DAYS[dayIndex]!;
  const expect = (...parts: (string | number)[]): void => void world.expected.push(parts.join(' '));
  if (stray) {
    // Money that settled nothing: it came, and it does not go back in this world.
    if (fault !== 'missing here') {
      const arrivedAt = new Date(`${day}T12:00:00+08:00`);
      const more = { orderId, memberId: 'm', transactionId, amountFen, reason: 'LATE', refundId: `${paymentId}back` };
      world.strays.push({ _id: paymentId, ...more, arrivedAt, state: 'WAITING' });
    }
  } else if (fault !== 'missing here') {
    world.booked.push({ _id: paymentId, kind: 'TRADE', paymentId, orderId, transactionId, day, amountFen });
  }
  const billedFen = fault === 'amount' ? amountFen + 7 : amountFen;
  const billDay = fault === 'next day' ? DAYS[dayIndex + 1]! : day;
  const extraFee = fault === 'fee' ? 1 : 0;
  const thing: BilledThing = {
    ...{ kind: 'TRADE', at: `${billDay} 12:00:00`, transactionId, paymentId, amountFen: billedFen },
    feeFen: fee(billedFen) + extraFee,
  };
  if (fault !== 'missing there') world.things.push(thing);
  if (fault === 'twice') world.things.push({ ...thing, transactionId: `${transactionId}x` });
  if (fault === 'missing there') expect(day, 'MONEY MISSING_THERE', paymentId, amountFen, 0);
  if (fault === 'missing here') expect(day, 'MONEY MISSING_HERE', paymentId, 0, amountFen);
  if (fault === 'amount') expect(day, 'MONEY AMOUNT', paymentId, amountFen, billedFen);
  if (fault === 'fee') expect(day, 'FEE FEE', paymentId, fee(amountFen), fee(amountFen) + 1);
  if (fault === 'twice') expect(day, 'MONEY MISSING_HERE', paymentId, 0, amountFen);
  if (fault === 'next day') {
    expect(day, 'MONEY TIMING', paymentId, amountFen, 0);
    expect(billDay, 'MONEY TIMING', paymentId, 0, amountFen);
  }
  if (!stray)
    addRefunds(world, {
      orderId,
      paymentId,
      transactionId,
      dayIndex,
      billedFen,
      isBilled: fault !== 'missing there',
      isBooked: fault !== 'missing here',
      amountFen,
      refunds,
    });
}

function addRefunds(
  world: World,
  of: {
    orderId: string;
    paymentId: string;
    transactionId: string;
    dayIndex: number;
    billedFen: number;
    amountFen: number;
  } & {
    isBilled: boolean;
    isBooked: boolean;
    refunds: Sale['refunds'];
  },
): void {
  const { orderId, paymentId, transactionId, amountFen } = of;
  // What the fees follow: the bill's own amount, else what the order says.
  let leftFen = of.isBilled ? of.billedFen : amountFen;
  const isKnown = of.isBilled || of.isBooked;
  const ordered = of.refunds.map((refund, n) => ({ ...refund, n, day: DAYS[of.dayIndex + (refund.later ? 1 : 0)]! }));
  for (const { share, n, day, fault } of ordered.sort((a, b) =>
    a.day === b.day ? a.n - b.n : a.day < b.day ? -1 : 1,
  )) {
    const fen = Number((BigInt(amountFen) * BigInt(share)) / 100n);
    const refundId = `${orderId}r${n}`;
    if (fault !== 'missing here') {
      world.booked.push({ _id: refundId, kind: 'REFUND', paymentId, orderId, transactionId: '', day, amountFen: -fen });
    }
    if (fault === 'missing there') {
      world.expected.push([day, 'MONEY MISSING_THERE', refundId, -fen, 0].join(' '));
      continue;
    }
    if (fault === 'missing here') world.expected.push([day, 'MONEY MISSING_HERE', refundId, 0, -fen].join(' '));
    const back = isKnown ? fee(leftFen) - fee(leftFen - fen) : fee(fen);
    leftFen -= fen;
    const names = { transactionId, paymentId, refundId, refundNumber: `r${paymentId}${n}` };
    world.things.push({ kind: 'REFUND', at: `${day} 13:00:0${n}`, ...names, amountFen: fen, feeFen: -back || 0 });
  }
}

describe('random worlds of sales and refunds, billed with random faults', () => {
  let heart: Heart;
  beforeAll(async () => {
    heart = await startHeart('bill-worlds');
    heart.nowMs = NOON_MS + 7 * 86_400_000;
  });
  afterAll(() => heart.stop());

  async function begin({ booked, strays }: World): Promise<void> {
    const { base } = heart;
    for (const name of ['billDays', 'billDifferences', 'billRows', 'billImports', 'storedFiles']) {
      await base.db.collection(name).deleteMany({});
    }
    await bookedPaymentStore.collection(base).deleteMany({});
    await strayPaymentStore.collection(base).deleteMany({});
    if (booked.length > 0) await bookedPaymentStore.collection(base).insertMany(booked);
    if (strays.length > 0) await strayPaymentStore.collection(base).insertMany(strays as never);
  }

  async function take(things: readonly BilledThing[]): Promise<void> {
    const stream = [wechatBill(things)] as never;
    const file = await saveFile(heart.base, { name: 'bill.csv', purpose: 'bill', uploadedBy: 'm', stream });
    if (isRefusal(file)) throw new Error(file.message);
    const imported = await importBill(heart.system, { fileId: file.fileId });
    if (isRefusal(imported)) throw new Error(imported.message);
  }

  async function state(): Promise<object> {
    const read = (name: string) => heart.base.db.collection(name).find({}).sort({ _id: 1 }).toArray();
    return { days: await read('billDays'), rows: await read('billRows'), differences: await read('billDifferences') };
  }

  async function found(): Promise<string[]> {
    const live = billDifferenceStore.collection(heart.base).find({ $expr: { $ne: ['$ourFen', '$theirFen'] } });
    return (await live.toArray())
      .map((one) => [one.day, one.part, one.kind, one.refundId ?? one.paymentId, one.ourFen, one.theirFen].join(' '))
      .sort();
  }

  it('what is found is exactly what was done wrong, in any order of imports, and each day is explained to the fen', async () => {
    const input = fc.tuple(
      fc.array(sale, { minLength: 1, maxLength: 8 }),
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    );
    await fc.assert(
      fc.asyncProperty(input, async ([sales, order]) => {
        const world = worldOf(sales);
        await begin(world);
        // A bill of each day that is not empty, in this order; then one of all three days, which brings nothing new.
        const bills = order.map((index) => world.things.filter((one) => one.at.startsWith(DAYS[index]!)));
        const whole = bills.filter((bill) => bill.length > 0);
        for (const bill of whole) await take(bill);
        if (whole.length > 0) await take(world.things);
        const billed = new Set(world.things.map((one) => one.at.slice(0, 10)));
        // A day without a bill is not compared: nothing is said of it.
        expect(await found()).toEqual(world.expected.filter((one) => billed.has(one.slice(0, 10))).sort());
        const before = await state();
        await compareDays(
          heart.system,
          DAYS.map((day) => `WECHAT.${day}`),
        );
        expect(await state()).toEqual(before);
        await expectExplained(world);
      }),
      { numRuns: 25 },
    );
  });

  /** From the world itself: neither the day's figures nor the rows are believed. */
  async function expectExplained({ booked, strays, things }: World): Promise<void> {
    for (const { day, ourFen, tradeFen, refundFen } of await billDayStore.collection(heart.base).find({}).toArray()) {
      const theirs = things
        .filter((one) => one.at.startsWith(day))
        .reduce((sum, one) => sum + (one.kind === 'TRADE' ? one.amountFen : -one.amountFen), 0);
      const stray = (strays as { arrivedAt: Date; amountFen: number }[]).filter(
        (one) => one.arrivedAt.getTime() === Date.parse(`${day}T12:00:00+08:00`),
      );
      const ours = [...booked.filter((one) => one.day === day), ...stray].reduce((sum, one) => sum + one.amountFen, 0);
      expect([ourFen, tradeFen + refundFen]).toEqual([ours, theirs]);
      const listed = await billDifferenceStore.collection(heart.base).find({ day, part: 'MONEY' }).toArray();
      expect(listed.reduce((sum, one) => sum + one.ourFen - one.theirFen, 0)).toBe(ours - theirs);
    }
    const states = await billRowStore.collection(heart.base).distinct('state');
    expect(states.filter((one) => one !== 'MATCHED' && one !== 'DIFFERS')).toEqual([]);
  }
});
