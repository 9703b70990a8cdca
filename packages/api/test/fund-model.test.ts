import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  accrue,
  bankLine,
  batch,
  countedByMatch,
  emptyFund,
  fault,
  type FundModel,
  ignore,
  receive,
  refund,
  sell,
  spend,
  takeBack,
} from './fund-model.js';

const AGREEMENTS = ['a1', 'a2'] as const;
const nth = fc.nat(200);
const fen = fc.integer({ min: 1, max: 500 });

type Step = (fund: FundModel) => void;
const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];
const remittanceAt = (fund: FundModel, n: number) => pick([...fund.remittances.values()], n);

const selling = fc.record({ agreementId: fc.constantFrom(...AGREEMENTS), amountFen: fen });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: selling.map(
      (sale): Step =>
        (fund) =>
          sell(fund, sale),
    ),
  },
  {
    weight: 4,
    arbitrary: nth.map(
      (n): Step =>
        (fund) =>
          accrue(fund, n),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(nth, fen).map(
      ([n, part]): Step =>
        (fund) =>
          refund(fund, n, part),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Step>((fund) => batch(fund)) },
  // A sponsor pays: all that a remittance waits for, or some of it.
  {
    weight: 4,
    arbitrary: fc.tuple(nth, fen, fc.boolean()).map(([n, part, all]): Step => (fund) => {
      const remittance = remittanceAt(fund, n);
      const restFen = remittance ? remittance.amountFen - remittance.receivedFen : 0;
      if (restFen <= 0) return;
      receive(fund, bankLine(fund, all ? restFen : Math.min(part, restFen)), remittance);
    }),
  },
  {
    weight: 1,
    arbitrary: fen.map(
      (amount): Step =>
        (fund) =>
          ignore(fund, bankLine(fund, amount), 'interest'),
    ),
  },
  {
    weight: 1,
    arbitrary: fen.map(
      (amount): Step =>
        (fund) =>
          ignore(fund, bankLine(fund, -amount), 'bank-fees'),
    ),
  },
  {
    weight: 1,
    arbitrary: fen.map(
      (amount): Step =>
        (fund) =>
          void bankLine(fund, amount),
    ),
  },
  {
    weight: 1,
    arbitrary: nth.map(
      (n): Step =>
        (fund) =>
          ignore(fund, pick(fund.bankLines, n), 'foreign'),
    ),
  },
  {
    weight: 2,
    arbitrary: nth.map(
      (n): Step =>
        (fund) =>
          takeBack(fund, pick(fund.bankLines, n)),
    ),
  },
  {
    weight: 2,
    arbitrary: fen.map(
      (amount): Step =>
        (fund) =>
          spend(fund, amount),
    ),
  },
);

describe('the fund, through random histories of up to fifty steps', () => {
  it('sums to zero, and every fen lies in exactly one named place, after each step', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const fund = emptyFund();
        for (const take of steps) {
          take(fund);
          expect(fault(fund)).toBeNull();
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('ends the same whatever the order of accruals, refunds and batches', () => {
    const events = fc.array(
      fc.oneof(
        nth.map(
          (n): Step =>
            (fund) =>
              accrue(fund, n),
        ),
        fc.tuple(nth, fen).map(
          ([n, part]): Step =>
            (fund) =>
              refund(fund, n, part),
        ),
        fc.constant<Step>((fund) => batch(fund)),
      ),
      { maxLength: 40 },
    );
    const shuffled = fc
      .tuple(fc.array(selling, { minLength: 1, maxLength: 10 }), events)
      .chain(([sales, all]) =>
        fc.tuple(fc.constant(sales), fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      );
    fc.assert(
      fc.property(shuffled, ([sales, one, other]) => {
        const [first, second] = [one, other].map((order) => {
          const fund = emptyFund();
          for (const sale of sales) sell(fund, sale);
          for (const take of order) take(fund);
          // The months go on: what is accrued in the end is batched in the end.
          sales.forEach((_, n) => accrue(fund, n));
          batch(fund);
          return fund;
        });
        // A void match never accrues; whether it did before is the one thing that order decides, and it owes nothing.
        for (const { dueFen, countedFen } of countedByMatch(first!).values()) expect(countedFen).toBe(dueFen);
        expect(countedByMatch(second!)).toEqual(countedByMatch(first!));
        for (const account of AGREEMENTS.flatMap((id) => [`owed/${id}`, `pledged/${id}`])) {
          expect(second!.balances.get(account) ?? 0).toBe(first!.balances.get(account) ?? 0);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
