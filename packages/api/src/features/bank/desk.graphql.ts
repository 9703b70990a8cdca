import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { localId } from '../../graphql/global-id.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { RemittanceType } from '../batches/remittances.graphql.js';
import { BankLineStateType, BankLineType, fundReaders, LINE_STATE_TEXTS } from './bank-lines.graphql.js';
import {
  type BalanceChain,
  type BankLine,
  type DeskFigures,
  type LineFilter,
  type LinePosition,
  type OpenSpend,
  readBalanceChains,
  readDeskFigures,
  readDeskLine,
  readDeskLines,
  readDeskTargets,
  readDeskTotals,
  type StateTotal,
} from './index.js';

/** Longer words than this are in no memo. */
const MOST_SEARCHED = 60;

const LineTotalType = builder.objectRef<StateTotal>('BankLineTotal').implement({
  description: 'Lines in one state.',
  readers: 'parent',
  fields: (t) => ({
    state: t.expose('state', { type: BankLineStateType, description: 'Which.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: ({ state }) => LINE_STATE_TEXTS[state] }),
    count: t.exposeInt('count', { description: 'Lines.' }),
    inFen: t.expose('inFen', { type: 'Fen', description: 'What came.' }),
    outFen: t.expose('outFen', { type: 'Fen', description: 'What went: zero or negative.' }),
  }),
});

const BankLineConnection = connectionType<BankLine, { readonly totals: () => Promise<StateTotal[]> }>(
  BankLineType,
  'BankLine',
  (t) => ({
    totals: t.field({
      type: [LineTotalType],
      description: 'Of the same account, days and words, by state, whatever states were asked for.',
      resolve: (page) => page.totals(),
    }),
  }),
);

const BalanceChainType = builder.objectRef<BalanceChain>('BankBalanceChain').implement({
  description: 'What an account’s statements say together.',
  readers: 'parent',
  fields: (t) => ({
    accountId: t.id({ description: 'Of the account.', resolve: ({ accountId }) => accountId }),
    name: t.exposeString('name', { description: 'Of the account.' }),
    fromDay: t.exposeString('fromDay', { nullable: true, description: 'Of the first statement.' }),
    toDay: t.exposeString('toDay', { nullable: true, description: 'Of the last statement.' }),
    openingFen: t.expose('openingFen', { type: 'Fen', nullable: true, description: 'Before the first line.' }),
    closingFen: t.expose('closingFen', { type: 'Fen', nullable: true, description: 'Behind the last line.' }),
    isWhole: t.exposeBoolean('isWhole', { description: 'No statement is missing in between.' }),
    text: t.exposeString('text', { description: 'The same in Chinese.' }),
  }),
});

const OpenSpendType = builder.objectRef<OpenSpend>('OpenSpend').implement({
  description: 'A spend whose money has not been seen leaving the bank.',
  readers: 'parent',
  fields: (t) => ({
    number: t.exposeString('spendId', { description: 'As `matchBankLines` takes it.' }),
    title: t.exposeString('title', { description: 'What for.' }),
    day: t.exposeString('day', { description: 'When it was recorded.' }),
    leftFen: t.expose('leftFen', { type: 'Fen', description: 'Not seen yet.' }),
  }),
});

const FiguresType = builder.objectRef<DeskFigures>('BankDeskFigures').implement({
  description: 'A month’s batch and what the bank says of it, beside all that waits.',
  readers: 'parent',
  fields: (t) => ({
    month: t.exposeString('month', { nullable: true, description: 'Of the batch, `2026-10`; null before the first.' }),
    months: t.stringList({
      description: 'With an approved batch, the newest first.',
      resolve: (one) => [...one.months],
    }),
    dueFen: t.expose('dueFen', { type: 'Fen', description: 'What the month’s remittances ask for.' }),
    dueCount: t.exposeInt('dueCount', { description: 'Matches in it.' }),
    adjustmentCount: t.exposeInt('adjustmentCount', { description: 'Refunds taken off it.' }),
    remittanceCount: t.exposeInt('remittanceCount', { description: 'Remittances in it that ask for money.' }),
    matchedFen: t.expose('matchedFen', { type: 'Fen', description: 'What has come for them.' }),
    matchedCount: t.exposeInt('matchedCount', { description: 'Remittances for which something has come.' }),
    seenFen: t.expose('seenFen', { type: 'Fen', description: 'What has come or is suggested for them.' }),
    seenCount: t.exposeInt('seenCount', { description: 'Remittances for which something has come or is suggested.' }),
    suggestedFen: t.expose('suggestedFen', { type: 'Fen', description: 'Came, and waits for a yes; of all months.' }),
    suggestedOutFen: t.expose('suggestedOutFen', {
      type: 'Fen',
      description: 'Went, and waits for a yes: zero or negative; of all months.',
    }),
    suggestedCount: t.exposeInt('suggestedCount', { description: 'Lines that wait for a yes.' }),
    openInFen: t.expose('openInFen', { type: 'Fen', description: 'Came, and nobody knows for what.' }),
    openOutFen: t.expose('openOutFen', { type: 'Fen', description: 'Went, and nobody knows for what.' }),
    openCount: t.exposeInt('openCount', { description: 'Lines that wait for a decision.' }),
    unknownFen: t.expose('unknownFen', {
      type: 'Fen',
      description: 'What the books and the lines do not agree about: zero, or money is lost.',
    }),
  }),
});

interface Desk {
  readonly month: string | null;
}

const DeskType = builder.objectRef<Desk>('BankDesk').implement({
  description: 'The matching desk: bank lines, what explains them, and what they could still pay.',
  readers: fundReaders,
  fields: (t) => ({
    figures: t.field({
      type: FiguresType,
      description: 'Above the desk.',
      resolve: ({ month }, _args, { base }) => readDeskFigures(base, month),
    }),
    chains: t.field({
      type: [BalanceChainType],
      description: 'One for each account.',
      resolve: (_desk, _args, { base }) => readBalanceChains(base),
    }),
    lines: t.field({
      type: BankLineConnection,
      description: 'As a statement reads: by day, the oldest first.',
      args: {
        ...pageArgs(50),
        states: t.arg({ type: [BankLineStateType], description: 'Only those that stand here.' }),
        accountId: t.arg.id({ description: 'Only those of this account.' }),
        fromDay: t.arg.string({ description: 'From this day on, `2026-11-01`.' }),
        toDay: t.arg.string({ description: 'Up to this day.' }),
        text: t.arg.string({ description: 'In counterparty, memo or reference, or the amount, `1,234.50`.' }),
      },
      resolve: async (_desk, args, { base }) => {
        const first = firstOf(args, 50);
        const filter: LineFilter = {
          ...(args.accountId ? { accountId: args.accountId } : {}),
          ...(args.fromDay ? { fromDay: args.fromDay } : {}),
          ...(args.toDay ? { toDay: args.toDay } : {}),
          ...(args.text ? { text: args.text.slice(0, MOST_SEARCHED) } : {}),
        };
        const after = positionOf(args.after);
        const states = args.states && args.states.length > 0 ? { states: args.states } : {};
        const found = await readDeskLines(base, { filter: { ...filter, ...states }, first, after });
        const page = pageOf({
          nodes: found.slice(0, first),
          cursorOf: (line) => encodeCursor(line.day, line.lineNo, line._id),
          hasNextPage: found.length > first,
          hasPreviousPage: after !== null,
        });
        return { ...page, totals: () => readDeskTotals(base, filter) };
      },
    }),
    openRemittances: t.field({
      type: [RemittanceType],
      description: 'What a line that came can be given to.',
      resolve: async (_desk, _args, { base }) => (await readDeskTargets(base)).remittances,
    }),
    openSpends: t.field({
      type: [OpenSpendType],
      description: 'What a line that went can be given to.',
      resolve: async (_desk, _args, { base }) => [...(await readDeskTargets(base)).spends],
    }),
  }),
});

builder.queryFields((t) => ({
  bankDesk: t.field({
    type: DeskType,
    readers: fundReaders,
    description: 'The matching desk. `month`: of the figures; left out, the newest month with a batch.',
    args: { month: t.arg.string({ description: '`2026-10`, in Asia/Shanghai.' }) },
    resolve: (_root, args) => ({ month: args.month ?? null }),
  }),
  bankLine: t.field({
    type: BankLineType,
    nullable: true,
    readers: fundReaders,
    description: 'One line of a statement; null where there is none.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, args, { base }) => readDeskLine(base, localId('BankLine', args.id)),
  }),
}));

function positionOf(cursor: string | null | undefined): LinePosition | null {
  const [day, lineNo, lineId] = decodeCursor(cursor) ?? [];
  return typeof day === 'string' && typeof lineNo === 'number' && typeof lineId === 'string'
    ? { day, lineNo, lineId }
    : null;
}
