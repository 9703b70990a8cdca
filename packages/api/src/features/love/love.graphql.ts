import type { Award } from '@aixin/points-engine';
import { builder } from '../../graphql/builder.js';
import type { GraphqlContext } from '../../graphql/context.js';
import { requestLoader } from '../../graphql/loader.js';
import { owner } from '../../graphql/readers.js';
import { MatchType } from '../charity/charity.graphql.js';
import { matchesOf, type MatchRecord, readMatchesOfEntries } from '../charity/index.js';
import { type Entry, type Head, type PurchaseEntry, readHead } from '../journal/index.js';
import { OrderType } from '../orders/orders.graphql.js';
import { RefundType } from '../orders/refunds.graphql.js';
import { pointsLeftToday } from '../points/index.js';
import { MemberType } from '../portal/portal.graphql.js';
import { organisationsByIds } from '../portal/index.js';
import { recordOf } from '../records/index.js';
import { HelpRecordType } from '../records/records.graphql.js';
import { effectEntryId, readEntriesById, refundEntryId } from './index.js';

/** What a day without a cap still allows: more than anyone can earn. */
const NO_CAP = 1_000_000;

const entryById = requestLoader<Entry>(readEntriesById);

/** The projected matches of purchases, in one read; a purchase of this second has none there yet. */
const matchesByEntry = requestLoader<MatchRecord[]>(async (base, ids) => {
  const found = new Map<string, MatchRecord[]>();
  for (const match of await readMatchesOfEntries(base, ids)) {
    found.set(match.entryId, [...(found.get(match.entryId) ?? []), match]);
  }
  return found;
});

const AwardType = builder.objectRef<Award>('Award').implement({
  description: 'Points that one rule gave.',
  readers: 'parent',
  fields: (t) => ({
    ruleId: t.exposeString('ruleId', { description: 'The rule.' }),
    version: t.exposeString('version', { description: 'Its version: a later one changes nothing here (rule 4).' }),
    points: t.exposeInt('points', { description: 'How many.' }),
    reason: t.exposeString('reason', { description: 'Why, in a sentence.' }),
  }),
});

const sum = (awards: readonly { readonly points: number }[]): number =>
  awards.reduce((total, one) => total + one.points, 0);

const PurchaseEffectType = builder.objectRef<PurchaseEntry>('PurchaseEffect').implement({
  description: '您的这次购买: what this purchase did, as it was settled. Refunds undo their share and stand beside it.',
  readers: owner((entry) => entry.memberId),
  fields: (t) => ({
    record: t.field({
      type: HelpRecordType,
      description: 'The line in the help record.',
      resolve: (entry) => recordOf(entry),
    }),
    recordOrdinal: t.int({ description: '第 n 条 of the member.', resolve: (entry) => entry.after.recordCount }),
    organisationName: t.string({
      description: 'Whose record it is in too: the member’s organisation of that day.',
      resolve: async (entry, _args, { base }) =>
        (await organisationsByIds(base, [entry.organisationId]))[0]?.name ?? '',
    }),
    points: t.int({ description: 'Points it earned.', resolve: (entry) => sum(entry.awards) }),
    awards: t.field({
      type: [AwardType],
      description: 'Each with its rule and why.',
      resolve: (entry) => entry.awards,
    }),
    notAwarded: t.stringList({
      description: 'Rules that gave nothing, and why not, a sentence each.',
      resolve: (entry) => entry.declined.map((one) => one.reason),
    }),
    balanceAfter: t.int({ description: 'The balance right after.', resolve: (entry) => entry.after.pointsBalance }),
    pointsLeftToday: t.int({
      description: 'Points that purchases could still earn that day; 1,000,000 without a cap.',
      resolve: (entry, _args, { base }) => pointsLeftToday(base, entry.after.tallies) ?? NO_CAP,
    }),
    matchedFen: t.field({
      type: 'Fen',
      description: 'What it made sponsors give.',
      resolve: (entry) => entry.matches.reduce((total, one) => total + one.amountFen, 0),
    }),
    matches: t.field({
      type: [MatchType],
      description: 'Each yuan, and where it stands now.',
      resolve: async (entry, _args, context) => (await matchesByEntry(context).load(entry._id)) ?? matchesOf(entry, 0),
    }),
    settledAt: t.expose('at', { type: 'Instant', description: 'When it was settled.' }),
  }),
});

builder.objectField(OrderType, 'effect', (t) =>
  t.field({
    type: PurchaseEffectType,
    nullable: true,
    readers: owner((order) => order.memberId),
    description: 'What the purchase did; null until it is settled.',
    resolve: async (order, _args, context) => {
      const id = effectEntryId(order);
      const entry = id === null ? null : await entryById(context).load(id);
      return entry?.kind === 'purchase' ? entry : null;
    },
  }),
);

builder.objectFields(RefundType, (t) => ({
  pointsTakenBack: t.int({
    readers: owner(({ order }) => order.memberId),
    description: 'Points that went back with it: exactly what these pieces earned. 0 until the money went back.',
    resolve: async ({ order, refund }, _args, context) =>
      sum((await refundEntry(context, refundEntryId(order, refund)))?.awards ?? []),
  }),
  matchUndoneFen: t.field({
    type: 'Fen',
    readers: owner(({ order }) => order.memberId),
    description: 'What sponsors need not give any more. 0 until the money went back.',
    resolve: async ({ order, refund }, _args, context) =>
      ((await refundEntry(context, refundEntryId(order, refund)))?.matches ?? []).reduce(
        (total, one) => total + one.amountFen,
        0,
      ),
  }),
}));

async function refundEntry(context: GraphqlContext, id: string | null) {
  const entry = id === null ? null : await entryById(context).load(id);
  return entry?.kind === 'refund' ? entry : null;
}

interface Love extends Head {
  readonly memberId: string;
}

const LoveType = builder.objectRef<Love>('Love').implement({
  description: 'My love at a glance, straight from the journal: exact in the moment it is read.',
  readers: owner((love) => love.memberId),
  fields: (t) => ({
    recordCount: t.int({ description: 'Help records ever made.', resolve: ({ after }) => after.recordCount }),
    pointsBalance: t.int({
      description: 'May be negative: a debt stays visible (rule 4).',
      resolve: ({ after }) => after.pointsBalance,
    }),
    matchedFen: t.field({
      type: 'Fen',
      description: 'Matched by sponsors, less undone.',
      resolve: ({ after }) => after.matchedFen,
    }),
    purchaseCount: t.int({
      description: 'Purchases, less those given back whole.',
      resolve: ({ after }) => after.purchaseCount,
    }),
    pointsLeftToday: t.int({
      description: 'Points that purchases can still earn today; 1,000,000 without a cap.',
      resolve: ({ after }, _args, { base }) => pointsLeftToday(base, after.tallies) ?? NO_CAP,
    }),
    asOf: t.field({
      type: 'Instant',
      description: 'When it was read.',
      resolve: (_love, _args, { base }) => new Date(base.clock()),
    }),
  }),
});

builder.objectField(MemberType, 'love', (t) =>
  t.field({
    type: LoveType,
    description: 'All of it at a glance.',
    resolve: async ({ memberId }, _args, { base }) => ({ ...(await readHead(base, memberId)), memberId }),
  }),
);
