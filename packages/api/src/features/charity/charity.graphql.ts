import type { FieldMap } from '@pothos/core';
import { builder } from '../../graphql/builder.js';
import { connectionType, pageArgs } from '../../graphql/connection.js';
import { requestLoader } from '../../graphql/loader.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from '../../graphql/paging.js';
import { owner } from '../../graphql/readers.js';
import { publicSponsorName } from '../agreements/index.js';
import { agreementById, AgreementType, MatchUnitType } from '../agreements/agreements.graphql.js';
import { type MatchPlace, readMatchPlaces } from '../batches/index.js';
import { type Order, readOrders } from '../orders/index.js';
import { MemberType } from '../portal/portal.graphql.js';
import {
  MATCH_STATES,
  type MatchPosition,
  type MatchRecord,
  type MatchState,
  type MatchStep,
  matchStateText,
  matchSteps,
  readMatchedByAgreement,
  readMatches,
  readMatchesByIds,
  shownState,
  sumMatches,
} from './index.js';

export const MatchStateType = builder.enumType('MatchState', {
  description: 'The way of a matched yuan (rule 7). VOID: given back before it was in a batch.',
  values: MATCH_STATES,
});

const MatchStepType = builder.objectRef<MatchStep>('MatchStep').implement({
  description: 'One step of the way.',
  readers: 'parent',
  fields: (t) => ({
    state: t.expose('state', { type: MatchStateType, description: 'Which.' }),
    text: t.exposeString('text', { description: 'In Chinese.' }),
    at: t.expose('at', { type: 'Instant', nullable: true, description: 'When it was reached.' }),
    done: t.exposeBoolean('done', { description: 'It was reached.' }),
  }),
});

/** The orders behind a page of matches, in one read. */
const orderById = requestLoader<Order>(
  async (base, ids) => new Map((await readOrders(base, ids)).map((order) => [order._id, order])),
);

/** Where batches put the matches of a page, in two reads. */
export const placeOfMatch = requestLoader<MatchPlace>(readMatchPlaces);

/** What the buyer and the fund read alike of a match. */
export function matchFields(
  t: PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, MatchRecord>,
): FieldMap {
  const stateOf = async (match: MatchRecord, context: Parameters<typeof placeOfMatch>[0]): Promise<MatchState> =>
    shownState(match, await placeOfMatch(context).load(match._id));
  return {
    amountFen: t.field({
      type: 'Fen',
      description: 'What stands, less undone.',
      resolve: (match) => match.amountFen - match.undoneFen,
    }),
    undoneFen: t.expose('undoneFen', { type: 'Fen', description: 'What refunds undid of it.' }),
    unit: t.expose('unit', { type: MatchUnitType, description: 'For what.' }),
    unitCount: t.exposeInt('unitCount', { description: 'For how many.' }),
    state: t.field({
      type: MatchStateType,
      description: 'Where it stands.',
      resolve: (match, _args, context) => stateOf(match, context),
    }),
    stateText: t.string({
      description: 'The same in Chinese.',
      resolve: async (match, _args, context) => matchStateText(await stateOf(match, context)),
    }),
    at: t.expose('at', { type: 'Instant', description: 'When the purchase was settled.' }),
    productTitle: t.string({
      nullable: true,
      description: 'The product it was for; null when it was for the whole order.',
      resolve: (match, _args, context) => matchedTitle(match, context),
    }),
  };
}

/** What the match was for: the line's title, null when it was for the whole order. Never the rest of the basket. */
export async function matchedTitle(
  match: MatchRecord,
  context: Parameters<typeof orderById>[0],
): Promise<string | null> {
  if (match.lineId === null) return null;
  const order = await orderById(context).load(match.orderId);
  return order?.lines.find((line) => line.lineId === match.lineId)?.title ?? null;
}

