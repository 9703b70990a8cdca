import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementFixture } from '../../../test/agreement-fixture.js';
import type { AgreementScope } from './agreements.store.js';
import { type ScopedProduct, coverageOf, overlaps, termsMeet } from './scope.rules.js';

const product: ScopedProduct = { _id: 'honey', countyCode: '500229', categoryKey: 'honey', supplierId: 's-1' };
type Properties = NonNullable<AgreementScope['properties']>;
const ANY: Properties = { countyCodes: [], categoryKeys: [], supplierIds: [] };
const listed = (productIds: string[]) => ({ productIds, properties: null });
const by = (given: Partial<Properties>) => ({ productIds: [], properties: { ...ANY, ...given } });

describe('the scope of an agreement', () => {
  it('covers what is listed', () => {
    expect(coverageOf(listed(['honey']))(product)).toBe(true);
    expect(coverageOf(listed(['wax']))(product)).toBe(false);
  });

  it.each([
    [{ countyCodes: ['500229'] }, true],
    [{ countyCodes: ['500235'] }, false],
    [{ countyCodes: ['500235', '500229'], categoryKeys: ['honey'] }, true],
    [{ countyCodes: ['500229'], categoryKeys: ['fruit'] }, false],
    [{ categoryKeys: ['honey'], supplierIds: ['s-2'] }, false],
    [{ supplierIds: ['s-1'] }, true],
  ])('with properties %j covers what has all of them: %s', (given, expected) => {
    expect(coverageOf(by(given))(product)).toBe(expected);
  });

  it('covers what is listed beside the properties, too', () => {
    const scope = { productIds: ['honey'], properties: { ...ANY, countyCodes: ['500235'] } };
    expect(coverageOf(scope)(product)).toBe(true);
    expect(coverageOf({ ...scope, productIds: ['wax'] })(product)).toBe(false);
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
    const byCounty = agreementFixture({ _id: 'county', ...by({ countyCodes: ['500229'] }) });
    const later = agreementFixture({ _id: 'later', validFrom: agreement.validUntil, validUntil: new Date(9e12) });
    const products = [product, { ...product, _id: 'wax', countyCode: '500235' }];
    const found = overlaps({ agreement, inForce: [agreement, byCounty, later], products });
    expect(found.map((one) => [one.other._id, one.products.map((it) => it._id)])).toEqual([['county', ['honey']]]);
  });
});
