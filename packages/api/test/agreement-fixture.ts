import type { Agreement, TermsInput } from '../src/features/agreements/index.js';

/** One yuan for each line of `honey`, without an end in sight; overrides say what a test is about. */
export function agreementFixture(more: Partial<Agreement> & { readonly _id: string }): Agreement {
  return {
    number: `JX-${more._id}`,
    sponsorUscc: '91500000MADEM0001J',
    sponsorName: '配捐单位甲',
    publishesName: true,
    fundName: '共产党员一元捐基金',
    state: 'IN_FORCE',
    amountFenPerUnit: 100,
    unit: 'line',
    capFen: 50_000,
    monthlyCapFen: null,
    validFrom: new Date('2026-01-01T00:00:00+08:00'),
    validUntil: new Date('2028-01-01T00:00:00+08:00'),
    productIds: ['honey'],
    properties: null,
    fileIds: [],
    replacesId: null,
    revision: 1,
    history: [],
    ...more,
  };
}

/** What a maker writes into the form: one yuan for each line of `honey`, all of 2026. */
export function termsInput(): TermsInput {
  return {
    number: 'JX-2026-77',
    sponsorUscc: '91500000MADEM0001J',
    sponsorName: '配捐单位甲',
    publishesName: true,
    fundName: '共产党员一元捐基金',
    amountFenPerUnit: 100,
    unit: 'line',
    capFen: 50_000,
    monthlyCapFen: null,
    firstDay: '2026-01-01',
    lastDay: '2026-12-31',
    productIds: ['honey'],
    countyCodes: [],
    categoryKeys: [],
    supplierIds: [],
    fileIds: [],
    replacesId: null,
  };
}
