import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { localId } from '../../graphql/global-id.js';
import { firstOf } from '../../graphql/paging.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import { agreementById, AgreementType, shownAgreements } from '../agreements/agreements.graphql.js';
import { readFundMatches, readStateSums, type StateSum, totalsByState } from '../batches/index.js';
import { CountyType } from '../catalogue/product-parts.graphql.js';
import { catalogue, type CatalogueCounty } from '../catalogue/index.js';
import { monthOf } from '../records/months.graphql.js';
import {
  matchedOrderNumber,
  matchFields,
  matchPage,
  matchPosition,
  MatchStateType,
  placeOfMatch,
} from './charity.graphql.js';
import {
  type FundMonth,
  type MatchRecord,
  type MatchState,
  matchStateText,
  readFundMonth,
  readFundMonths,
  readMatchesByIds,
} from './index.js';

const fundReaders = roles(...FUND_ROLES);

/** The fund in one month, with that month's sums read once. */
interface FundInMonth {
  readonly month: string;
  readonly sums: readonly FundMonth[];
  readonly stateSums: readonly StateSum[];
}

export const FundMatchType = builder.objectRef<MatchRecord>('FundMatch');

builder.node(FundMatchType, {
  name: 'FundMatch',
  description: 'A matched amount as the fund sees it: the sale, the sponsor, the state. No buyer is in it.',
  readers: fundReaders,
  id: { resolve: (match) => match._id },
  loadOne: async (id, { base }) => (await readMatchesByIds(base, [id]))[0] ?? null,
  fields: (t) => ({
    orderNumber: t.string({
      description: 'Number of the sale.',
      resolve: (match, _args, context) => matchedOrderNumber(match, context),
    }),
    ...matchFields(t),
    remittanceId: t.string({
      nullable: true,
      description: 'The remittance it belongs to, `AX202610-01`; null before a batch took it.',
      resolve: async (match, _args, context) => (await placeOfMatch(context).load(match._id))?.remittanceId ?? null,
    }),
    countyName: t.string({
      description: 'Where the goods come from.',
      resolve: (match, _args, { base }) => catalogue(base).county(match.countyCode)?.name ?? '',
    }),
    agreementNumber: t.string({
      description: 'Number of the agreement.',
      resolve: async (match, _args, context) => (await agreementById(context).load(match.agreementId))?.number ?? '',
    }),
    sponsorName: t.string({
      description: 'The donor.',
      resolve: async (match, _args, context) =>
        (await agreementById(context).load(match.agreementId))?.sponsorName ?? '',
    }),
  }),
});

interface Summed {
  readonly sum: () => { readonly count: number; readonly amountFen: number };
}

const FundMatchConnection = connectionType<MatchRecord, Summed>(FundMatchType, 'FundMatch', (t) => ({
  totalCount: t.int({
    description: 'All that the filters let through.',
    resolve: (page) => page.sum().count,
  }),
  totalFen: t.field({
    type: 'Fen',
    description: 'Their sum, less undone.',
    resolve: (page) => page.sum().amountFen,
  }),
}));

interface StateTotal {
  readonly state: MatchState;
  readonly count: number;
  readonly amountFen: number;
}

