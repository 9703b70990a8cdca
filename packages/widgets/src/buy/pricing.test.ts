import { describe, expect, it } from '@jest/globals';
import type { BuyFacts } from './buy.documents.js';
import { lineOf, parcelsOf, totalsOf } from './pricing.js';

const product = (id: string, more: Partial<BuyFacts> = {}): BuyFacts => ({
  id,
  title: id,
  specification: '',
  priceFen: 1_000,
  postageFen: 0,
  packagingFen: 0,
  stockLeft: 10,
  limitPerPerson: null,
  nextSupplyOn: null,
  returnRule: 'SEVEN_DAYS',
  returnRuleText: '',
  supplier: { id: 'one', name: 'one', countyName: '' },
  picture: { url: '', alt: '', background: '' },
  charityItem: null,
  ...more,
});

const priced = (...wanted: readonly (readonly [BuyFacts, number])[]) =>
  totalsOf(parcelsOf(wanted.map(([facts, quantity]) => lineOf({ productId: facts.id, quantity }, facts))));

const matched = (unit: 'LINE' | 'ORDER' | 'PIECE', agreementId = 'a') => ({ agreementId, amountFen: 100, unit });

describe('what a cart costs', () => {
  it('takes the dearest postage of a supplier once, and packaging for each piece', () => {
    const other = { id: 'two', name: 'two', countyName: '' };
    const totals = priced(
      [product('a', { postageFen: 500, packagingFen: 200 }), 3],
      [product('b', { postageFen: 800 }), 1],
      [product('c', { postageFen: 600, supplier: other }), 1],
    );
    expect(totals).toEqual({
      pieces: 5,
      goodsFen: 5_000,
      postageFen: 1_400,
      packagingFen: 600,
      totalFen: 7_000,
      promisedFen: 0,
    });
  });

  it('counts the promise by the unit of its agreement', () => {
    expect(priced([product('a', { charityItem: matched('LINE') }), 3]).promisedFen).toBe(100);
    expect(priced([product('a', { charityItem: matched('PIECE') }), 3]).promisedFen).toBe(300);
    const order = { charityItem: matched('ORDER') };
    expect(priced([product('a', order), 3], [product('b', order), 1]).promisedFen).toBe(100);
    const otherOrder = { charityItem: matched('ORDER', 'b') };
    expect(priced([product('a', order), 3], [product('b', otherOrder), 1]).promisedFen).toBe(200);
  });

  it('leaves out what cannot be had', () => {
    expect(priced([product('a', { stockLeft: 0 }), 3])).toMatchObject({ totalFen: 0, pieces: 0 });
  });
});

describe('trouble with a line', () => {
  it('is named at the boundary, not before', () => {
    const facts = product('a', { stockLeft: 5, limitPerPerson: 3 });
    expect(lineOf({ productId: 'a', quantity: 3 }, facts).trouble).toBeUndefined();
    expect(lineOf({ productId: 'a', quantity: 4 }, facts).trouble).toBe('over-limit');
    expect(lineOf({ productId: 'a', quantity: 6 }, facts).trouble).toBe('too-many');
    expect(lineOf({ productId: 'a', quantity: 1 }, product('a', { stockLeft: 0 })).trouble).toBe('sold-out');
    expect(lineOf({ productId: 'a', quantity: 1 }, null).trouble).toBe('gone');
  });
});
