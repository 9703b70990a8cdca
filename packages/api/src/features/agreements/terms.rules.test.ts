import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '../../kernel/refusal.js';
import { termsInput } from '../../../test/agreement-fixture.js';
import { checkTerms } from './terms.rules.js';

describe('the terms of an agreement', () => {
  it('are put into one form: whole days, capitals, each id once and in order', () => {
    const terms = checkTerms({
      ...termsInput(),
      number: '  JX-9 ',
      sponsorUscc: '91500000madem0001j',
      productIds: ['wax', 'honey', 'wax'],
    });
    expect(terms).toMatchObject({
      number: 'JX-9',
      sponsorUscc: '91500000MADEM0001J',
      productIds: ['honey', 'wax'],
      properties: null,
      validFrom: new Date('2026-01-01T00:00:00+08:00'),
      validUntil: new Date('2027-01-01T00:00:00+08:00'),
    });
  });

  it('may be by properties alone', () => {
    expect(checkTerms({ ...termsInput(), productIds: [], countyCodes: ['500229'] })).toMatchObject({
      productIds: [],
      properties: { countyCodes: ['500229'], categoryKeys: [], supplierIds: [] },
    });
  });

  it.each([
    ['number', { number: 'X' }],
    ['number', { number: '协议\n一号' }],
    ['sponsorName', { sponsorName: ' ' }],
    ['fundName', { fundName: '基'.repeat(61) }],
    ['sponsorUscc', { sponsorUscc: '91500000MADEM0001K' }],
    ['amountFenPerUnit', { amountFenPerUnit: 0 }],
    ['amountFenPerUnit', { amountFenPerUnit: 100_001 }],
    ['amountFenPerUnit', { amountFenPerUnit: 0.5 }],
    ['capFen', { capFen: 99 }],
    ['capFen', { capFen: 10_000_000_001 }],
    ['monthlyCapFen', { monthlyCapFen: 99 }],
    ['monthlyCapFen', { capFen: 1_000, monthlyCapFen: 1_001 }],
    ['firstDay', { firstDay: '2026-02-30' }],
    ['firstDay', { firstDay: '20260101' }],
    ['lastDay', { lastDay: '2026-13-01' }],
    ['lastDay', { firstDay: '2026-05-02', lastDay: '2026-05-01' }],
    ['lastDay', { lastDay: '2037-01-01' }],
    ['productIds', { productIds: [] }],
    ['productIds', { productIds: [''] }],
    ['countyCodes', { countyCodes: ['城口'] }],
    ['fileIds', { fileIds: Array.from({ length: 21 }, (_, n) => `f-${n}`) }],
  ])('are refused at %s: %j', (path, change) => {
    const refused = checkTerms({ ...termsInput(), ...change });
    expect(isRefusal(refused) && refused.path).toBe(path);
  });

  it.each([
    { amountFenPerUnit: 100, capFen: 100, monthlyCapFen: 100 },
    { capFen: 10_000_000_000 },
    { firstDay: '2028-02-29', lastDay: '2028-02-29' },
  ])('hold at their bounds: %j', (change) => {
    expect(isRefusal(checkTerms({ ...termsInput(), ...change }))).toBe(false);
  });
});
