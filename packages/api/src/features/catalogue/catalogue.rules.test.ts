import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreementFixture } from '../../../test/agreement-fixture.js';
import { productFixture } from '../../../test/product-fixture.js';
import {
  badge,
  matchUnitText,
  offShelfReason,
  picturePath,
  pricePer500gFen,
  returnRuleText,
  unitPriceText,
} from './catalogue.rules.js';

describe('price per 500 g', () => {
  it('is the price where the thing weighs 500 g', () => {
    expect(pricePer500gFen(productFixture({ _id: 'p', priceFen: 6800, netWeightGrams: 500 }))).toBe(6800);
  });

  it('rounds half a fen up and less than half down', () => {
    expect(pricePer500gFen(productFixture({ _id: 'p', priceFen: 1, netWeightGrams: 1000 }))).toBe(1);
    expect(pricePer500gFen(productFixture({ _id: 'p', priceFen: 1, netWeightGrams: 1001 }))).toBe(0);
  });

  it('is never more than half a fen off, for any price and weight', () => {
    const prices = fc.integer({ min: 1, max: 100_000_000 });
    const weights = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(prices, weights, (priceFen, netWeightGrams) => {
        const jinFen = pricePer500gFen(productFixture({ _id: 'p', priceFen, netWeightGrams })) ?? -1;
        const doubleError = 2n * (BigInt(jinFen) * BigInt(netWeightGrams) - BigInt(priceFen) * 500n);
        return doubleError <= BigInt(netWeightGrams) && doubleError > -BigInt(netWeightGrams);
      }),
    );
  });

  it('is null where the thing is sold by piece, which tells the price of a piece', () => {
    const eggs = productFixture({ _id: 'p', priceFen: 4500, pieces: { count: 30, name: '枚' } });
    expect(pricePer500gFen(eggs)).toBeNull();
    expect(unitPriceText(eggs)).toBe('¥1.50 / 枚');
  });

  it('is written as people read it', () => {
    expect(unitPriceText(productFixture({ _id: 'p', priceFen: 2580, netWeightGrams: 5000 }))).toBe('¥2.58 / 500克');
    expect(unitPriceText(productFixture({ _id: 'p', priceFen: 2580, netWeightGrams: 0 }))).toBe('¥25.80 / 份');
  });
});

describe('what leaves the shelf by itself', () => {
  const recognition = (validUntil: Date | null) =>
    productFixture({
      _id: 'p',
      certificates: [{ kind: 'HELP_RECOGNITION', name: '帮扶产品认定', number: 'A1', validUntil }],
    });
  const end = new Date('2026-12-01T00:00:00+08:00');

  it('stays until the last instant of its certificate and not one longer', () => {
    expect(offShelfReason(recognition(end), end.getTime() - 1)).toBeNull();
    expect(offShelfReason(recognition(end), end.getTime())).toBe('CERTIFICATE_EXPIRED');
  });

  it('stays with a certificate that has no end', () => {
    expect(offShelfReason(recognition(null), end.getTime())).toBeNull();
  });

  it('goes when somebody takes it off', () => {
    expect(offShelfReason(productFixture({ _id: 'p', offShelf: true }), 0)).toBe('TAKEN_OFF');
  });
});

describe('the badge', () => {
  const agreement = agreementFixture({ _id: 'a', validFrom: new Date(1_000), validUntil: new Date(2_000) });

  it('holds from the first instant of the term until before its last', () => {
    expect(badge(agreement, 100, 999)).toBeNull();
    expect(badge(agreement, 100, 1_000)).toMatchObject({ agreementId: 'a', amountFen: 100, unit: 'line' });
    expect(badge(agreement, 100, 1_999)).not.toBeNull();
    expect(badge(agreement, 100, 2_000)).toBeNull();
  });

  it('is gone when one more unit is not covered', () => {
    expect(badge(agreement, 99, 1_500)).toBeNull();
  });

  it('needs an agreement in force', () => {
    expect(badge({ ...agreement, state: 'DRAFT' }, 100, 1_500)).toBeNull();
    expect(badge({ ...agreement, state: 'SUBMITTED' }, 100, 1_500)).toBeNull();
    expect(badge({ ...agreement, state: 'ENDED' }, 100, 1_500)).toBeNull();
  });

  it('names the sponsor, unless it refuses publication of its name', () => {
    expect(badge(agreement, 100, 1_500)?.sponsorName).toBe('配捐单位甲');
    expect(badge({ ...agreement, publishesName: false }, 100, 1_500)?.sponsorName).toBe('一位不公开名称的配捐方');
  });

  it('says for what the yuan is given', () => {
    expect(matchUnitText('piece', 100)).toBe('每件配捐1元');
    expect(matchUnitText('line', 150)).toBe('每单每种产品配捐1.50元');
  });
});

it('tells the return rule and the picture address', () => {
  expect(returnRuleText('SEVEN_DAYS')).toContain('七天');
  expect(returnRuleText('EXCLUDED')).toContain('48小时');
  expect(picturePath('p-1', 'abcd')).toBe('/pictures/p-1.svg?v=abcd');
});
