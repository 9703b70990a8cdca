import type {
  AgreementFacts,
  BatchFacts,
  DisclosureFacts,
  FundMovement,
  ProjectFacts,
  RemittanceFacts,
} from '../facts.types.js';

const hash = (letter: string): string => letter.repeat(64);

export const OPEN_DONOR: AgreementFacts = {
  agreementId: 'agreement-1',
  number: 'JX-2026-01',
  sponsorName: '渝州配捐企业',
  sponsorUscc: '91500000MA5U00001X',
  refusesPublication: false,
  wasSigned: true,
  amountFenPerUnit: 100,
  unit: 'line',
  capFen: 5_000_000,
  validFrom: '2026-01-01',
  validUntil: '2026-12-31',
};

export const SHY_DONOR: AgreementFacts = {
  ...OPEN_DONOR,
  agreementId: 'agreement-2',
  number: 'JX-2026-02',
  sponsorName: '不愿具名的山城公司',
  sponsorUscc: '91500000MA5U00002X',
  refusesPublication: true,
};

const BATCHES: readonly BatchFacts[] = [
  {
    batchId: 'B202607',
    month: '2026-07',
    approvedDay: '2026-08-03',
    lineCount: 3_000,
    amountFen: 300_000,
    root: hash('a'),
    contentHash: hash('b'),
    counties: [
      { code: '500229', name: '城口', lineCount: 2_000, amountFen: 200_000 },
      { code: '500235', name: '云阳', lineCount: 1_000, amountFen: 100_000 },
    ],
  },
  {
    batchId: 'B202608',
    month: '2026-08',
    approvedDay: '2026-09-02',
    lineCount: 1_200,
    amountFen: 120_000,
    root: hash('c'),
    contentHash: hash('d'),
    counties: [{ code: '500235', name: '云阳', lineCount: 1_200, amountFen: 120_000 }],
  },
];

const REMITTANCES: readonly RemittanceFacts[] = [
  {
    ...{ remittanceId: 'AX202607-01', batchId: 'B202607', agreementId: 'agreement-1', amountFen: 200_000 },
    ...{ receivedFen: 200_000, state: 'RECEIPTED', receivedDay: '2026-08-10', receiptDay: '2026-08-12', packId: null },
  },
  {
    ...{ remittanceId: 'AX202607-02', batchId: 'B202607', agreementId: 'agreement-2', amountFen: 100_000 },
    ...{ receivedFen: 100_000, state: 'REMITTED', receivedDay: '2026-08-11', receiptDay: null, packId: null },
  },
  {
    ...{ remittanceId: 'AX202608-01', batchId: 'B202608', agreementId: 'agreement-1', amountFen: 120_000 },
    ...{ receivedFen: 50_000, state: 'OPEN', receivedDay: null, receiptDay: null, packId: null },
  },
];

const MOVEMENTS: readonly FundMovement[] = [
  { day: '2026-08-10', amountFen: 200_000, cause: { remittanceId: 'AX202607-01' } },
  { day: '2026-08-11', amountFen: 100_000, cause: { remittanceId: 'AX202607-02' } },
  { day: '2026-09-10', amountFen: 50_000, cause: { remittanceId: 'AX202608-01' } },
  { day: '2026-09-20', amountFen: -180_000, cause: { spendId: 'spend-1' } },
];

const PROJECTS: readonly ProjectFacts[] = [
  {
    ...{ projectId: 'project-1', name: '城口小学饮水改造', purpose: '为山区小学装净水设备' },
    ...{ budgetFen: 500_000, isUnderWay: true, toldBefore: { spentFen: 0, beneficiaryCount: 0 } },
  },
];

/** The third quarter of a small fund: one sponsor who is named, one who is not. */
export function factsFixture(change: Partial<DisclosureFacts> = {}): DisclosureFacts {
  return {
    packId: 'GS20260701-20260930',
    fundName: '共产党员一元捐基金',
    period: { from: '2026-07-01', until: '2026-09-30' },
    corrects: null,
    earlierPackIds: [],
    prev: null,
    openingFen: 0,
    ledgerClosingFen: 170_000,
    movements: MOVEMENTS,
    agreements: [OPEN_DONOR, SHY_DONOR],
    batches: BATCHES,
    remittances: REMITTANCES,
    projects: PROJECTS,
    spends: [
      {
        ...{ spendId: 'spend-1', projectId: 'project-1', what: '净水设备两套', beneficiaryCount: 320 },
        evidence: [hash('f'), hash('e')],
      },
    ],
    bankLines: [{ month: '2026-09', count: 2, creditFen: 8_800, debitFen: 0 }],
    bills: [],
    heads: {
      journal: { block: 42, hash: hash('1'), root: hash('2') },
      ledger: { seq: 12, hash: hash('3') },
    },
    ...change,
  };
}
