import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Heart, NOON_MS, paymentOf, startHeart } from '../../../test/heart.js';
import {
  alipayTexts,
  alipayZip,
  type BilledThing,
  flowLines,
  type Movement,
  textBill,
  wechatBill,
} from '../../../test/bill-fixtures.js';
import { checkBills } from '../../../checks/check-bills.js';
import { openSnapshot } from '../../../checks/snapshot.js';
import type { Context } from '../../kernel/context.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import { saveFile } from '../files/index.js';
import { pipeline } from '../journal/index.js';
import type { Order } from '../orders/index.js';
import { bookOutsideRefund, settlePayment, strayPaymentStore } from '../settlement/index.js';
import {
  type BillDifference,
  askBillBack,
  billDayStore,
  billDifferenceStore,
  billRowStore,
  billsOptions,
  compareDays,
  differenceText,
  explainDifference,
  importBill,
  type BillImported,
  takeBillBack,
} from './index.js';
import type { BillLine } from './bill-line.rules.js';
import { shownDifferences } from './bill-differences.graphql.js';
import { addRows, rowOf } from './bill-rows.store.js';
import { feeOf } from './compare.rules.js';
import { readBill } from './read-bill.js';

const DAY = '2026-11-22';
const NEXT_DAY = '2026-11-23';
const DAY_MS = 86_400_000;

let heart: Heart;
let maker: Context;
let counter = 0;

beforeAll(async () => {
  heart = await startHeart('bills');
  await heart.supply('honey', 1_000);
  pipeline(heart.base).start();
  maker = { ...heart.system, actor: { kind: 'person', memberId: 'maker-1', roles: [{ name: 'fund-maker' }] } };
});
afterAll(async () => {
  await pipeline(heart.base).stop();
  await heart.stop();
});
beforeEach(() => {
  heart.nowMs = NOON_MS;
});

async function paidOrder(atMs = NOON_MS): Promise<Order> {
  counter += 1;
  heart.nowMs = atMs;
  const lines = [{ productId: 'honey', quantity: 1 }];
  const order = await heart.place({ memberId: `m${counter}`, key: `bills-${counter}`, lines });
  await heart.pay(order);
  await pipeline(heart.base).caughtUp();
  return order;
}

function billed(order: Order, more: Partial<BilledThing> = {}): BilledThing {
  const { paymentId, transactionId, amountFen } = paymentOf(order, NOON_MS);
  return {
    kind: 'TRADE',
    at: `${DAY} 12:00:00`,
    paymentId,
    transactionId,
    amountFen,
    feeFen: feeOf(amountFen, 60),
    ...more,
  };
}

async function upload(bytes: Buffer, name = 'bill.csv'): Promise<string> {
  const file = await saveFile(heart.base, { name, purpose: 'bill', uploadedBy: 'maker-1', stream: [bytes] as never });
  if (isRefusal(file)) throw new Error(file.code);
  return file.fileId;
}

/** Two days later, when the bills of both days are there. */
async function take(bytes: Buffer, name?: string): Promise<BillImported | Refusal> {
  heart.nowMs = NOON_MS + 2 * DAY_MS;
  return importBill(maker, { fileId: await upload(bytes, name) });
}

async function taken(bytes: Buffer, name?: string): Promise<BillImported> {
  const imported = await take(bytes, name);
  if (isRefusal(imported)) throw new Error(imported.message);
  return imported;
}

async function differences(day = DAY): Promise<BillDifference[]> {
  return billDifferenceStore.collection(heart.base).find({ day }).sort({ kind: 1, _id: 1 }).toArray();
}

/** Each day is explained to the fen, whatever is listed. */
async function expectExplained(): Promise<void> {
  for (const day of await billDayStore.collection(heart.base).find({}).toArray()) {
    const listed = (await differences(day.day)).filter((one) => one.provider === day.provider);
    const gap = (part: string): number =>
      listed.filter((one) => one.part === part).reduce((sum, one) => sum + one.ourFen - one.theirFen, 0);
    expect([day._id, day.ourFen - day.tradeFen - day.refundFen]).toEqual([day._id, gap('MONEY')]);
    expect([day._id, day.ourFeeFen - day.feeFen]).toEqual([day._id, gap('FEE')]);
  }
}

