import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import type { GraphqlContext } from '../../graphql/context.js';
import { globalId, localId } from '../../graphql/global-id.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { secretaryOf } from '../../graphql/readers.js';
import type { Base } from '../../kernel/context.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { OrganisationType } from '../portal/portal.graphql.js';
import {
  displayNameMasked,
  countMembersWithin,
  findChildren,
  membersByIds,
  type Organisation,
  organisationsByIds,
} from '../portal/index.js';
import {
  countBuyers,
  countOrganisationRecords,
  type HelpRecord,
  type ListPosition,
  readMonthsOf,
  readOrganisationRecords,
  readShownMonths,
  type ShownMonth,
} from './index.js';
import { monthBefore, monthOf } from './months.graphql.js';
import { HelpRecordKindType, recordText } from './records.graphql.js';

/** An organisation in one month. */
export interface BranchInMonth {
  readonly organisation: Organisation;
  readonly month: string;
}

export interface MonthTotals extends BranchInMonth {
  readonly sums: ShownMonth;
}

/** A year and the month before it, so that the first of them has something to stand beside. */
const HISTORY_MONTHS = 13;

const branchReaders = secretaryOf<BranchInMonth>(({ organisation }) => [...organisation.ancestorIds, organisation._id]);

const UntoldType = builder.enumType('Untold', {
  description: 'Why a sum of money is not told: it would be one person’s, or become so beside another sum.',
  values: {
    MONTH_OPEN: { description: 'The month is told from the second day after its end on.' },
    FEW_BUYERS: { description: 'Fewer than five bought, or fewer than five beside those of the sums told below.' },
  },
});

/** The figures of a month as three types show them. */
const SALES = 'What was paid in the month, less what came back within it. Null: see `untold`.';
const MATCHED =
  'Matched by sponsors for it. Null where `salesFen` is, and where fewer than five had something matched.';

const BranchTotalsType = builder.objectRef<MonthTotals>('BranchTotals').implement({
  description: 'What the members of an organisation and of all below it did in a month, as they were on that day.',
  readers: branchReaders,
  fields: (t) => ({
    purchaseCount: t.int({
      description: 'Purchases up to yesterday, less those given back whole.',
      resolve: ({ sums }) => sums.purchaseCount,
    }),
    salesFen: t.field({ type: 'Fen', nullable: true, description: SALES, resolve: ({ sums }) => sums.salesFen }),
    matchedFen: t.field({ type: 'Fen', nullable: true, description: MATCHED, resolve: ({ sums }) => sums.matchedFen }),
    untold: t.field({
      type: UntoldType,
      nullable: true,
      description: 'Why `salesFen` is null; null where it is told.',
      resolve: ({ sums }) => sums.untold,
    }),
    points: t.int({
      description: 'Sum of its members’ points up to yesterday (rule 4).',
      resolve: ({ sums }) => sums.points,
    }),
    buyerCount: t.int({
      nullable: true,
      description: 'How many members took part up to yesterday: a number, never a list of who did not (rule 1).',
      resolve: (branch, _args, { base }) => countBuyers(base, listOf(branch, base)),
    }),
  }),
});

const BranchMonthType = builder.objectRef<MonthTotals>('BranchMonth').implement({
  description: 'One month of the history.',
  readers: branchReaders,
  fields: (t) => ({
    month: t.exposeString('month', { description: '`2026-11`' }),
    purchaseCount: t.int({ description: 'Purchases.', resolve: ({ sums }) => sums.purchaseCount }),
    salesFen: t.field({ type: 'Fen', nullable: true, description: SALES, resolve: ({ sums }) => sums.salesFen }),
    matchedFen: t.field({ type: 'Fen', nullable: true, description: MATCHED, resolve: ({ sums }) => sums.matchedFen }),
    points: t.int({ description: 'Points.', resolve: ({ sums }) => sums.points }),
  }),
});

