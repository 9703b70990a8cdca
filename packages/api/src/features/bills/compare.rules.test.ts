import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type BilledMoney,
  compareFlows,
  comparePayment,
  type Difference,
  feeOf,
  type OwnMoney,
} from './compare.rules.js';

const PAYMENT = 'order0000000000000000000a01';

const own = (more: Partial<OwnMoney> = {}): OwnMoney => ({
  ...{ id: PAYMENT, kind: 'TRADE', paymentId: PAYMENT, orderId: 'order', transactionId: 't1', day: '2026-11-22' },
  amountFen: 10_000,
  ...more,
});

const row = (more: Partial<BilledMoney> = {}): BilledMoney => ({
  ...{ _id: 'WECHAT.TRADE.t1', provider: 'WECHAT', kind: 'TRADE', number: 't1', at: '2026-11-22 10:00:00' },
  ...{
    transactionId: 't1',
    paymentId: PAYMENT,
    refundId: null,
    amountFen: 10_000,
    feeFen: 60,
    providerState: 'SUCCESS',
  },
  ...more,
});

const refund = (n: number, more: Partial<BilledMoney> = {}): BilledMoney =>
  row({ _id: `WECHAT.REFUND.r${n}`, kind: 'REFUND', number: `r${n}`, refundId: `back${n}`, ...more });

const compare = (ours: OwnMoney[], theirs: BilledMoney[]): readonly Difference[] =>
  comparePayment({ own: ours, rows: theirs, rateBasisPoints: 60 }).differences;

describe('a payment and the lines that name it', () => {
  it('agree', () => {
    const compared = comparePayment({ own: [own()], rows: [row()], rateBasisPoints: 60 });
    expect(compared).toMatchObject({ differences: [], matchedRowIds: ['WECHAT.TRADE.t1'] });
  });

  it('are missing on one side or differ in amount', () => {
    expect(compare([own()], [])).toMatchObject([{ kind: 'MISSING_THERE', ourFen: 10_000, theirFen: 0 }]);
    expect(compare([], [row()])).toMatchObject([{ kind: 'MISSING_HERE', ourFen: 0, theirFen: 10_000 }]);
    const [amount, fee] = compare([own({ amountFen: 9_999 })], [row()]);
    expect(amount).toMatchObject({ kind: 'AMOUNT', ourFen: 9_999, theirFen: 10_000 });
    expect(fee).toBeUndefined();
  });

  it('are on two days: each lists its half, and what they differ in is listed once', () => {
    const late = row({ at: '2026-11-23 00:00:01', amountFen: 10_001 });
    expect(compare([own()], [late])).toMatchObject([
      { kind: 'TIMING', day: '2026-11-22', otherDay: '2026-11-23', ourFen: 10_000, theirFen: 0 },
      { kind: 'TIMING', day: '2026-11-23', otherDay: '2026-11-22', ourFen: 0, theirFen: 10_000 },
      { kind: 'AMOUNT', day: '2026-11-23', ourFen: 10_000, theirFen: 10_001 },
    ]);
  });

  it('come twice: the one that we know is it, the other is missing here', () => {
    const twice = row({ _id: 'WECHAT.TRADE.t0', number: 't0', transactionId: 't0' });
    expect(compare([own()], [twice, row()])).toMatchObject([
      { kind: 'MISSING_HERE', about: 'WECHAT.TRADE.t0', theirFen: 10_000 },
    ]);
  });

  it('a refund that failed there and is not done here is no difference; done here, it is one', () => {
    const failed = refund(1, { amountFen: 0, feeFen: 0 });
    expect(compare([own()], [row(), failed])).toEqual([]);
    const back = own({ id: 'back1', kind: 'REFUND', transactionId: '', amountFen: -500 });
    expect(compare([own(), back], [row(), failed])).toMatchObject([{ kind: 'AMOUNT', ourFen: -500, theirFen: 0 }]);
  });
});

describe('the fee', () => {
  it('is whole fen, half a fen counts as one', () => {
    expect([1, 83, 84, 100, 250, 13_605, 99_999_999_999].map((fen) => feeOf(fen, 60))).toEqual([
      ...[0, 0, 1, 1, 2, 82, 600_000_000],
    ]);
  });

  it('given back in any parts leaves the rate’s share of what is left: in the end nothing', () => {
    const parts = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, (amounts) => {
        const total = amounts.reduce((sum, one) => sum + one, 0);
        let left = total;
        const refunds = amounts.map((amountFen, n) => {
          const feeFen = -(feeOf(left, 60) - feeOf(left - amountFen, 60)) || 0;
          left -= amountFen;
          return refund(n, { at: `2026-11-22 11:00:0${n}`, amountFen: -amountFen, feeFen });
        });
        const backs = amounts.map((amountFen, n) =>
          own({ id: `back${n}`, kind: 'REFUND', transactionId: '', amountFen: -amountFen }),
        );
        const paid = row({ amountFen: total, feeFen: feeOf(total, 60) });
        expect(compare([own({ amountFen: total }), ...backs], [paid, ...refunds])).toEqual([]);
        expect(refunds.reduce((sum, one) => sum + one.feeFen, paid.feeFen)).toBe(0);
      }),
    );
  });

  it('another than the rate gives is a difference of its own', () => {
    expect(compare([own()], [row({ feeFen: 61 })])).toMatchObject([{ part: 'FEE', ourFen: 60, theirFen: 61 }]);
  });
});

describe('movements of the account', () => {
  const flow = (n: number, amountFen: number, providerState = '交易') => ({
    ...{ _id: `WECHAT.FLOW.f${n}`, provider: 'WECHAT' as const, at: '2026-11-22 10:00:00', transactionId: 't1' },
    ...{ amountFen, providerState },
  });

  it('come to the amount less the fee', () => {
    const compared = compareFlows({ row: row(), flows: [flow(1, 10_000), flow(2, -60, '扣除交易手续费')] });
    expect(compared).toEqual({ differences: [], matchedRowIds: ['WECHAT.FLOW.f1', 'WECHAT.FLOW.f2'] });
    expect(compareFlows({ row: row(), flows: [flow(1, 10_000)] }).differences).toMatchObject([
      { part: 'FLOW', kind: 'AMOUNT', ourFen: 9_940, theirFen: 10_000 },
    ]);
    expect(compareFlows({ row: null, flows: [flow(1, 10_000)] }).differences).toMatchObject([{ kind: 'MISSING_HERE' }]);
    expect(compareFlows({ row: row(), flows: [] }).differences).toMatchObject([{ kind: 'MISSING_THERE' }]);
    expect(compareFlows({ row: null, flows: [flow(3, -500, '提现')] }).differences).toEqual([]);
  });
});
