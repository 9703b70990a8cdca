import type { Agreement, Budget } from '@aixin/api/internals';

const DAY_MS = 86_400_000;
const FUND = '消费帮扶爱心基金';

/** Two sponsors that give now and one whose term is over. The sponsors are made up. */
export function seedAgreements(nowMs: number, products: { byLine: string[]; byPiece: string[] }): Agreement[] {
  const year = new Date(nowMs).getUTCFullYear();
  const agreement = (facts: Omit<Agreement, 'fundName' | 'amountFenPerUnit'>): Agreement => ({
    fundName: FUND,
    amountFenPerUnit: 100,
    ...facts,
  });
  return [
    agreement({
      _id: 'agreement-1',
      number: `渝爱捐〔${year}〕1号`,
      sponsorName: '配捐单位甲',
      state: 'IN_FORCE',
      unit: 'line',
      capFen: 20_000_000,
      validFrom: new Date(nowMs - 200 * DAY_MS),
      validUntil: new Date(nowMs + 300 * DAY_MS),
      productIds: products.byLine,
    }),
    agreement({
      _id: 'agreement-2',
      number: `渝爱捐〔${year}〕2号`,
      sponsorName: '配捐单位乙',
      state: 'IN_FORCE',
      unit: 'piece',
      // Small on purpose: a demo can see the badge disappear.
      capFen: 30_000,
      validFrom: new Date(nowMs - 30 * DAY_MS),
      validUntil: new Date(nowMs + 180 * DAY_MS),
      productIds: products.byPiece,
    }),
    agreement({
      _id: 'agreement-0',
      number: `渝爱捐〔${year - 1}〕6号`,
      sponsorName: '配捐单位丙',
      state: 'ENDED',
      unit: 'line',
      capFen: 1_000_000,
      validFrom: new Date(nowMs - 500 * DAY_MS),
      validUntil: new Date(nowMs - 120 * DAY_MS),
      productIds: products.byLine.slice(0, 20),
    }),
  ];
}

/** Nothing is held or matched yet, so all of each cap is left; the ended one's rest went back to its sponsor. */
export function seedBudgets(agreements: readonly Agreement[]): Budget[] {
  return agreements.map(({ _id, capFen }) => ({ _id, capFen, leftFen: capFen }));
}