const BranchUnitType = builder.objectRef<MonthTotals>('BranchUnit').implement({
  description: 'An organisation directly below. Units may be compared; persons may not (rule 1).',
  readers: branchReaders,
  fields: (t) => ({
    organisation: t.field({
      type: OrganisationType,
      description: 'Which one.',
      resolve: ({ organisation }) => organisation,
    }),
    purchaseCount: t.int({ description: 'Purchases.', resolve: ({ sums }) => sums.purchaseCount }),
    salesFen: t.field({ type: 'Fen', nullable: true, description: SALES, resolve: ({ sums }) => sums.salesFen }),
    matchedFen: t.field({ type: 'Fen', nullable: true, description: MATCHED, resolve: ({ sums }) => sums.matchedFen }),
    points: t.int({ description: 'Points.', resolve: ({ sums }) => sums.points }),
  }),
});

interface BranchRecord extends HelpRecord {
  readonly inMonth: BranchInMonth;
}

const BranchRecordType = builder.objectRef<BranchRecord>('BranchRecord').implement({
  description:
    'The fact, the count, the points. There is no basket in it, no money, no hour, and no way from here to one (rule 1).',
  readers: { ...branchReaders, allows: (actor, { inMonth }) => branchReaders.allows(actor, inMonth) },
  fields: (t) => ({
    id: t.id({ description: 'Opaque.', resolve: (record) => globalId('BranchRecord', record.listKey) }),
    memberName: t.string({
      description: 'Who, masked as the portal masks names (张*三); empty when the person was erased.',
      resolve: async (record, _args, { base }) => {
        const [member] = await membersByIds(base, [record.memberId]);
        return member ? displayNameMasked(member.displayName) : '';
      },
    }),
    kind: t.expose('kind', { type: HelpRecordKindType, description: 'What it is about.' }),
    text: t.string({ description: 'What it says in a line.', resolve: (record) => recordText(record.kind) }),
    day: t.exposeString('day', { description: 'Day on which it was settled, `2026-11-22`; no finer (rule 1).' }),
    points: t.int({
      description: 'Points it earned, less those taken back up to yesterday.',
      resolve: (record, _args, { base }) => asOfYesterday(record, base).points,
    }),
    withdrawn: t.boolean({
      description: 'All of it was given back, up to yesterday.',
      resolve: (record, _args, { base }) => asOfYesterday(record, base).withdrawn,
    }),
  }),
});

interface Counted {
  readonly count: () => Promise<number>;
}

const BranchRecordConnection = connectionType<BranchRecord, Counted>(BranchRecordType, 'BranchRecord', (t) => ({
  totalCount: t.int({ description: 'All of the month up to yesterday.', resolve: (page) => page.count() }),
}));

const BranchType = builder.objectRef<BranchInMonth>('Branch').implement({
  description: 'The record of an organisation and of all below it in one month, for its secretary.',
  readers: branchReaders,
  fields: (t) => ({
    organisation: t.field({
      type: OrganisationType,
      description: 'Which one.',
      resolve: ({ organisation }) => organisation,
    }),
    month: t.exposeString('month', { description: '`2026-11`, in Asia/Shanghai.' }),
    months: t.stringList({
      description: 'Months with something in them, and this one; newest first.',
      resolve: async ({ organisation, month }, _args, { base }) =>
        [...new Set([...(await readMonthsOf(base, organisation._id)), month])].sort().reverse(),
    }),
    memberCount: t.int({
      description: 'Members who belong to it or below it now.',
      resolve: ({ organisation }, _args, { base }) => countMembersWithin(base, organisation._id, base.clock()),
    }),
    totals: t.field({
      type: BranchTotalsType,
      description: 'This month.',
      resolve: async (branch, _args, context) => one(await totalsOf(context, [branch])),
    }),
    previous: t.field({
      type: BranchTotalsType,
      description: 'The month before.',
      resolve: async (branch, _args, context) =>
        one(await totalsOf(context, [{ ...branch, month: monthBefore(branch.month, 1) }])),
    }),
    history: t.field({
      type: [BranchMonthType],
      description: 'The last thirteen months, oldest first.',
      resolve: ({ organisation, month }, _args, context) => {
        const months = Array.from({ length: HISTORY_MONTHS }, (_, back) => monthBefore(month, back)).reverse();
        return totalsOf(
          context,
          months.map((one) => ({ organisation, month: one })),
        );
      },
    }),
    units: t.field({
      type: [BranchUnitType],
      description: 'The organisations directly below, by name.',
      resolve: async ({ organisation, month }, _args, context) => {
        const children = await findChildren(context.base, organisation._id);
        return totalsOf(
          context,
          children.map((child) => ({ organisation: child, month })),
        );
      },
    }),
    records: t.field({
      type: BranchRecordConnection,
      description: 'The month’s records up to yesterday, newest day first; within a day in an order that says nothing.',
      args: pageArgs(20),
      resolve: (branch, args, context) => recordPage(context, branch, args),
    }),
    asOf: t.field({
      type: 'Instant',
      description: 'When these figures were read; a block of entries may be on its way.',
      resolve: (_branch, _args, { base }) => new Date(base.clock()),
    }),
  }),
});

