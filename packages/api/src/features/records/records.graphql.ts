import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { requestLoader } from '../../graphql/loader.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { owner } from '../../graphql/readers.js';
import { OrderType } from '../orders/orders.graphql.js';
import { type Order, readOrders } from '../orders/index.js';
import { MemberType } from '../portal/portal.graphql.js';
import { organisationsByIds } from '../portal/index.js';
import {
  countMemberRecords,
  type HelpRecord,
  type HelpRecordKind,
  readMemberRecords,
  readRecordsByIds,
  type RecordPosition,
} from './index.js';

const KINDS: Readonly<Record<HelpRecordKind, { readonly text: string; readonly description: string }>> = {
  PURCHASE: { text: '消费帮扶', description: 'A purchase. It is not volunteer service and carries no hours (rule 3).' },
  REVIEW: { text: '评价推荐', description: 'A review or a recommendation.' },
  ACTIVITY: { text: '帮扶活动', description: 'An activity attended.' },
  SERVICE: { text: '志愿服务', description: 'Organised service, with hours that its organiser certifies.' },
};

export const HelpRecordKindType = builder.enumType('HelpRecordKind', {
  description: 'What a help record is about.',
  values: KINDS,
});

export function recordText(kind: HelpRecordKind): string {
  return KINDS[kind].text;
}

const orderById = requestLoader<Order>(
  async (base, ids) => new Map((await readOrders(base, ids)).map((order) => [order._id, order])),
);

export const HelpRecordType = builder.objectRef<HelpRecord>('HelpRecord');

builder.node(HelpRecordType, {
  name: 'HelpRecord',
  description: 'One line of the 志愿帮扶记录, read by the member it belongs to. The branch reads `BranchRecord`.',
  readers: owner((record) => record.memberId),
  id: { resolve: (record) => record._id },
  loadOne: async (id, { base }) => (await readRecordsByIds(base, [id]))[0] ?? null,
  fields: (t) => ({
    kind: t.expose('kind', { type: HelpRecordKindType, description: 'What it is about.' }),
    title: t.string({
      description: 'What it says in a line; what was bought is in `order`.',
      resolve: async (record, _args, context) => {
        const lines = (await orderById(context).load(record.orderId))?.lines ?? [];
        const more = lines.length > 1 ? `等 ${lines.length} 种` : '';
        return lines[0] ? `购买${lines[0].title}${more}` : recordText(record.kind);
      },
    }),
    at: t.expose('at', { type: 'Instant', description: 'When it was settled.' }),
    organisationName: t.string({
      description: 'The member’s organisation on that day, by today’s name (rule 2).',
      resolve: async (record, _args, { base }) =>
        (await organisationsByIds(base, [record.organisationId]))[0]?.name ?? '',
    }),
    points: t.exposeInt('points', { description: 'Points it earned, less those taken back.' }),
    matchedFen: t.expose('matchedFen', { type: 'Fen', description: 'What sponsors matched, less what became void.' }),
    purchaseFen: t.expose('purchaseFen', {
      type: 'Fen',
      nullable: true,
      description: 'What was paid, less refunds; null for other kinds.',
    }),
    withdrawn: t.exposeBoolean('withdrawn', { description: 'All of it was given back. The line stays and says so.' }),
    order: t.field({
      type: OrderType,
      nullable: true,
      description: 'What was bought.',
      resolve: async (record, _args, context) => orderById(context).load(record.orderId),
    }),
  }),
});

interface Counted {
  /** Counted only when it is asked for. */
  readonly count: () => Promise<number>;
}

const HelpRecordConnection = connectionType<HelpRecord, Counted>(HelpRecordType, 'HelpRecord', (t) => ({
  totalCount: t.int({ description: 'All of them.', resolve: (page) => page.count() }),
}));

builder.objectField(MemberType, 'helpRecords', (t) =>
  t.field({
    type: HelpRecordConnection,
    description: 'Own help records, newest first. Projected: a new one follows within a second.',
    args: pageArgs(20),
    resolve: async ({ memberId }, args, { base }) => {
      const first = firstOf(args, 20);
      const after = recordPosition(args.after);
      const found = await readMemberRecords(base, { memberId, first, after });
      return {
        ...pageOf({
          nodes: found.slice(0, first),
          cursorOf: recordCursor,
          hasNextPage: found.length > first,
          hasPreviousPage: after !== null,
        }),
        count: () => countMemberRecords(base, memberId),
      };
    },
  }),
);

function recordCursor(record: Pick<HelpRecord, '_id' | 'at'>): string {
  return encodeCursor(record.at.getTime(), record._id);
}

function recordPosition(cursor: string | null | undefined): RecordPosition | null {
  const [atMs, recordId] = decodeCursor(cursor) ?? [];
  return typeof atMs === 'number' && typeof recordId === 'string' ? { atMs, recordId } : null;
}
