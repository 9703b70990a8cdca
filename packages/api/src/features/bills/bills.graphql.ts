import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { requestLoader } from '../../graphql/loader.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { FUND_ROLES, roles } from '../../graphql/readers.js';
import { StoredFileType, storedFiles } from '../files/files.graphql.js';
import { type Order, orderIdOfNumber, readOrders } from '../orders/index.js';
import {
  BILL_KINDS,
  BILL_PROVIDERS,
  BILL_ROW_STATES,
  type BillBack,
  type BillDay,
  billDayId,
  type BillImport,
  type BillRow,
  type DayDifferences,
  importsOfDays,
  pageOfDays,
  pageOfRows,
  readBillDays,
  refundStateText,
  sumDifferences,
} from './index.js';

const fundReaders = roles(...FUND_ROLES);

export const BillProviderType = builder.enumType('BillProvider', {
  description: 'Whose bill it is.',
  values: BILL_PROVIDERS,
});
const BillKindType = builder.enumType('BillKind', {
  description: 'TRADE and REFUND: what buyers paid and got back. FLOW: what the account at the provider saw.',
  values: BILL_KINDS,
});
const BillRowStateType = builder.enumType('BillRowState', {
  description: 'NEW is not compared yet; OTHER is a movement that is neither payment nor refund.',
  values: BILL_ROW_STATES,
});

const PROVIDER_TEXTS: Readonly<Record<BillDay['provider'], string>> = { WECHAT: '微信支付', ALIPAY: '支付宝' };
const KIND_TEXTS: Readonly<Record<BillRow['kind'], string>> = { TRADE: '付款', REFUND: '退款', FLOW: '资金变动' };
const ROW_STATE_TEXTS: Readonly<Record<BillRow['state'], string>> = {
  ...{ NEW: '未核对', MATCHED: '一致', DIFFERS: '有差异', OTHER: '不涉及订单' },
};

/** The orders behind a page of rows, in one read. Of an order only its number is told. */
export const numberedOrders = requestLoader<Order>(
  async (base, ids) => new Map((await readOrders(base, ids)).map((order) => [order._id, order])),
);