builder.queryField('branch', (t) =>
  t.field({
    type: BranchType,
    nullable: true,
    readers: 'public',
    description: 'An organisation’s record. Null when the person is no secretary of it or of one above it.',
    args: {
      organisationId: t.arg.id({ description: 'Left out: the first organisation of the secretary’s role.' }),
      month: t.arg.string({ description: '`2026-11`; left out: this month in Asia/Shanghai.' }),
    },
    resolve: async (_root, args, { base, actor }) => {
      const role = actor.kind === 'person' ? actor.roles.find((one) => one.name === 'secretary') : undefined;
      if (!role) return null;
      const month = monthOf(args.month, base.clock());
      const organisationId = args.organisationId ? localId('Organisation', args.organisationId) : role.organisationId;
      const [organisation] = await organisationsByIds(base, [organisationId]);
      const branch = organisation && { organisation, month };
      return branch && branchReaders.allows(actor, branch) ? branch : null;
    },
  }),
);

async function recordPage(
  { base }: GraphqlContext,
  branch: BranchInMonth,
  args: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
) {
  const query = listOf(branch, base);
  const first = firstOf(args, 20);
  const after = positionOf(args.after);
  const found = await readOrganisationRecords(base, { ...query, first, after });
  return {
    ...pageOf({
      nodes: found.slice(0, first).map((record) => ({ ...record, inMonth: branch })),
      cursorOf: ({ day, listKey }) => encodeCursor(day, listKey),
      hasNextPage: found.length > first,
      hasPreviousPage: after !== null,
    }),
    count: () => countOrganisationRecords(base, query),
  };
}

/** What is listed: days that are over, so that nobody sees a line appear in the hour of its purchase. */
function listOf({ organisation, month }: BranchInMonth, base: Base) {
  return { organisationId: organisation._id, month, beforeDay: shanghaiDay(base.clock()) };
}

function positionOf(cursor: string | null | undefined): ListPosition | null {
  const [day, listKey] = decodeCursor(cursor) ?? [];
  return typeof day === 'string' && typeof listKey === 'string' ? { day, listKey } : null;
}

/** A refund of today is read from tomorrow on, as a purchase is. */
function asOfYesterday(record: HelpRecord, base: Base): Pick<HelpRecord, 'points' | 'withdrawn'> {
  const { changedOn, before } = record;
  return before && changedOn !== null && changedOn >= shanghaiDay(base.clock()) ? before : record;
}

/** The sums of each, in one read. */
async function totalsOf({ base }: GraphqlContext, wanted: readonly BranchInMonth[]): Promise<MonthTotals[]> {
  const found = await readShownMonths(base, {
    organisationIds: [...new Set(wanted.map((one) => one.organisation._id))],
    months: [...new Set(wanted.map((one) => one.month))],
  });
  return wanted.map((one) => {
    const sums = found.get(`${one.organisation._id}|${one.month}`);
    if (!sums) throw new Error('a month was asked for and none came');
    return { ...one, sums };
  });
}

function one(totals: readonly MonthTotals[]): MonthTotals {
  if (!totals[0]) throw new Error('one month was asked for and none came');
  return totals[0];
}
