import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sumFen } from '../../kernel/fen.js';
import { type PricedProduct, isAllSent, orderNumber, priceOrder, refundLine } from './orders.rules.js';
import type { OrderRefund, RefundLine } from './orders.store.js';

const product = (
  supplier: number,
  prices: Pick<PricedProduct, 'priceFen' | 'postageFen' | 'packagingFen'>,
): PricedProduct => ({
  ...{
    productId: 'p',
    supplierId: `s-${supplier}`,
    countyCode: '500229',
    categoryKey: 'honey',
    title: '蜂蜜',
    specification: '500 克',
  },
  traceCode: null,
  returnKind: 'SEVEN_DAYS',
  limitPerPerson: null,
  charityItem: false,
  ...prices,
});

const fen = fc.integer({ min: 0, max: 99_999 });
const wanted = fc
  .record({
    supplier: fc.integer({ min: 1, max: 4 }),
    quantity: fc.integer({ min: 1, max: 999 }),
    prices: fc.record({ priceFen: fc.integer({ min: 1, max: 999_999 }), postageFen: fen, packagingFen: fen }),
  })
  .map(({ supplier, quantity, prices }) => ({ product: product(supplier, prices), quantity }));
const basket = fc.array(wanted, { minLength: 1, maxLength: 12 });

describe('pricing an order', () => {
  it('shares out each parcel’s postage to its lines, to the fen, and the dearest line decides it', () => {
    fc.assert(
      fc.property(basket, (wants) => {
        const priced = priceOrder(wants);
        for (const parcel of priced.parcels) {
          const own = priced.lines.filter((line) => parcel.lineIds.includes(line.lineId));
          const dearest = Math.max(
            ...wants.filter((one) => one.product.supplierId === parcel.supplierId).map((one) => one.product.postageFen),
          );
          expect(parcel.postageFen).toBe(dearest);
          expect(sumFen(own.map((line) => line.postageFen))).toBe(parcel.postageFen);
          expect(own.every((line) => line.postageFen >= 0 && line.supplierId === parcel.supplierId)).toBe(true);
        }
      }),
    );
  });

  it('adds up: the lines are the total, the parts are the total, each line is in one parcel', () => {
    fc.assert(
      fc.property(basket, (wants) => {
        const { lines, parcels, goodsFen, postageFen, packagingFen, totalFen } = priceOrder(wants);
        expect(sumFen(lines.map((line) => line.paidFen))).toBe(totalFen);
        expect(goodsFen + postageFen + packagingFen).toBe(totalFen);
        expect(lines.map((line) => line.lineId)).toEqual(wants.map((_, index) => String(index + 1)));
        expect(parcels.flatMap((parcel) => parcel.lineIds).sort()).toEqual(lines.map((line) => line.lineId).sort());
        lines.forEach((line, index) => expect(line.quantity).toBe(wants[index]?.quantity));
      }),
    );
  });
});

