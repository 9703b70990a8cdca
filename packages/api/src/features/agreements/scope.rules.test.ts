import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementFixture } from '../../../test/agreement-fixture.js';
import { type ScopedProduct, coverageOf, covers, overlaps, termsMeet } from './scope.rules.js';

const product: ScopedProduct = { _id: 'honey', countyCode: '500229', categoryKey: 'honey', supplierId: 's-1' };
const ANY = { countyCodes: [], categoryKeys: [], supplierIds: [] };
const listed = (productIds: string[]) => ({ productIds, properties: null });
const by = (given: Partial<typeof ANY> & object) => ({ productIds: [], properties: { ...ANY, ...given } });

describe('the scope of an agreement', () => {
  it('covers what is listed', () => {
    expect(covers(listed(['honey']), product)).toBe(true);
    expect(covers(listed(['wax']), product)).toBe(false);
  });

  it.each([
    [{ countyCodes: ['500229'] }, true],
    [{ countyCodes: ['500235'] }, false],
    [{ countyCodes: ['500235', '500229'], categoryKeys: ['honey'] }, true],
    [{ countyCodes: ['500229'], categoryKeys: ['fruit'] }, false],
    [{ categoryKeys: ['honey'], supplierIds: ['s-2'] }, false],
    [{ supplierIds: ['s-1'] }, true],
  ])('with properties %j covers what has all of them: %s', (given, expected) => {
    expect(covers(by(given as never), product)).toBe(expected);
  });

  it('covers what is listed beside the properties, too', () => {
    expect(covers({ productIds: ['honey'], properties: { ...ANY, countyCodes: ['500235'] } as never }, product)).toBe(
      true,
    );
  });

  it('says the same of one product and of many', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const list = fc.array(id, { maxLength: 2 });
    const scope = fc.record({
      productIds: list,
      properties: fc.option(fc.record({ countyCodes: list, categoryKeys: list, supplierIds: list })),
    });
    const one = fc.record({ _id: id, countyCode: id, categoryKey: id, supplierId: id });
    fc.assert(fc.property(scope, one, (wanted, it) => covers(wanted, it) === coverageOf(wanted)(it)));
  });
});

describe('two agreements', () => {
  const term = (from: number, until: number) => ({ validFrom: new Date(from), validUntil: new Date(until) });

  it('meet when both hold at some moment, not when one ends as the other begins', () => {
    expect(termsMeet(term(0, 10), term(9, 20))).toBe(true);
    expect(termsMeet(term(0, 10), term(10, 20))).toBe(false);
    fc.assert(
      fc.property(fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20), fc.nat(20)), ([a, b, c, d]) => {
        fc.pre(a < b && c < d);
        const instants = Array.from({ length: 21 }, (_, at) => at).filter(
          (at) => a <= at && at < b && c <= at && at < d,
        );
        expect(termsMeet(term(a, b), term(c, d))).toBe(instants.length > 0);
      }),
    );
  });

  it('overlap in the products that both would promise for', () => {
    const agreement = agreementFixture({ _id: 'new', productIds: ['honey', 'wax'] });
    const byCounty = agreementFixture({ _id: 'county', ...(by({ countyCodes: ['500229'] as never }) as object) });
    const later = agreementFixture({ _id: 'later', validFrom: agreement.validUntil, validUntil: new Date(9e12) });
    const products = [product, { ...product, _id: 'wax', countyCode: '500235' }];
    const found = overlaps({ agreement, inForce: [agreement, byCounty, later], products });
    expect(found.map((one) => [one.other._id, one.products.map((it) => it._id)])).toEqual([['county', ['honey']]]);
  });
});