export const FundStateTotalType = builder.objectRef<StateTotal>('FundStateTotal').implement({
  description: 'What stands in one state.',
  readers: fundReaders,
  fields: (t) => ({
    state: t.expose('state', { type: MatchStateType, description: 'Which.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: ({ state }) => matchStateText(state) }),
    count: t.exposeInt('count', { description: 'Matches.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'Their sum; for VOID what was undone.' }),
  }),
});

const FundCountyType = builder
  .objectRef<{ county: CatalogueCounty; count: number; amountFen: number }>('FundCounty')
  .implement({
    description: 'What the sales of one county’s goods made sponsors give.',
    readers: fundReaders,
    fields: (t) => ({
      county: t.expose('county', { type: CountyType, description: 'Which.' }),
      count: t.exposeInt('count', { description: 'Matches that stand.' }),
      amountFen: t.expose('amountFen', { type: 'Fen', description: 'Their sum.' }),
    }),
  });

const FundMonthType = builder
  .objectRef<{ month: string; count: number; amountFen: number; voidFen: number }>('FundMonth')
  .implement({
    description: 'The sales of one month and what they made sponsors give.',
    readers: fundReaders,
    fields: (t) => ({
      month: t.exposeString('month', { description: '`2026-11`' }),
      count: t.exposeInt('count', { description: 'Matches that stand.' }),
      amountFen: t.expose('amountFen', { type: 'Fen', description: 'Their sum.' }),
      voidFen: t.expose('voidFen', { type: 'Fen', description: 'What was undone by refunds.' }),
    }),
  });

export const FundViewType = builder.objectRef<FundInMonth>('FundView').implement({
  description: 'The fund in one month: who gave, where it stands, for which county; never who bought.',
  readers: fundReaders,
  fields: (t) => ({
    name: t.string({
      description: 'Of the fund, as its agreements name it.',
      resolve: async (_fund, _args, { base }) => (await shownAgreements(base))[0]?.fundName ?? '',
    }),
    month: t.exposeString('month', { description: '`2026-11`, in Asia/Shanghai.' }),
    months: t.stringList({
      description: 'Months with something in them, and this one; newest first.',
      resolve: async ({ month }, _args, { base }) =>
        [...new Set([...(await readFundMonths(base)).map((one) => one.month), month])].sort().reverse(),
    }),
    totals: t.field({
      type: [FundStateTotalType],
      description: 'By state, in the order of the way.',
      resolve: ({ stateSums }) => totalsByState(stateSums),
    }),
    totalFen: t.field({
      type: 'Fen',
      description: 'What stands of the month’s sales.',
      resolve: ({ sums }) => sums.reduce((sum, one) => sum + one.pendingFen + one.accruedFen, 0),
    }),
    byCounty: t.field({
      type: [FundCountyType],
      description: 'By county, the largest first.',
      resolve: ({ sums }, _args, { base }) =>
        catalogue(base)
          .counties()
          .map((county) => ({ county, ...standing(sums.filter((one) => one.countyCode === county._id)) }))
          .filter((one) => one.count > 0)
          .sort((a, b) => b.amountFen - a.amountFen),
    }),
    history: t.field({
      type: [FundMonthType],
      description: 'Two years at most, oldest first.',
      resolve: async (_fund, _args, { base }) => (await readFundMonths(base)).reverse(),
    }),
    agreements: t.field({
      type: [AgreementType],
      description: 'All of them, in force or not.',
      resolve: (_fund, _args, { base }) => shownAgreements(base),
    }),
    matches: t.field({
      type: FundMatchConnection,
      description: 'The month’s matches, newest first.',
      args: {
        ...pageArgs(50),
        state: t.arg({ type: MatchStateType, description: 'Only those that stand here.' }),
        agreementId: t.arg.id({ description: 'Only those of this agreement.' }),
      },
      resolve: async ({ month, stateSums }, args, { base }) => {
        const state = args.state ?? null;
        const agreementId = args.agreementId ? localId('Agreement', args.agreementId) : null;
        const asked = { first: firstOf(args, 50), after: matchPosition(args.after) };
        const found = await readFundMatches(base, { month, state, agreementId, ...asked });
        return { ...matchPage(found, asked), sum: () => filteredSum(stateSums, { state, agreementId }) };
      },
    }),
    asOf: t.field({
      type: 'Instant',
      description: 'When these figures were read; a block of entries may be on its way.',
      resolve: (_fund, _args, { base }) => new Date(base.clock()),
    }),
  }),
});

builder.queryField('fund', (t) =>
  t.field({
    type: FundViewType,
    nullable: true,
    readers: 'public',
    description: 'The fund in one month. Null when the person is neither of the fund nor auditor.',
    args: { month: t.arg.string({ description: '`2026-11`; left out: this month in Asia/Shanghai.' }) },
    resolve: async (_root, args, { base, actor }) => {
      if (!fundReaders.allows(actor, undefined)) return null;
      const month = monthOf(args.month, base.clock());
      const sums = await readFundMonth(base, month);
      return { month, sums, stateSums: await readStateSums(base, month, sums) };
    },
  }),
);

function standing(sums: readonly FundMonth[]): { count: number; amountFen: number } {
  return {
    count: sums.reduce((sum, one) => sum + one.pendingCount + one.accruedCount, 0),
    amountFen: sums.reduce((sum, one) => sum + one.pendingFen + one.accruedFen, 0),
  };
}

/** What stands of those that the filters let through; of VOID nothing does. */
function filteredSum(
  sums: readonly StateSum[],
  { state, agreementId }: { state: MatchState | null; agreementId: string | null },
): { count: number; amountFen: number } {
  const totals = totalsByState(sums.filter((sum) => agreementId === null || sum.agreementId === agreementId));
  const asked = totals.filter((total) => state === null || total.state === state);
  return {
    count: asked.reduce((count, total) => count + total.count, 0),
    amountFen: asked.reduce((sum, total) => sum + (total.state === 'VOID' ? 0 : total.amountFen), 0),
  };
}
