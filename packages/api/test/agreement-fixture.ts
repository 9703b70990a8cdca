import type { Agreement } from '../src/features/agreements/index.js';

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