async function linesOf(bill: Buffer): Promise<readonly BillLine[]> {
  const lines = await readBill(Readable.from([bill])).next();
  return lines.done ? [] : lines.value;
}

async function everything(): Promise<unknown> {
  const all = [billDayStore, billDifferenceStore, billRowStore].map((store) =>
    heart.base.db.collection(store.name).find({}).sort({ _id: 1 }).toArray(),
  );
  return Promise.all(all);
}

async function forget(): Promise<void> {
  for (const name of ['billDays', 'billDifferences', 'billRows', 'billImports', 'bookedPayments', 'strayPayments']) {
    await heart.base.db.collection(name).deleteMany({});
  }
}

describe('a bill that was imported', () => {
  beforeEach(forget);

  it('agrees with what was settled, and adds nothing twice: not as the same file, nor as another download', async () => {
    const [first, second] = [await paidOrder(), await paidOrder()];
    const things = [billed(first), billed(second)];
    expect(await taken(wechatBill(things))).toMatchObject({ before: false, import: { addedCount: 2, days: [DAY] } });
    expect(await differences()).toEqual([]);
    const before = await everything();
    expect(await taken(wechatBill(things))).toMatchObject({ before: true });
    const again = wechatBill([...things].reverse());
    expect(await taken(again)).toMatchObject({ before: false, import: { addedCount: 0, rowCount: 2 } });
    await compareDays(heart.system, [`WECHAT.${DAY}`]);
    expect(await everything()).toEqual(before);
    expect(await billRowStore.collection(heart.base).distinct('state')).toEqual(['MATCHED']);
    await expectExplained();
  });

  it('lists what is missing here or there, a wrong amount and a wrong fee, and each day is explained to the fen', async () => {
    const [lost, wrong, dear] = [await paidOrder(), await paidOrder(), await paidOrder()];
    const extra = {
      ...billed(lost),
      paymentId: 'nobodysorder0000000000000x01',
      transactionId: 'extra',
      amountFen: 777,
      feeFen: 5,
    };
    await taken(
      wechatBill([
        extra,
        billed(wrong, { amountFen: wrong.totalFen + 3, feeFen: feeOf(wrong.totalFen + 3, 60) }),
        billed(dear, { feeFen: 99 }),
      ]),
    );
    expect(await differences()).toMatchObject([
      { kind: 'AMOUNT', ourFen: wrong.totalFen, theirFen: wrong.totalFen + 3, orderId: wrong._id, state: 'OPEN' },
      { kind: 'FEE', ourFen: feeOf(dear.totalFen, 60), theirFen: 99, orderId: dear._id },
      { kind: 'MISSING_HERE', ourFen: 0, theirFen: 777, orderId: null },
      { kind: 'MISSING_THERE', ourFen: lost.totalFen, theirFen: 0, orderId: lost._id },
    ]);
    await expectExplained();
  });

  it('a payment at 23:59 that was settled at 00:01 is cured by the next day’s bill, in whichever order they come', async () => {
    const settledMs = Date.parse(`${NEXT_DAY}T00:01:00+08:00`);
    for (const nextFirst of [false, true]) {
      await forget();
      const order = await paidOrder(settledMs);
      const other = await paidOrder(settledMs);
      const bills = [
        wechatBill([billed(order, { at: `${DAY} 23:59:00` })]),
        wechatBill([billed(other, { at: `${NEXT_DAY} 00:00:30` })]),
      ];
      if (nextFirst) bills.reverse();
      await taken(bills[0]!);
      const open = nextFirst ? await differences(NEXT_DAY) : await differences(DAY);
      expect(open).toMatchObject(nextFirst ? [{ kind: 'MISSING_THERE', state: 'OPEN' }] : [{ kind: 'TIMING' }]);
      await taken(bills[1]!);
      const half = { kind: 'TIMING', state: 'RESOLVED' };
      expect(await differences(DAY)).toMatchObject([
        { ...half, ourFen: 0, theirFen: order.totalFen, otherDay: NEXT_DAY },
      ]);
      expect(await differences(NEXT_DAY)).toMatchObject([
        { ...half, ourFen: order.totalFen, theirFen: 0, otherDay: DAY },
      ]);
      await expectExplained();
    }
  });

  it('knows money that settled nothing: it came and went back', async () => {
    const order = await paidOrder();
    const twice = { ...paymentOf(order, NOON_MS), paymentId: `${order._id}02`, transactionId: 'second' };
    await settlePayment(heart.system, twice);
    await strayPaymentStore
      .collection(heart.base)
      .updateOne({ _id: twice.paymentId }, { $set: { state: 'DONE', doneAt: new Date(NOON_MS + 60_000) } });
    const back = { at: `${DAY} 12:01:00`, refundNumber: '5001', refundId: `${twice.paymentId}back` };
    const fee = feeOf(order.totalFen, 60);
    await taken(
      wechatBill([
        billed(order),
        billed(order, { paymentId: twice.paymentId, transactionId: 'second' }),
        billed(order, { kind: 'REFUND', paymentId: twice.paymentId, transactionId: 'second', ...back, feeFen: -fee }),
      ]),
    );
    expect(await differences()).toEqual([]);
    await expectExplained();
  });

  it('tells of a refund made at the platform: it stands on its order, and once booked it is no difference', async () => {
    const order = await paidOrder();
    const back = { at: `${DAY} 13:00:00`, refundNumber: '5009', refundId: 'platform0009' };
    await taken(
      wechatBill([billed(order), billed(order, { kind: 'REFUND', ...back, feeFen: -feeOf(order.totalFen, 60) })]),
    );
    const named = { kind: 'MISSING_HERE', orderId: order._id, refundId: 'platform0009', theirFen: -order.totalFen };
    expect(await differences()).toMatchObject([{ ...named, state: 'OPEN' }]);
    const { outsideRefunds } = await heart.order(order._id);
    const known = { outsideId: '5009', refundId: 'platform0009', amountFen: order.totalFen };
    expect(outsideRefunds).toMatchObject([known]);
    const [shown] = await shownDifferences(heart.base, await differences());
    expect(shown).toMatchObject({ outside: { outside: known }, text: expect.stringContaining('等平台运营核对入账') });
    const operator: Context = { ...maker, actor: { kind: 'person', memberId: 'op', roles: [{ name: 'operator' }] } };
    heart.nowMs = NOON_MS;
    const booking = { orderId: order._id, outsideId: '5009', lines: null, reason: '客服在商户平台退的' };
    expect(await bookOutsideRefund(operator, booking)).toHaveProperty('outside.decidedAt');
    await pipeline(heart.base).caughtUp();
    await compareDays(heart.system, [`WECHAT.${DAY}`]);
    expect(await differences()).toMatchObject([{ ...named, state: 'RESOLVED', ourFen: -order.totalFen }]);
    expect(await billRowStore.collection(heart.base).findOne({ refundId: 'platform0009' })).toMatchObject({
      state: 'MATCHED',
    });
    await expectExplained();
  });

  it('of another provider takes over what ours lacked', async () => {
    const order = await paidOrder();
    await taken(wechatBill([{ ...billed(order), paymentId: 'x1', transactionId: 'x1', amountFen: 1, feeFen: 0 }]));
    expect(await differences()).toMatchObject([{ kind: 'MISSING_HERE' }, { kind: 'MISSING_THERE', state: 'OPEN' }]);
    await taken(await alipayZip(alipayTexts(DAY, [billed(order)])), 'bill.zip');
    expect(await differences()).toMatchObject([
      { kind: 'MISSING_HERE', state: 'OPEN' },
      { kind: 'MISSING_THERE', state: 'RESOLVED', ourFen: order.totalFen, theirFen: order.totalFen },
    ]);
    await expectExplained();
  });

  it('of the account’s movements is held against the trade bill', async () => {
    const order = await paidOrder();
    const { transactionId, amountFen, feeFen, at } = billed(order);
    await taken(wechatBill([billed(order)]));
    const flows = [
      { at, business: '交易', number: 'f1', transactionId, amountFen },
      { at, business: '扣除交易手续费', number: 'f2', transactionId, amountFen: -feeFen - 1 },
      { at, business: '提现', number: 'f3', transactionId: '88', amountFen: -100 },
    ];
    await taken(textBill(flowLines(flows, 0)));
    expect(await differences()).toMatchObject([{ part: 'FLOW', kind: 'AMOUNT', theirFen: amountFen - feeFen - 1 }]);
    const rows = await billRowStore.collection(heart.base).find({ kind: 'FLOW' }).sort({ number: 1 }).toArray();
    expect(rows.map((row) => row.state)).toEqual(['DIFFERS', 'DIFFERS', 'OTHER']);
  });

  it('goes on where it was killed, and two at once are one', async () => {
    const [first, second] = [await paidOrder(), await paidOrder()];
    const bill = wechatBill([billed(first), billed(second)]);
    const [line] = await linesOf(bill);
    await addRows(heart.base, [rowOf(line!)]);
    heart.nowMs = NOON_MS + 2 * DAY_MS;
    const fileId = await upload(bill);
    const both = await Promise.all([importBill(maker, { fileId }), importBill(maker, { fileId })]);
    for (const one of both) expect(one).toMatchObject({ import: { rowCount: 2 } });
    expect(await billRowStore.collection(heart.base).find({ state: 'MATCHED' }).toArray()).toHaveLength(2);
    expect(await differences()).toEqual([]);
    await expectExplained();
  });

  it('is refused while its day lasts, when it says another thing than before, or when it is not a bill', async () => {
    const order = await paidOrder();
    const code = async (bytes: Buffer): Promise<unknown> => ((await take(bytes)) as Partial<Refusal>).code;
    expect(await code(wechatBill([billed(order, { at: '2026-11-24 08:00:00' })]))).toBe('BILL_TOO_EARLY');
    expect(await code(wechatBill([]))).toBe('BILL_EMPTY');
    expect(await code(Buffer.from('a,b\n'))).toBe('BILL_UNKNOWN');
    await taken(wechatBill([billed(order)]));
    const before = await everything();
    const changed = await take(wechatBill([billed(order, { feeFen: 1 })]));
    expect(changed).toMatchObject({
      code: 'BILL_CONFLICT',
      message: expect.stringContaining('第 2 行'),
      details: { line: 2 },
    });
    expect(await everything()).toEqual(before);
    const month = Array.from(
      { length: 32 },
      (_, n) => `2026-${n < 16 ? '09' : '10'}-${String((n % 16) + 1).padStart(2, '0')}`,
    );
    const long = month.map((day) => billed(order, { at: `${day} 10:00:00`, transactionId: day }));
    expect(await code(wechatBill(long))).toBe('BILL_TOO_LONG');
    expect(await importBill(maker, { fileId: 'nothing' })).toMatchObject({ code: 'FILE_UNKNOWN' });
    const checker: Context = { ...maker, actor: { kind: 'person', memberId: 'c', roles: [{ name: 'fund-checker' }] } };
    expect(await importBill(checker, { fileId: 'nothing' })).toMatchObject({ code: 'NOT_ALLOWED' });
  });
});