describe('what a refund of pieces gives back', () => {
  const lineOfPieces = (most: number) =>
    fc.integer({ min: 1, max: most }).chain((quantity) =>
      fc.record({
        line: fc
          .record({ priceFen: fc.integer({ min: 1, max: 99_999 }), postageFen: fen, packagingFen: fen })
          .map((prices) => priceOrder([{ product: product(1, prices), quantity }]).lines[0]!),
        cuts: fc.array(fc.integer({ min: 1, max: quantity }), { maxLength: 6 }),
      }),
    );

  it('sums to what was paid for the line, however it is split', () => {
    fc.assert(
      fc.property(lineOfPieces(60), ({ line, cuts }) => {
        const ends = [...new Set([...cuts, line.quantity])].sort((a, b) => a - b);
        const parts: RefundLine[] = [];
        for (const [index, end] of ends.entries()) {
          const before = ends[index - 1] ?? 0;
          const claimedFen = sumFen(parts.map((part) => part.amountFen));
          parts.push(refundLine(line, { quantity: end - before, before, claimedFen, withPostage: true }));
        }
        expect(sumFen(parts.map((part) => part.amountFen))).toBe(line.paidFen);
      }),
    );
  });

  it('is never more than was paid for the line, whichever requests are refused in between', () => {
    // Few pieces, so that the line is often asked back as a whole: only then do the remainders of the postage meet.
    const turns = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 2 }), refuse: fc.nat({ max: 7 }) }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(lineOfPieces(5), turns, ({ line }, asked) => {
        let open: RefundLine[] = [];
        for (const { quantity, refuse } of asked) {
          const before = open.reduce((sum, part) => sum + part.quantity, 0);
          const claimedFen = sumFen(open.map((part) => part.amountFen));
          if (before + quantity <= line.quantity)
            open.push(refundLine(line, { quantity, before, claimedFen, withPostage: true }));
          else open = open.filter((_, index) => index !== refuse % open.length);
          const backFen = sumFen(open.map((part) => part.amountFen));
          expect(backFen).toBeLessThanOrEqual(line.paidFen);
          if (open.reduce((sum, part) => sum + part.quantity, 0) === line.quantity) expect(backFen).toBe(line.paidFen);
        }
      }),
    );
  });

  it('leaves the postage out once the parcel is under way', () => {
    const line = priceOrder([
      { product: product(1, { priceFen: 1_000, postageFen: 601, packagingFen: 50 }), quantity: 3 },
    ]).lines[0]!;
    const part = { before: 0, claimedFen: 0 };
    expect(refundLine(line, { ...part, quantity: 3, withPostage: false }).amountFen).toBe(3_150);
    expect(refundLine(line, { ...part, quantity: 3, withPostage: true }).amountFen).toBe(3_751);
    expect(refundLine(line, { ...part, quantity: 1, withPostage: true }).amountFen).toBe(1_250);
  });
});

describe('an order’s number', () => {
  it('is the Shanghai day and eight digits that follow from the id alone', () => {
    const id = fc.stringMatching(/^[a-z2-7]{24}$/);
    fc.assert(
      fc.property(id, fc.integer({ min: 0, max: 4e12 }), (orderId, atMs) => {
        expect(orderNumber(orderId, atMs)).toMatch(/^\d{8} \d{4} \d{4}$/);
        expect(orderNumber(orderId, atMs).slice(9)).toBe(orderNumber(orderId, 0).slice(9));
      }),
    );
    const beforeMidnight = Date.parse('2026-11-22T15:59:59Z');
    expect(orderNumber('a', beforeMidnight).slice(0, 8)).toBe('20261122');
    expect(orderNumber('a', beforeMidnight + 1_000).slice(0, 8)).toBe('20261123');
  });
});

describe('an order of two parcels is all sent', () => {
  const { lines, parcels } = priceOrder([
    { product: product(1, { priceFen: 100, postageFen: 0, packagingFen: 0 }), quantity: 1 },
    { product: product(2, { priceFen: 100, postageFen: 0, packagingFen: 0 }), quantity: 2 },
  ]);
  const withSent = (...parcelIds: string[]) =>
    parcels.map((one) => (parcelIds.includes(one.parcelId) ? { ...one, shippedAt: new Date(0) } : one));
  const paidBack = (quantity: number): OrderRefund[] => [
    { state: 'DONE', lines: [{ lineId: '2', quantity, amountFen: 1 }] } as unknown as OrderRefund,
  ];

  it.each([
    ['neither left', [], 0, false],
    ['one left', ['1'], 0, false],
    ['both left', ['1', '2'], 0, true],
    ['one left and half of the other was paid back', ['1'], 1, false],
    ['one left and the other was paid back', ['1'], 2, true],
    ['neither left and one was paid back', [], 2, false],
  ] as const)('when %s', (_name, sent, back, right) => {
    expect(isAllSent({ lines, parcels: withSent(...sent), refunds: paidBack(back) })).toBe(right);
  });
});
