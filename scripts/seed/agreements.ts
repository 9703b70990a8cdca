import { type Agreement, type Budget, fullBudgets } from '@aixin/api/internals';
import { DEFAULT_SPONSOR_ID } from '../portal/people.js';

const DAY_MS = 86_400_000;
const FUND = '消费帮扶爱心基金';

/** What the seed's agreements have in common: one yuan, no cap per month, a sponsor that may be named. */
const USUAL = {
  fundName: FUND,
  publishesName: true,
  state: 'IN_FORCE',
  amountFenPerUnit: 100,
  unit: 'line',
  monthlyCapFen: null,
  properties: null,
  fileIds: [],
  replacesId: null,
  revision: 1,
  history: [],
} satisfies Partial<Agreement>;

/** Two sponsors that give now and one whose term is over. The sponsors are made up. */
export function seedAgreements(nowMs: number, products: { byLine: string[]; byPiece: string[] }): Agreement[] {
  const year = new Date(nowMs).getUTCFullYear();
  return [
    {
      ...USUAL,
      _id: 'agreement-1',
      number: `渝爱捐〔${year}〕1号`,
      sponsorUscc: DEFAULT_SPONSOR_ID,
      sponsorName: '配捐单位甲',
      capFen: 20_000_000,
      validFrom: new Date(nowMs - 200 * DAY_MS),
      validUntil: new Date(nowMs + 300 * DAY_MS),
      productIds: products.byLine,
    },
    {
      ...USUAL,
      _id: 'agreement-2',
      number: `渝爱捐〔${year}〕2号`,
      sponsorUscc: '91500000MADEM0002M',
      sponsorName: '配捐单位乙',
      unit: 'piece',
      // Small on purpose: a demo can see the badge disappear, and come back at the turn of the month.
      capFen: 30_000,
      monthlyCapFen: 12_000,
      validFrom: new Date(nowMs - 30 * DAY_MS),
      validUntil: new Date(nowMs + 180 * DAY_MS),
      productIds: products.byPiece,
    },
    {
      ...USUAL,
      _id: 'agreement-0',
      number: `渝爱捐〔${year - 1}〕6号`,
      sponsorUscc: '91500000MADEM0003Q',
      sponsorName: '配捐单位丙',
      state: 'ENDED',
      capFen: 1_000_000,
      validFrom: new Date(nowMs - 500 * DAY_MS),
      validUntil: new Date(nowMs - 120 * DAY_MS),
      productIds: products.byLine.slice(0, 20),
    },
  ];
}

/** Nothing is held or matched yet, so all of each cap is left; the ended one's rest went back to its sponsor. */
export function seedBudgets(agreements: readonly Agreement[]): Budget[] {
  return agreements.flatMap(fullBudgets);
}

export const BENCH_AGREEMENT_ID = 'bench-agreement';

/** One sponsor with plenty to give, for measurements and failure tests. */
export function benchAgreement(more: Pick<Agreement, 'capFen' | 'productIds'> & { readonly nowMs: number }): Agreement {
  const { nowMs, ...terms } = more;
  return {
    ...USUAL,
    _id: BENCH_AGREEMENT_ID,
    number: '测试协议1号',
    sponsorUscc: DEFAULT_SPONSOR_ID,
    sponsorName: '配捐单位甲',
    validFrom: new Date(nowMs - DAY_MS),
    validUntil: new Date(nowMs + 365 * DAY_MS),
    ...terms,
  };
}
