import { builder } from '../../graphql/builder.js';
import { requestLoader } from '../../graphql/loader.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { type Agreement, readAgreements, readBudgets } from './index.js';

export const MatchUnitType = builder.enumType('MatchUnit', {
  description: 'What the sponsor matches an amount for.',
  values: {
    LINE: { value: 'line', description: 'Each product of an order, however many pieces.' },
    ORDER: { value: 'order', description: 'Each order.' },
    PIECE: { value: 'piece', description: 'Each piece.' },
  },
});

/** An agreement with what is left of it. */
export interface ShownAgreement extends Agreement {
  readonly leftFen: number;
}

export const AgreementType = builder.objectRef<ShownAgreement>('Agreement');

builder.node(AgreementType, {
  name: 'Agreement',
  description: 'A donation agreement between a sponsor and the fund (慈善法 art. 37, 41).',
  readers: roles(...FUND_ROLES),
  id: { resolve: (agreement) => agreement._id },
  loadOne: async (id, { base }) => (await shownAgreements(base)).find((one) => one._id === id) ?? null,
  fields: (t) => ({
    number: t.exposeString('number', { description: 'The number on the paper.' }),
    sponsorName: t.exposeString('sponsorName', { description: 'The donor: the sponsor, never the buyer (rule 6).' }),
    fundName: t.exposeString('fundName', { description: 'Who receives it.' }),
    amountFen: t.field({
      type: 'Fen',
      description: 'Matched for one unit.',
      resolve: (agreement) => agreement.amountFenPerUnit,
    }),
    unit: t.field({ type: MatchUnitType, description: 'What one unit is.', resolve: (agreement) => agreement.unit }),
    capFen: t.expose('capFen', { type: 'Fen', description: 'The most that will ever be matched.' }),
    leftFen: t.expose('leftFen', {
      type: 'Fen',
      description: 'cap − held − matched. Below one unit the badge is gone.',
    }),
    validFrom: t.string({
      description: 'First day in Asia/Shanghai, `2026-01-01`.',
      resolve: (agreement) => shanghaiDay(agreement.validFrom.getTime()),
    }),
    validUntil: t.string({
      description: 'Last day in Asia/Shanghai, `2026-12-31`.',
      resolve: (agreement) => lastDay(agreement.validUntil),
    }),
    productCount: t.int({ description: 'Products it covers.', resolve: (agreement) => agreement.productIds.length }),
    inForce: t.boolean({
      description: 'Signed, within its term, not ended.',
      resolve: (agreement, _args, { base }) =>
        agreement.state === 'IN_FORCE' &&
        agreement.validFrom.getTime() <= base.clock() &&
        base.clock() < agreement.validUntil.getTime(),
    }),
  }),
});

/** All agreements, tens of them, each with what is left. */
export async function shownAgreements(base: Parameters<typeof readAgreements>[0]): Promise<ShownAgreement[]> {
  const [agreements, budgets] = await Promise.all([readAgreements(base), readBudgets(base)]);
  const left = new Map(budgets.map((budget) => [budget._id, budget.leftFen]));
  return agreements.map((agreement) => ({ ...agreement, leftFen: left.get(agreement._id) ?? 0 }));
}

/** All agreements in one read, however many fields ask. */
export const agreementById = requestLoader<Agreement>(
  async (base) => new Map((await readAgreements(base)).map((agreement) => [agreement._id, agreement])),
);

/** The last day on which something holds whose end is the first instant at which it does not. */
export function lastDay(end: Date): string {
  return shanghaiDay(end.getTime() - 1);
}