const BillRowType = builder.objectRef<BillRow>('BillRow').implement({
  description: 'A line of a bill. What came in is positive, what went out negative. No buyer is in it.',
  readers: fundReaders,
  fields: (t) => ({
    id: t.exposeID('_id', { description: 'Its own.' }),
    kind: t.expose('kind', { type: BillKindType, description: 'What it tells.' }),
    kindText: t.string({ description: 'The same in Chinese.', resolve: ({ kind }) => KIND_TEXTS[kind] }),
    number: t.exposeString('number', { description: 'The provider’s number of it.' }),
    at: t.exposeString('at', { description: 'As the bill writes it, in Asia/Shanghai: `2026-11-22 10:34:56`.' }),
    orderNumber: t.string({
      nullable: true,
      description: 'Number of the order that it belongs to; null when we know of none.',
      resolve: async ({ paymentId }, _args, context) => {
        if (paymentId === '') return null;
        return (await numberedOrders(context).load(orderIdOfNumber(paymentId)))?.number ?? null;
      },
    }),
    paymentId: t.exposeString('paymentId', { description: 'Our number of the payment; empty in a fund bill.' }),
    refundId: t.exposeString('refundId', { nullable: true, description: 'Our number of the refund.' }),
    amountFen: t.expose('amountFen', { type: 'Fen', description: 'What moved.' }),
    feeFen: t.expose('feeFen', { type: 'Fen', description: 'What the provider keeps of it.' }),
    balanceFen: t.expose('balanceFen', {
      type: 'Fen',
      nullable: true,
      description: 'What the account holds after it; null but in a fund bill.',
    }),
    providerState: t.exposeString('providerState', { description: 'The provider’s own word.' }),
    providerStateText: t.string({
      nullable: true,
      description: 'The same in Chinese, where a refund did not simply arrive: 退款未到买家.',
      resolve: ({ kind, providerState }) => (kind === 'REFUND' ? refundStateText(providerState) : null),
    }),
    state: t.expose('state', { type: BillRowStateType, description: 'How it compares with our books.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: ({ state }) => ROW_STATE_TEXTS[state] }),
  }),
});

const BillRowConnection = connectionType<BillRow, object>(BillRowType, 'BillRow', () => ({}));

const BillBackType = builder.objectRef<BillBack>('BillBack').implement({
  description: 'How a file that was imported by mistake is taken back: asked for by one person, done by another.',
  readers: 'parent',
  fields: (t) => ({
    reason: t.exposeString('reason', { description: 'Why, in the words of who asked.' }),
    askedAt: t.expose('askedAt', { type: 'Instant', description: 'When it was asked for.' }),
    isMine: t.boolean({
      description: 'The reader asked for it, and so cannot do it.',
      resolve: (one, _args, { actor }) => actor.kind === 'person' && actor.memberId === one.askedBy,
    }),
    doneAt: t.expose('doneAt', {
      type: 'Instant',
      nullable: true,
      description: 'When its days were made anew without it.',
    }),
  }),
});

export const BillImportType = builder.objectRef<BillImport>('BillImport').implement({
  description: 'A bill’s file that was imported.',
  readers: fundReaders,
  fields: (t) => ({
    id: t.exposeID('_id', { description: 'Of the bytes: the same file has the same.' }),
    file: t.field({
      type: StoredFileType,
      nullable: true,
      description: 'As it came.',
      resolve: (one, _args, context) => storedFiles(context).load(one.fileId),
    }),
    days: t.stringList({ description: 'Days that it lists, `2026-11-22`.', resolve: (one) => [...one.days] }),
    rowCount: t.exposeInt('rowCount', { description: 'Lines in it.' }),
    addedCount: t.exposeInt('addedCount', { description: 'Lines that no earlier file had brought.' }),
    changedCount: t.int({
      description: 'Refunds under way of which it says more than the files before.',
      resolve: (one) => one.changedCount ?? 0,
    }),
    back: t.field({
      type: BillBackType,
      nullable: true,
      description: 'How it is taken back; null while nobody asked for it.',
      resolve: (one) => one.back ?? null,
    }),
    at: t.expose('at', { type: 'Instant', description: 'When it was in.' }),
  }),
});

const NOTHING: DayDifferences = { openCount: 0, explainedCount: 0, resolvedCount: 0, moneyFen: 0, feeFen: 0 };

const differencesOfDay = requestLoader<DayDifferences>((base, ids) => sumDifferences(base, ids.map(dayOfId)));

/** The files of a page of days, in one read. */
const importsOfDay = requestLoader<readonly BillImport[]>(async (base, ids) => {
  const all = await importsOfDays(base, ids.map(dayOfId));
  const ofDay = (id: string) => all.filter((one) => one.days.some((day) => billDayId({ ...one, day }) === id));
  return new Map(ids.map((id) => [id, ofDay(id)]));
});

function dayOfId(id: string): string {
  return id.slice(id.indexOf('.') + 1);
}

export const BillDayType = builder.objectRef<BillDay>('BillDay').implement({
  description: 'One day of one provider: what its bills say, what our books say, and what is listed between them.',
  readers: fundReaders,
  fields: (t) => ({
    id: t.exposeID('_id', { description: 'Its own.' }),
    provider: t.expose('provider', { type: BillProviderType, description: 'Whose.' }),
    providerText: t.string({ description: 'The same in Chinese.', resolve: (one) => PROVIDER_TEXTS[one.provider] }),
    day: t.exposeString('day', { description: 'In Asia/Shanghai, `2026-11-22`.' }),
    covers: t.field({
      type: [BillKindType],
      description: 'What the imported bills list; only that is compared.',
      resolve: (one) => [...one.covers],
    }),
    tradeCount: t.exposeInt('tradeCount', { description: 'Payments in the bill.' }),
    tradeFen: t.expose('tradeFen', { type: 'Fen', description: 'Their sum.' }),
    refundCount: t.exposeInt('refundCount', { description: 'Refunds in the bill.' }),
    refundFen: t.expose('refundFen', { type: 'Fen', description: 'Their sum, negative.' }),
    theirFen: t.field({
      type: 'Fen',
      description: 'Payments less refunds, by the bill.',
      resolve: (one) => one.tradeFen + one.refundFen,
    }),
    ourCount: t.exposeInt('ourCount', { description: 'Payments and refunds in our books.' }),
    ourFen: t.expose('ourFen', { type: 'Fen', description: 'Payments less refunds, by our books.' }),
    feeFen: t.expose('feeFen', { type: 'Fen', description: 'What the provider kept.' }),
    ourFeeFen: t.expose('ourFeeFen', { type: 'Fen', description: 'What it should have kept at the agreed rate.' }),
    openCount: t.int({
      description: 'Differences that ask for somebody.',
      resolve: async (one, _args, context) => (await listed(one, context)).openCount,
    }),
    explainedCount: t.int({
      description: 'Differences with a reason.',
      resolve: async (one, _args, context) => (await listed(one, context)).explainedCount,
    }),
    resolvedCount: t.int({
      description: 'Differences that later arrivals cured, and matters of two days.',
      resolve: async (one, _args, context) => (await listed(one, context)).resolvedCount,
    }),
    listedFen: t.field({
      type: 'Fen',
      description: 'Ours less theirs, added up over the listed differences.',
      resolve: async (one, _args, context) => (await listed(one, context)).moneyFen,
    }),
    unexplainedFen: t.field({
      type: 'Fen',
      description: 'What ours less theirs and the listed differences differ in: always nothing.',
      resolve: async (one, _args, context) =>
        one.ourFen - one.tradeFen - one.refundFen - (await listed(one, context)).moneyFen,
    }),
    imports: t.field({
      type: [BillImportType],
      description: 'The files that brought it, newest first.',
      resolve: async (one, _args, context) => [...((await importsOfDay(context).load(one._id)) ?? [])],
    }),
  }),
});

builder.objectFields(BillDayType, (t) => ({
  rows: t.field({
    type: BillRowConnection,
    description: 'Its lines in the order of time.',
    args: {
      ...pageArgs(50),
      kind: t.arg({ type: BillKindType, description: 'Only these.' }),
      state: t.arg({ type: BillRowStateType, description: 'Only those that compare so.' }),
    },
    resolve: async ({ provider, day }, args, { base }) => {
      const first = firstOf(args, 50);
      const [at, id] = decodeCursor(args.after) ?? [];
      const after = typeof at === 'string' && typeof id === 'string' ? { at, id } : null;
      const filter = { kind: args.kind ?? null, state: args.state ?? null };
      const rows = await pageOfRows(base, { provider, day, ...filter, first, after });
      return pageOf({
        nodes: rows.slice(0, first),
        cursorOf: (row) => encodeCursor(row.at, row._id),
        hasNextPage: rows.length > first,
        hasPreviousPage: after !== null,
      });
    },
  }),
}));

async function listed(one: BillDay, context: Parameters<typeof differencesOfDay>[0]): Promise<DayDifferences> {
  return (await differencesOfDay(context).load(one._id)) ?? NOTHING;
}

const BillDayConnection = connectionType<BillDay, object>(BillDayType, 'BillDay', () => ({}));

builder.queryFields((t) => ({
  billDays: t.field({
    type: BillDayConnection,
    nullable: true,
    readers: fundReaders,
    description: 'Days with a bill, the newest first.',
    args: pageArgs(31),
    resolve: async (_root, args, { base }) => {
      const first = firstOf(args, 31);
      const [day, id] = decodeCursor(args.after) ?? [];
      const after = typeof day === 'string' && typeof id === 'string' ? { day, id } : null;
      const days = await pageOfDays(base, { first, after });
      return pageOf({
        nodes: days.slice(0, first),
        cursorOf: (one) => encodeCursor(one.day, one._id),
        hasNextPage: days.length > first,
        hasPreviousPage: after !== null,
      });
    },
  }),
  billDay: t.field({
    type: BillDayType,
    nullable: true,
    readers: fundReaders,
    description: 'One day of one provider; null where no bill of it was imported.',
    args: {
      provider: t.arg({ type: BillProviderType, required: true, description: 'Whose.' }),
      day: t.arg.string({ required: true, description: 'In Asia/Shanghai, `2026-11-22`.' }),
    },
    resolve: async (_root, { provider, day }, { base }) => {
      const id = billDayId({ provider, day });
      return (await readBillDays(base, [id])).get(id) ?? null;
    },
  }),
}));