/** What each payment came to on our account, as fund bills write it: all of it carries the payment's number. */
function movements(things: readonly BilledThing[]): Movement[] {
  return things.flatMap(({ kind, at, transactionId: number, refundNumber, amountFen, voucherFen = 0, feeFen }) => {
    const settledFen = amountFen - voucherFen;
    if (kind === 'REFUND') {
      return [{ at, business: '退款', number, transactionId: refundNumber ?? '', amountFen: -settledFen - feeFen }];
    }
    const common = { at, number, transactionId: number };
    const paid = { ...common, business: '交易', amountFen: settledFen };
    return feeFen === 0 ? [paid] : [paid, { ...common, business: '手续费', amountFen: -feeFen }];
  });
}

async function violations(): Promise<readonly unknown[]> {
  const snapshot = openSnapshot(heart.base);
  try {
    return (await checkBills(snapshot)).all;
  } finally {
    await snapshot.end();
  }
}

describe('bills as they really are', () => {
  beforeEach(forget);

  it('a payment, its fee and its refunds share one number; a movement stored under it alone is met again', async () => {
    const order = await paidOrder();
    const paid = billed(order);
    const back = (n: number): BilledThing =>
      billed(order, {
        ...{ kind: 'REFUND', at: `${DAY} 13:00:0${n}`, refundNumber: `503${n}`, refundId: `${order._id}r${n}` },
        ...{ amountFen: 100, feeFen: 0 },
      });
    const bill = textBill(flowLines(movements([paid, back(1), back(2)]), 0));
    const [first] = await linesOf(bill);
    const { _id: _known, ...rest } = rowOf(first!);
    const old = { ...rest, _id: `WECHAT.FLOW.${first!.number}` } as never;
    await billRowStore.collection(heart.base).insertOne(old);
    expect(await taken(bill)).toMatchObject({ import: { rowCount: 4, addedCount: 3 } });
    expect(await violations()).toEqual([]);
    await taken(wechatBill([paid, back(1), back(2)]));
    expect((await differences()).filter((one) => one.part === 'FLOW')).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  it('a voucher of ours is no difference: money by the order, fee and movements by what is settled', async () => {
    const order = await paidOrder();
    const settledFen = order.totalFen - 1_000;
    const things = [billed(order, { voucherFen: 1_000, feeFen: feeOf(settledFen, 60) })];
    await taken(wechatBill(things));
    await taken(textBill(flowLines(movements(things), 0)));
    expect(await differences()).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  it('a refund under way ends as a later download says; what it said before stays; an older paper changes nothing', async () => {
    const order = await paidOrder();
    const names = { refundNumber: '5031', refundId: `${order._id}r1`, at: `${DAY} 13:00:00` };
    const fee = -(feeOf(order.totalFen, 60) - feeOf(order.totalFen - 100, 60)) || 0;
    const refund = (state: string): BilledThing[] => [
      billed(order),
      billed(order, { kind: 'REFUND', ...names, amountFen: 100, feeFen: state === 'FAIL' ? 0 : fee, state }),
    ];
    await taken(wechatBill(refund('PROCESSING')));
    expect(await differences()).toMatchObject([
      { kind: 'MISSING_HERE', orderId: order._id, theirFen: -100, providerState: 'PROCESSING' },
    ]);
    expect(await violations()).toEqual([]);
    expect(await taken(wechatBill(refund('CHANGE')))).toMatchObject({ import: { addedCount: 0, changedCount: 1 } });
    expect(differenceText((await differences())[0]!)).toContain('退款未到买家');
    await taken(wechatBill(refund('FAIL')));
    const [row] = await billRowStore.collection(heart.base).find({ kind: 'REFUND' }).toArray();
    expect(row).toMatchObject({ providerState: 'FAIL', amountFen: 0, feeFen: 0 });
    expect(row?.earlier).toMatchObject([
      { providerState: 'PROCESSING', amountFen: -100 },
      { providerState: 'CHANGE', amountFen: -100 },
    ]);
    expect(await differences()).toMatchObject([{ state: 'RESOLVED' }]);
    const stale = [...refund('PROCESSING')].reverse();
    expect(await taken(wechatBill(stale))).toMatchObject({ import: { addedCount: 0, changedCount: 0 } });
    expect(await take(wechatBill(refund('SUCCESS')))).toMatchObject({ code: 'BILL_CONFLICT' });
    await expectExplained();
    expect(await violations()).toEqual([]);
  });

  it('differences with amounts, and a fund bill before its trade bill, leave the invariants whole', async () => {
    const [order, other] = [await paidOrder(), await paidOrder()];
    const [paid, late] = [billed(order), billed(other, { at: `${DAY} 23:59:59` })];
    const wrong = movements([paid]).map((one) => ({ ...one, amountFen: one.amountFen - 1 }));
    const nextDay = movements([late]).map((one) => ({ ...one, at: `${NEXT_DAY} 00:00:01` }));
    await taken(textBill(flowLines([...wrong, ...nextDay], 0)));
    expect(await violations()).toEqual([]);
    await taken(wechatBill([paid, late]));
    expect(await differences()).toMatchObject([{ part: 'FLOW', kind: 'AMOUNT', orderId: null }]);
    expect(await violations()).toEqual([]);
  });

  it('of another merchant are refused with both names, by the settings or by the bills before', async () => {
    const order = await paidOrder();
    const stranger = wechatBill([billed(order, { merchantId: '1900000999' })]);
    await taken(wechatBill([billed(order)]));
    const refused = { code: 'BILL_OTHER_MERCHANT', message: expect.stringMatching(/1900000999.*1900000001/) };
    expect(await take(stranger)).toMatchObject(refused);
    const usual = billsOptions(heart.base);
    billsOptions.fill(heart.base, { ...usual, merchantIds: { WECHAT: '1900000001', ALIPAY: '2088000000000000' } });
    expect(await take(stranger)).toMatchObject(refused);
    expect(await take(await alipayZip(alipayTexts(DAY, [billed(order)])), 'bill.zip')).toMatchObject({
      code: 'BILL_OTHER_MERCHANT',
      message: expect.stringMatching(/2088123456789012.*2088000000000000/),
    });
    billsOptions.fill(heart.base, usual);
  });
});

describe('a bill that was imported by mistake', () => {
  const checker = (memberId: string): Context => ({
    ...maker,
    actor: { kind: 'person', memberId, roles: [{ name: 'fund-checker' }, { name: 'fund-maker' }] },
  });
  beforeEach(forget);

  it('is asked back by one person and taken back by another: its days are as if it never came', async () => {
    const [order, other] = [await paidOrder(), await paidOrder()];
    const right = wechatBill([billed(order)]);
    await taken(right);
    const before = await billRowStore.collection(heart.base).find({}).toArray();
    const stranger = billed(other, { paymentId: 'foreign01', transactionId: 'foreign', amountFen: 777, feeFen: 5 });
    const wrong = wechatBill([billed(order), stranger]);
    const { import: mistake } = await taken(wrong);
    const ask = (more: object = {}) =>
      askBillBack(maker, { idempotencyKey: 'back-0001', importId: mistake._id, reason: '传错了商户', ...more });
    expect(await takeBillBack(checker('c'), { importId: mistake._id })).toMatchObject({ code: 'BILL_NOT_ASKED_BACK' });
    expect(await ask()).toMatchObject({ back: { reason: '传错了商户', askedBy: 'maker-1', doneAt: null } });
    expect(await ask()).toMatchObject({ back: { key: 'back-0001' } });
    expect(await ask({ reason: '别的' })).toMatchObject({ code: 'KEY_REUSED' });
    expect(await ask({ idempotencyKey: 'back-0002' })).toMatchObject({ code: 'BILL_ASKED_BACK' });
    expect(await ask({ importId: 'none' })).toMatchObject({ code: 'BILL_UNKNOWN' });
    expect(await takeBillBack(maker, { importId: mistake._id })).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(await takeBillBack(checker('maker-1'), { importId: mistake._id })).toMatchObject({ code: 'SAME_PERSON' });
    const done = await takeBillBack(checker('c'), { importId: mistake._id });
    expect(done).toMatchObject({ back: { approvedBy: 'c', doneAt: expect.any(Date) }, rowCount: 2 });
    expect(await takeBillBack(checker('d'), { importId: mistake._id })).toEqual(done);
    expect(await billRowStore.collection(heart.base).find({}).toArray()).toEqual(before);
    expect(await differences()).toMatchObject([
      { kind: 'MISSING_HERE', state: 'RESOLVED' },
      { kind: 'MISSING_THERE', orderId: other._id, state: 'OPEN' },
    ]);
    await expectExplained();
    expect(await violations()).toEqual([]);
    expect(await taken(wrong)).toMatchObject({ before: false, import: { addedCount: 1 } });
  });

  it('that was the only one leaves its day uncovered, and does not come again by itself', async () => {
    const order = await paidOrder();
    const bytes = wechatBill([billed(order, { merchantId: '1900000999' })]);
    const { import: mistake } = await taken(bytes);
    await askBillBack(maker, { idempotencyKey: 'back-0003', importId: mistake._id, reason: '传错了商户' });
    await takeBillBack(checker('c'), { importId: mistake._id });
    const [day] = await billDayStore.collection(heart.base).find({}).toArray();
    expect(day).toMatchObject({ covers: [], tradeCount: 0, ourCount: 0 });
    expect(await violations()).toEqual([]);
    const again = await importBill(heart.system, { fileId: await upload(bytes) });
    expect(again).toMatchObject({ code: 'BILL_TAKEN_BACK' });
    expect(await taken(wechatBill([billed(order)]))).toMatchObject({ import: { addedCount: 1 } });
  });
});

describe('an explanation of a difference', () => {
  it('is appended, stands while its figures do, and is refused where there is nothing to explain', async () => {
    await forget();
    const [order, other] = [await paidOrder(), await paidOrder()];
    await taken(wechatBill([billed(other, { feeFen: 99 })]));
    const [fee, missing] = await differences();
    const say = (more: object = {}) =>
      explainDifference(maker, {
        idempotencyKey: 'explain-1',
        differenceId: missing!._id,
        reason: '次日补单',
        ...more,
      });
    expect(await say()).toMatchObject({ state: 'EXPLAINED', reason: '次日补单', by: 'maker-1' });
    expect(await say()).toMatchObject({ explanations: [{ reason: '次日补单' }] });
    expect(await say({ reason: '别的' })).toMatchObject({ code: 'KEY_REUSED' });
    expect(await say({ idempotencyKey: 'explain-2', reason: '支付机构已确认' })).toMatchObject({
      explanations: [{ reason: '次日补单' }, { reason: '支付机构已确认' }],
    });
    expect(await say({ idempotencyKey: 'x' })).toMatchObject({ code: 'KEY_INVALID' });
    expect(await say({ reason: ' ' })).toMatchObject({ code: 'REASON_INVALID' });
    expect(await say({ differenceId: 'none' })).toMatchObject({ code: 'DIFFERENCE_UNKNOWN' });
    const auditor: Context = { ...maker, actor: { kind: 'person', memberId: 'a', roles: [{ name: 'auditor' }] } };
    const refused = await explainDifference(auditor, {
      idempotencyKey: 'explain-3',
      differenceId: fee!._id,
      reason: '无',
    });
    expect(refused).toMatchObject({ code: 'NOT_ALLOWED' });
    await compareDays(heart.system, [`WECHAT.${DAY}`]);
    expect((await differences())[1]).toMatchObject({ state: 'EXPLAINED', reason: '支付机构已确认' });
    await taken(wechatBill([billed(order), billed(other, { feeFen: 99 })]));
    expect((await differences())[1]).toMatchObject({ state: 'RESOLVED', explanations: [{}, {}] });
    expect(await say({ idempotencyKey: 'explain-4' })).toMatchObject({ code: 'DIFFERENCE_RESOLVED' });
    await expectExplained();
  });
});
