import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import { matchPosition, MatchStateType } from '../charity/charity.graphql.js';
import { FundMatchType, FundStateTotalType, FundViewType } from '../charity/fund.graphql.js';
import { type MatchRecord, type MatchState, matchStateText } from '../charity/index.js';
import {
  type AgeBucket,
  type AgeingRow,
  type MonthStanding,
  overall,
  readAgeing,
  readStandings,
  readWaitingMatches,
  readWaitingRemittances,
} from './index.js';
import { RemittanceType } from './remittances.graphql.js';

const fundReaders = roles(...FUND_ROLES);

/** What each state waits for, as it is said to the people who can end the waiting. */
const WAITS_FOR: Readonly<Record<AgeingRow['state'], string>> = {
  PENDING: '等买家签收、退货期满，由系统自动生效',
  ACCRUED: '等月份结束后列入批次',
  BATCHED: '等配捐方按汇款编号汇款，银行到账后核对',
  REMITTED: '等开具公益事业捐赠票据',
  RECEIPTED: '等下一期公示',
};

function waitsFor({ state, draftId }: AgeingRow): string {
  return draftId === null ? WAITS_FOR[state] : `批次 ${draftId} 已制作，等另一位管理员复核；之后的${WAITS_FOR[state]}`;
}

const AgeingUnitType = builder.enumType('FundAgeingUnit', {
  description: 'What a row of the ageing table counts: matches, or from BATCHED on the remittances they are in.',
  values: ['MATCH', 'REMITTANCE'] as const,
});

const AgeBucketType = builder.objectRef<AgeBucket>('FundAgeBucket').implement({
  description: 'What waits for so long, in whole days of Asia/Shanghai.',
  readers: 'parent',
  fields: (t) => ({
    fromDays: t.exposeInt('fromDays', { description: 'The youngest.' }),
    toDays: t.exposeInt('toDays', { nullable: true, description: 'The oldest; null: any older.' }),
    count: t.exposeInt('count', { description: 'How many.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'What stands of them; of remittances what is due.' }),
  }),
});

const AgeingType = builder.objectRef<AgeingRow>('FundAgeing').implement({
  description: 'What waits in one state, for what, and for how long already. Nothing is stuck unseen.',
  readers: fundReaders,
  fields: (t) => ({
    state: t.expose('state', { type: MatchStateType, description: 'Which.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: ({ state }) => matchStateText(state) }),
    unit: t.expose('of', { type: AgeingUnitType, description: 'What is counted.' }),
    waitsFor: t.string({ description: 'One sentence in Chinese: what must happen next.', resolve: waitsFor }),
    draftNumber: t.exposeString('draftId', { nullable: true, description: 'The batch that waits for its checker.' }),
    buckets: t.field({
      type: [AgeBucketType],
      description: 'By age, the youngest first.',
      resolve: (row) => row.buckets,
    }),
    count: t.exposeInt('count', { description: 'All ages.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'All ages.' }),
  }),
});

const MonthStandingType = builder.objectRef<MonthStanding>('FundMonthStanding').implement({
  description: 'Where the yuan of one month’s sales stand now.',
  readers: fundReaders,
  fields: (t) => ({
    month: t.exposeString('month', { description: 'Of the sales, `2026-11`.' }),
    states: t.field({
      type: [FundStateTotalType],
      description: 'In the order of the way.',
      resolve: (one) => one.states,
    }),
  }),
});

const WaitingMatchConnection = connectionType<MatchRecord, object>(FundMatchType, 'FundWaitingMatch', () => ({}));

/** Two years of months are what a picture still shows. */
const MOST_MONTHS = 24;

builder.objectFields(FundViewType, (t) => ({
  ageing: t.field({
    type: [AgeingType],
    description: 'What waits for what, over all months, in the order of the way.',
    resolve: (_fund, _args, { base }) => readAgeing(base),
  }),
  waitingMatches: t.field({
    type: WaitingMatchConnection,
    description: 'The matches behind a figure of the ageing table, the oldest first.',
    args: {
      ...pageArgs(50),
      state: t.arg({ type: MatchStateType, required: true, description: 'PENDING or ACCRUED.' }),
      bucket: t.arg.int({ description: 'Which age, from 0; left out: any.' }),
    },
    resolve: async (_fund, args, { base }) => {
      const { state, bucket = null } = args;
      const asked = { first: firstOf(args, 50), after: matchPosition(args.after) };
      const found = await readWaitingMatches(base, { state, bucket, ...asked });
      return pageOf({
        nodes: found.slice(0, asked.first),
        cursorOf: (match) => encodeCursor(waitingSinceMs(state, match), match._id),
        hasNextPage: found.length > asked.first,
        hasPreviousPage: asked.after !== null,
      });
    },
  }),
  waitingRemittances: t.field({
    type: [RemittanceType],
    description: 'The remittances behind a figure of the ageing table, the oldest first.',
    args: {
      state: t.arg({ type: MatchStateType, required: true, description: 'BATCHED, REMITTED or RECEIPTED.' }),
      bucket: t.arg.int({ description: 'Which age, from 0; left out: any.' }),
    },
    resolve: (_fund, { state, bucket = null }, { base }) => readWaitingRemittances(base, state, bucket),
  }),
  standings: t.field({
    type: [MonthStandingType],
    description: 'By month of the sales and state, two years at most, oldest first.',
    resolve: async (_fund, _args, { base }) => (await readStandings(base)).slice(-MOST_MONTHS),
  }),
  overall: t.field({
    type: [FundStateTotalType],
    description: 'All months together, by state, from pledged to disclosed.',
    resolve: async (_fund, _args, { base }) => overall(await readStandings(base)),
  }),
}));

function waitingSinceMs(state: MatchState, match: MatchRecord): number {
  return (state === 'ACCRUED' ? (match.accruedAt ?? match.at) : match.at).getTime();
}
