import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Heart, paymentOf, startHeart } from '../../../test/heart.js';
import { journalStore, hashOf } from '../journal/index.js';
import { settlePayment, strayPaymentStore } from './index.js';
import { agreementStore, budgetStore } from '../agreements/index.js';
import { closeExpiredOrders } from './close-expired.js';
import { stockStore } from '../stock/index.js';

describe('settling a payment', () => {
  let heart: Heart;
  beforeAll(async () => {
    heart = await startHeart('settle');
    await heart.supply('honey', 1_000);
    await heart.supply('last', 1);
    await heart.agree({ id: 'a1', productIds: ['honey'], capFen: 100_000 });
  });
  afterAll(() => heart.stop());

  const entriesOf = (memberId: string) =>
    journalStore.collection(heart.base).find({ memberId }).sort({ seq: 1 }).toArray();

  it('writes one entry with record, points and match, and the order is paid', async () => {
    const order = await heart.place({
      memberId: 'm1',
      key: 'key-0001',
      lines: [{ productId: 'honey', quantity: 2 }],
      agreementId: 'a1',
    });
    await heart.pay(order);
    const [entry] = await entriesOf('m1');
    expect(entry).toMatchObject({
      kind: 'purchase',
      seq: 1,
      totalFen: 14_201,
      organisationId: 'branch-1',
      after: { pointsBalance: 2, recordCount: 1, matchedFen: 100 },
    });
    expect(entry && hashOf(entry)).toBe(entry?.hash);
    expect((await heart.order(order._id)).state).toBe('PAID');
  });

  it('settles once however often and however many at once the notice comes', async () => {
    const order = await heart.place({ memberId: 'm2', key: 'key-0001', lines: [{ productId: 'honey', quantity: 1 }] });
    const paid = paymentOf(order, heart.nowMs);
    const answers = await Promise.all(Array.from({ length: 20 }, () => settlePayment(heart.system, paid)));
    expect(answers.every((answer) => 'kind' in answer && answer.kind === 'settled')).toBe(true);
    expect(answers.filter((answer) => 'before' in answer && !answer.before)).toHaveLength(1);
    expect(await entriesOf('m2')).toHaveLength(1);
  });

  it('chains many purchases of one member in one group, and the cap of the day holds', async () => {
    const orders = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        heart.place({ memberId: 'm3', key: `key-000${n}`, lines: [{ productId: 'honey', quantity: 1 }] }),
      ),
    );
    await Promise.all(orders.map((order) => heart.pay(order)));
    const entries = await entriesOf('m3');
    expect(entries.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    entries.forEach((entry, index) => expect(entry.prevHash).toBe(index === 0 ? '' : entries[index - 1]?.hash));
    expect(entries.at(-1)?.after.pointsBalance).toBe(6);
  });

  it('never settles another amount: the money goes back', async () => {
    const order = await heart.place({ memberId: 'm4', key: 'key-0001', lines: [{ productId: 'honey', quantity: 1 }] });
    const paid = paymentOf(order, heart.nowMs);
    // One message decides nothing: the provider is asked first.
    expect(await settlePayment(heart.system, { ...paid, amountFen: 1 })).toMatchObject({
      code: 'PAYMENT_AMOUNT_UNSURE',
    });
    expect(await strayPaymentStore.collection(heart.base).countDocuments({ memberId: 'm4' })).toBe(0);
    const answer = await settlePayment(heart.system, { ...paid, amountFen: 1, asked: true });
    expect(answer).toMatchObject({ kind: 'stray', reason: 'AMOUNT' });
    // It is on its way back: the right amount under the same number comes too late (I5).
    expect(await settlePayment(heart.system, paid)).toMatchObject({ kind: 'stray', reason: 'AMOUNT' });
    expect(await entriesOf('m4')).toHaveLength(0);
    expect((await heart.order(order._id)).state).toBe('PLACED');
  });

  it('sends a second payment of one order back', async () => {
    const order = await heart.place({ memberId: 'm5', key: 'key-0001', lines: [{ productId: 'honey', quantity: 1 }] });
    await heart.pay(order);
    const answer = await settlePayment(heart.system, paymentOf(order, heart.nowMs, '02'));
    expect(answer).toMatchObject({ kind: 'stray', reason: 'DUPLICATE' });
    expect(await strayPaymentStore.collection(heart.base).countDocuments({ memberId: 'm5' })).toBe(1);
  });

  it('holds again for money that came after expiry, and gives it back when the goods are gone', async () => {
    const place = (memberId: string) =>
      heart.place({ memberId, key: 'key-0001', lines: [{ productId: 'last', quantity: 1 }], agreementId: 'a1' });
    const budget = async () => (await budgetStore.collection(heart.base).findOne({ _id: 'a1' }))?.leftFen;
    const before = await budget();
    const late = await place('m6');
    heart.nowMs += 3_600_000;
    await closeExpiredOrders(heart.system);
    expect((await heart.order(late._id)).state).toBe('EXPIRED');
    expect(await budget()).toBe(before);
    await heart.pay(late);
    expect((await heart.order(late._id)).state).toBe('PAID');
    expect(await stockStore.collection(heart.base).findOne({ _id: 'last' })).toMatchObject({ leftCount: 0 });
    expect(await budget()).toBe((before ?? 0) - 100);

    await stockStore.collection(heart.base).updateOne({ _id: 'last' }, { $inc: { suppliedCount: 1, leftCount: 1 } });
    const tooLate = await place('m7');
    heart.nowMs += 3_600_000;
    await closeExpiredOrders(heart.system);
    await place('m8');
    const answer = await settlePayment(heart.system, paymentOf(tooLate, heart.nowMs));
    expect(answer).toMatchObject({ kind: 'stray', reason: 'LATE' });
    expect((await heart.order(tooLate._id)).state).toBe('LATE_REFUNDED');
    expect(await settlePayment(heart.system, paymentOf(tooLate, heart.nowMs))).toMatchObject({ kind: 'stray' });
    expect(await strayPaymentStore.collection(heart.base).countDocuments({ memberId: 'm7' })).toBe(1);
  });

  it('keeps what was promised though the agreement ends before the payment', async () => {
    await heart.agree({ id: 'a-ends', productIds: ['honey'], capFen: 1_000, monthlyCapFen: 500 });
    const lines = [{ productId: 'honey', quantity: 1 }];
    const input = { memberId: 'm-ends', key: 'key-0001', lines, agreementId: 'a-ends', monthlyCap: true };
    const order = await heart.place(input);
    await agreementStore.collection(heart.base).updateOne({ _id: 'a-ends' }, { $set: { state: 'ENDED' } });
    await heart.pay(order);
    const entry = await journalStore.collection(heart.base).findOne({ memberId: 'm-ends' });
    expect(entry).toMatchObject({ matches: [{ agreementId: 'a-ends', amountFen: 100, budgetMonth: '2026-11' }] });
    const budgets = await budgetStore
      .collection(heart.base)
      .find({ _id: /^a-ends/, leftFen: { $in: [900, 400] } })
      .toArray();
    expect(budgets.map((one) => one._id)).toEqual(['a-ends', 'a-ends|2026-11']);
  });

  it('holds again in the month of the placement, and only what both caps still have', async () => {
    await heart.supply('late', 10);
    await heart.agree({ id: 'a-late', productIds: ['late'], capFen: 1_000, monthlyCapFen: 100 });
    const place = (memberId: string) =>
      heart.place({
        ...{ memberId, key: 'key-0001', lines: [{ productId: 'late', quantity: 1 }] },
        ...{ agreementId: 'a-late', monthlyCap: true },
      });
    const month = async () => (await budgetStore.collection(heart.base).findOne({ _id: 'a-late|2026-11' }))?.leftFen;
    const late = await place('m-late');
    heart.nowMs += 3_600_000;
    await closeExpiredOrders(heart.system);
    expect(await month()).toBe(100);
    await place('m-quick');
    expect(await month()).toBe(0);
    await heart.pay(late);
    expect((await heart.order(late._id)).promises).toEqual([]);
    expect(await month()).toBe(0);
  });
});