export async function matchedOrderNumber(
  match: MatchRecord,
  context: Parameters<typeof orderById>[0],
): Promise<string> {
  return (await orderById(context).load(match.orderId))?.number ?? '';
}

export const MatchType = builder.objectRef<MatchRecord>('Match');

builder.node(MatchType, {
  name: 'Match',
  description:
    'Yuan that an own purchase made a sponsor give, and where they stand. The donor is the sponsor (rule 6).',
  readers: owner((match) => match.memberId),
  id: { resolve: (match) => match._id },
  loadOne: async (id, { base }) => (await readMatchesByIds(base, [id]))[0] ?? null,
  fields: (t) => ({
    ...matchFields(t),
    batchId: t.string({
      nullable: true,
      description: 'Number of the monthly batch that took it, `B202610`; null before.',
      resolve: async (match, _args, context) => (await placeOfMatch(context).load(match._id))?.batchId ?? null,
    }),
    sponsorName: t.string({
      description: 'The donor, without the name where it refused to be named (慈善法 art. 82).',
      resolve: async (match, _args, context) => {
        const agreement = await agreementById(context).load(match.agreementId);
        return agreement ? publicSponsorName(agreement) : '';
      },
    }),
    fundName: t.string({
      description: 'Who receives it.',
      resolve: async (match, _args, context) => (await agreementById(context).load(match.agreementId))?.fundName ?? '',
    }),
    steps: t.field({
      type: [MatchStepType],
      description: 'Its way, reached or not.',
      resolve: async (match, _args, context) => matchSteps(match, await placeOfMatch(context).load(match._id)),
    }),
  }),
});

const MatchConnection = connectionType<MatchRecord, { readonly total: () => Promise<number> }>(
  MatchType,
  'Match',
  (t) => ({
    totalFen: t.field({ type: 'Fen', description: 'Of all of them, less undone.', resolve: (page) => page.total() }),
  }),
);

builder.objectField(MemberType, 'matches', (t) =>
  t.field({
    type: MatchConnection,
    description: 'Each yuan that own purchases made sponsors give, newest first. Projected.',
    args: pageArgs(20),
    resolve: async ({ memberId }, args, { base }) => {
      const first = firstOf(args, 20);
      const after = matchPosition(args.after);
      const found = await readMatches(base, { filter: { memberId }, first, after });
      return {
        ...matchPage(found, { first, after }),
        total: async () => (await sumMatches(base, { memberId })).leftFen,
      };
    },
  }),
);

/** Of one more than `first`, a page. */
export function matchPage(found: readonly MatchRecord[], asked: { first: number; after: MatchPosition | null }) {
  return pageOf({
    nodes: found.slice(0, asked.first),
    cursorOf: (match) => encodeCursor(match.at.getTime(), match._id),
    hasNextPage: found.length > asked.first,
    hasPreviousPage: asked.after !== null,
  });
}

export function matchPosition(cursor: string | null | undefined): MatchPosition | null {
  const [atMs, matchId] = decodeCursor(cursor) ?? [];
  return typeof atMs === 'number' && typeof matchId === 'string' ? { atMs, matchId } : null;
}

/** What each agreement has matched, in one read. */
const matchedOf = requestLoader<number>((base) => readMatchedByAgreement(base));

builder.objectFields(AgreementType, (t) => ({
  matchedFen: t.field({
    type: 'Fen',
    description: 'Matched and not undone. Projected.',
    resolve: async (agreement, _args, context) => (await matchedOf(context).load(agreement._id)) ?? 0,
  }),
  heldFen: t.field({
    type: 'Fen',
    description: 'Promised to orders that are not paid yet.',
    resolve: async (agreement, _args, context) => {
      const matchedFen = (await matchedOf(context).load(agreement._id)) ?? 0;
      // What was settled a moment ago is not projected yet: it still shows as held, never as less than nothing.
      return Math.max(0, agreement.capFen - agreement.leftFen - matchedFen);
    },
  }),
}));
