import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementFixture } from '../../../test/agreement-fixture.js';
import { agreementIdOfBudget, budgetIds, budgetMonthOf, fullBudgets, leftFenOf } from './budgets.rules.js';

const instant = (text: string) => new Date(`${text}+08:00`);

describe('the budgets of an agreement', () => {
  it('are one for the total where there is no cap per month', () => {
    expect(fullBudgets(agreementFixture({ _id: 'a', capFen: 900 }))).toEqual([{ _id: 'a', capFen: 900, leftFen: 900 }]);
  });

  it('are one for each month that the term touches, besides', () => {
    const terms = { validFrom: instant('2026-11-30T23:59:59'), validUntil: instant('2027-02-01T00:00:00') };
    const budgets = fullBudgets(agreementFixture({ _id: 'a', capFen: 900, monthlyCapFen: 300, ...terms }));
    expect(budgets.map((one) => [one._id, one.leftFen])).toEqual([
      ['a', 900],
      ['a|2026-11', 300],
      ['a|2026-12', 300],
      ['a|2027-01', 300],
    ]);
  });

  it('hold every month in which an order can be placed', () => {
    const DAY_MS = 86_400_000;
    fc.assert(
      fc.property(
        fc.nat(3_000),
        fc.integer({ min: 1, max: 3_660 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (from, days, share) => {
          const fromMs = Date.parse('2026-01-01T00:00:00+08:00') + from * DAY_MS;
          const agreement = agreementFixture({
            ...{ _id: 'a', monthlyCapFen: 100 },
            ...{ validFrom: new Date(fromMs), validUntil: new Date(fromMs + days * DAY_MS) },
          });
          const placedMs = Math.min(fromMs + Math.floor(share * days * DAY_MS), fromMs + days * DAY_MS - 1);
          const ids = new Set(fullBudgets(agreement).map((one) => one._id));
          for (const id of budgetIds({ agreementId: 'a', ...budgetMonthOf(agreement, placedMs) })) {
            expect(ids.has(id)).toBe(true);
            expect(agreementIdOfBudget(id)).toBe('a');
          }
        },
      ),
    );
  });

  it('leave the least of the total and the month, and all of it again at the turn of the month', () => {
    const agreement = agreementFixture({ _id: 'a', monthlyCapFen: 300 });
    const left = new Map([
      ['a', 500],
      ['a|2026-11', 0],
      ['a|2026-12', 300],
    ]);
    expect(leftFenOf(agreement, left, instant('2026-11-30T23:59:59').getTime())).toBe(0);
    expect(leftFenOf(agreement, left, instant('2026-12-01T00:00:00').getTime())).toBe(300);
    expect(leftFenOf(agreement, new Map([...left, ['a', 200]]), instant('2026-12-01T00:00:00').getTime())).toBe(200);
    expect(leftFenOf({ ...agreement, monthlyCapFen: null }, left, 0)).toBe(500);
  });
});
