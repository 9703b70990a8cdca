import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { draftOf, NOON_MS } from '../../../test/heart.js';
import { isRefusal } from '../../kernel/refusal.js';
import { type Draft, type Shelf, decidePlacement, sumTaken, takenBy } from './placement.rules.js';

const PRODUCTS = ['p-1', 'p-2', 'p-3'];
/** The budget of the month in which these drafts are placed. */
const MONTH = 'a1|2026-11';

const lines = fc.uniqueArray(
  fc.record({
    productId: fc.constantFrom(...PRODUCTS),
    quantity: fc.integer({ min: 1, max: 6 }),
    limited: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3, selector: (line) => line.productId },
);
const draft = fc
  .record({ member: fc.nat({ max: 3 }), lines, charity: fc.boolean(), monthly: fc.boolean(), expects: fc.boolean() })
  .map((one) => {
    const wanted = one.lines.map(({ productId, quantity, limited }) => ({
      productId,
      quantity,
      ...(limited ? { limit: 5 } : {}),
    }));
    const made = draftOf(
      {
        memberId: `m-${one.member}`,
        key: 'k',
        lines: wanted,
        ...(one.charity ? { agreementId: 'a1', monthlyCap: one.monthly } : {}),
      },
      NOON_MS,
    );
    return { ...made, expectedMatchFen: one.charity && one.expects ? 100 * one.lines.length : null };
  });
const shelf = fc
  .record({
    left: fc.array(fc.nat({ max: 12 }), { minLength: 3, maxLength: 3 }),
    budgetFen: fc.nat({ max: 900 }),
    monthFen: fc.nat({ max: 900 }),
  })
  .map(({ left, budgetFen, monthFen }) => newShelf(left, budgetFen, monthFen));

function newShelf(left: readonly number[], budgetFen: number, monthFen = budgetFen): Shelf {
  return {
    left: new Map(PRODUCTS.map((id, index) => [id, left[index] ?? 0])),
    bought: new Map(),
    budgetFen: new Map([
      ['a1', budgetFen],
      [MONTH, monthFen],
    ]),
  };
}

const copyOf = (one: Shelf): Shelf => ({
  left: new Map(one.left),
  bought: new Map(one.bought),
  budgetFen: new Map(one.budgetFen),
});

describe('deciding a group of drafts against one shelf', () => {
  it('never sells more than is left, lets nobody over the limit, and promises no more than the sponsor has', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 20 }), shelf, (drafts, before) => {
        const after = copyOf(before);
        const accepted = drafts.flatMap((one) => {
          const decision = decidePlacement(one, after);
          return isRefusal(decision) ? [] : [takenBy(one, decision.promises)];
        });
        const taken = sumTaken(accepted);
        for (const [productId, count] of taken.stock) {
          expect(count).toBeLessThanOrEqual(before.left.get(productId) ?? 0);
          expect(after.left.get(productId)).toBe((before.left.get(productId) ?? 0) - count);
        }
        for (const count of taken.tallies.values()) expect(count).toBeLessThanOrEqual(5);
        for (const budget of ['a1', MONTH]) {
          const heldFen = -(taken.budgets.get(budget) ?? 0);
          expect(heldFen).toBeLessThanOrEqual(before.budgetFen.get(budget) ?? 0);
          expect(after.budgetFen.get(budget)).toBe((before.budgetFen.get(budget) ?? 0) - heldFen);
        }
      }),
    );
  });

  it('takes all of an order or nothing of it', () => {
    fc.assert(
      fc.property(draft, shelf, (one, before) => {
        const after = copyOf(before);
        const decision = decidePlacement(one, after);
        if (isRefusal(decision)) expect(after).toEqual(before);
        else
          for (const [productId, count] of one.pieces)
            expect(after.left.get(productId)).toBe((before.left.get(productId) ?? 0) - count);
      }),
    );
  });

  it('keeps the promise that the page showed, or refuses', () => {
    const made: Draft = {
      ...draftOf({ memberId: 'm', key: 'k', lines: [{ productId: 'p-1', quantity: 1 }], agreementId: 'a1' }, NOON_MS),
      expectedMatchFen: 100,
    };
    expect(decidePlacement(made, newShelf([1, 0, 0], 100))).toMatchObject({
      promises: [{ agreementId: 'a1', amountFen: 100 }],
    });
    expect(decidePlacement(made, newShelf([1, 0, 0], 99))).toMatchObject({
      code: 'PROMISE_GONE',
      details: { promisedFen: 0 },
    });
    expect(decidePlacement({ ...made, expectedMatchFen: null }, newShelf([1, 0, 0], 99))).toEqual({ promises: [] });
  });

  it('says what is left, at both sides of the last piece and of the limit', () => {
    const wants = (quantity: number) =>
      draftOf({ memberId: 'm', key: 'k', lines: [{ productId: 'p-1', quantity, limit: 3 }] }, NOON_MS);
    expect(isRefusal(decidePlacement(wants(2), newShelf([2, 0, 0], 0)))).toBe(false);
    expect(decidePlacement(wants(3), newShelf([2, 0, 0], 0))).toMatchObject({
      code: 'SOLD_OUT',
      path: 'lines.0.quantity',
      details: { leftCount: 2 },
    });
    expect(isRefusal(decidePlacement(wants(3), newShelf([9, 0, 0], 0)))).toBe(false);
    expect(decidePlacement(wants(4), newShelf([9, 0, 0], 0))).toMatchObject({
      code: 'OVER_LIMIT',
      details: { leftCount: 3 },
    });
  });
});
