import { ClientProblem, type Client } from '../../client/index.js';
import type { PageWish, RowsPage } from '../orders/paged-rows.js';
import type { MatchParts } from '../order/order.documents.js';
import {
  MatchesQuery,
  PointsQuery,
  RecordsQuery,
  type HelpRecord,
  type LoveParts,
  type PointsEntry,
} from './love.documents.js';

export type LoveTab = 'records' | 'points' | 'matches';

export type LoveRow =
  | { readonly tab: 'records'; readonly row: HelpRecord }
  | { readonly tab: 'points'; readonly row: PointsEntry }
  | { readonly tab: 'matches'; readonly row: MatchParts };

type LovePage = RowsPage<LoveRow, LoveParts>;

/** One part of my love with the figures above it, in one request. */
export const readLove = async (client: Client, tab: LoveTab, wish: PageWish): Promise<LovePage> => {
  const { first, after, signal } = wish;
  const options = signal ? { signal } : {};
  if (tab === 'points') {
    const me = present((await client.send(PointsQuery, { first, after }, options)).me);
    return page(me, me.points, null, (row) => ({ tab, row }));
  }
  if (tab === 'matches') {
    const me = present((await client.send(MatchesQuery, { first, after }, options)).me);
    return page(me, me.matches, null, (row) => ({ tab, row }));
  }
  const me = present((await client.send(RecordsQuery, { first, after }, options)).me);
  return page(me, me.helpRecords, me.helpRecords.totalCount, (row) => ({ tab, row }));
};

const present = <Me>(me: Me | null): Me => {
  if (me === null) throw new ClientProblem('signed-out', 'my love belongs to a member');
  return me;
};

interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const page = <Node>(
  head: LoveParts,
  { edges, pageInfo }: Connection<Node>,
  total: number | null,
  rowOf: (node: Node) => LoveRow,
): LovePage => ({
  head,
  rows: edges.map(({ node }) => rowOf(node)),
  next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
  total,
});
