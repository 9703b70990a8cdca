import { builder } from '../../graphql/builder.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import {
  type FundWaiting,
  MONTH_STEPS,
  type MonthEnd,
  type MonthStep,
  readFundWaiting,
  readMonthEnd,
  STEP_STATES,
  TURNS,
} from './index.js';

const fundReaders = roles(...FUND_ROLES);

const StepKind = builder.enumType('MonthStepKind', {
  description: 'From the bank’s statement to the disclosure, in this order.',
  values: MONTH_STEPS,
});
const StepState = builder.enumType('MonthStepState', {
  description: 'NOW: somebody can do it. LATER: another step, a day or somebody outside comes first.',
  values: STEP_STATES,
});
const TurnType = builder.enumType('MonthTurn', {
  description: 'Whose turn it is; NOBODY where it comes by itself.',
  values: TURNS,
});

const MonthStepType = builder.objectRef<MonthStep>('MonthStep').implement({
  description: 'A step of a month’s end.',
  readers: 'parent',
  fields: (t) => ({
    step: t.expose('step', { type: StepKind, description: 'Which.' }),
    state: t.expose('state', { type: StepState, description: 'Where it stands.' }),
    turn: t.expose('turn', { type: TurnType, description: 'Who has to do it.' }),
    isOwn: t.exposeBoolean('isOwn', { description: 'Made by the person who asks: another one has to check it.' }),
    text: t.exposeString('text', { description: 'Where it stands and what to do, in plain Chinese.' }),
  }),
});

const MonthEndType = builder.objectRef<MonthEnd>('MonthEnd').implement({
  description: 'The end of one month, as the fund’s people go through it.',
  readers: fundReaders,
  fields: (t) => ({
    month: t.exposeString('month', { description: '`2026-10`, in Asia/Shanghai.' }),
    months: t.exposeStringList('months', { description: 'To choose from, the newest first.' }),
    steps: t.field({ type: [MonthStepType], description: 'In order.', resolve: ({ steps }) => steps }),
  }),
});

const FundWaitingType = builder.objectRef<FundWaiting>('FundWaiting').implement({
  description: 'How much waits for the person who asks, by the part of the console; zero for what is not theirs to do.',
  readers: 'parent',
  fields: (t) => ({
    agreements: t.exposeInt('agreements', {
      description: 'Submitted by others, or to be ended early as others ask: for a checker.',
    }),
    batches: t.exposeInt('batches', { description: 'Drafts of others: for a checker.' }),
    bank: t.exposeInt('bank', { description: 'Bank lines that are suggested or open: for a maker.' }),
    differences: t.exposeInt('differences', { description: 'Of bills, open: for a maker.' }),
    receipts: t.exposeInt('receipts', { description: 'Remittances that came whole and have none: for a maker.' }),
    projects: t.exposeInt('projects', { description: 'Projects and spends of others that wait: for a checker.' }),
    disclosure: t.exposeInt('disclosure', { description: 'Drafts of others without a fault: for a checker.' }),
  }),
});

const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;

builder.queryFields((t) => ({
  monthEnd: t.field({
    type: MonthEndType,
    readers: fundReaders,
    description: 'What a month still needs. `month` left out, or no month: the last one that is over.',
    args: { month: t.arg.string({ description: '`2026-10`.' }) },
    resolve: (_root, { month }, context) => readMonthEnd(context, month && MONTH.test(month) ? month : null),
  }),
  fundWaiting: t.field({
    type: FundWaitingType,
    readers: fundReaders,
    description: 'How much waits for the person who asks.',
    resolve: (_root, _args, context) => readFundWaiting(context),
  }),
}));
