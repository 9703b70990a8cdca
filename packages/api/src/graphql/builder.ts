import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import RelayPlugin from '@pothos/plugin-relay';
import { GraphQLError, Kind } from 'graphql';
import type { GraphqlContext } from './context.js';
import { requestError } from './errors.js';
import { globalId } from './global-id.js';
import { nodeTypeOf } from './node-types.js';
import { MAX_PAGE } from './paging.js';
import { RATE_LIMIT_PLUGIN } from './rate-limit-plugin.js';
import { READERS_PLUGIN } from './readers-plugin.js';
import { TEXT_PLUGIN } from './text-plugin.js';

/** What one operation may cost: a page of a hundred orders with their lines fits, a tree of lists in lists does not. */
const MOST_COMPLEXITY = 25_000;

/** A list without `first` (lines of an order, steps of a yuan) is taken for this long. */
const USUAL_LIST = 5;

export const builder = new SchemaBuilder<{
  Context: GraphqlContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    Fen: { Input: number; Output: number };
    Instant: { Input: Date; Output: Date };
  };
}>({
  plugins: [READERS_PLUGIN, RATE_LIMIT_PLUGIN, TEXT_PLUGIN, RelayPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  relay: {
    cursorType: 'String',
    encodeGlobalID: (typeName, id) => globalId(typeName, String(id)),
    // Our own `node` field checks the reader before anything is told; see node.graphql.ts.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    nodeTypeOptions: {
      description: 'Something with an id of its own, that `node` finds again.',
      readers: 'parent',
      resolveType: (value: unknown) => nodeTypeOf(value),
    },
    pageInfoTypeOptions: { description: 'Where a page stands in its list.', readers: 'parent' },
    idFieldOptions: { description: 'Opaque and stable. Give it back as it came.' },
    hasNextPageFieldOptions: { description: 'More follows.' },
    hasPreviousPageFieldOptions: { description: 'This is not the first page.' },
    startCursorFieldOptions: { description: 'Of the first entry; null when the page is empty.' },
    endCursorFieldOptions: { description: 'Of the last entry; null when the page is empty.' },
  },
  complexity: {
    limit: { complexity: MOST_COMPLEXITY },
    defaultComplexity: 1,
    defaultListMultiplier: USUAL_LIST,
    fieldComplexity: (args: Record<string, unknown>, _context, field) => {
      // A page's cost is its length; `edges` inside it is no second list.
      if (typeof args['first'] === 'number') return { field: 1, multiplier: Math.min(args['first'], MAX_PAGE) };
      // Null stands for the usual length, which each list knows for itself: none is longer than this.
      if ('first' in args) return { field: 1, multiplier: MAX_PAGE };
      if (field.name === 'edges') return { field: 0, multiplier: 1 };
      return { field: 1 };
    },
    complexityError: () => requestError('QUERY_TOO_COMPLEX', '一次查询的内容太多，请减少条数或分几次查询。', 400),
  },
});

builder.scalarType('Fen', {
  description: 'Money: whole fen (1 yuan = 100 fen) as a JSON number, a safe integer. Sums exceed 32 bits.',
  serialize: (value) => wholeFen(value),
  parseValue: (value) => wholeFen(value),
  parseLiteral: (node) => wholeFen(node.kind === Kind.INT ? Number(node.value) : undefined),
});

builder.scalarType('Instant', {
  description:
    'A moment: ISO 8601 in UTC, as `2026-11-22T04:05:06.000Z`. Days and months are counted in Asia/Shanghai.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(ms)) throw requestError('BAD_REQUEST', '时间格式不正确，请使用 ISO 8601 格式。');
    return new Date(ms);
  },
});

function wholeFen(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new GraphQLError('金额必须是整数分。', { extensions: { code: 'BAD_REQUEST' } });
}

builder.queryType({ description: 'Reading. The shelf is open to all of the portal; the rest says who reads it.' });
builder.mutationType({
  description:
    'Doing. Every result is the thing done, or a refusal in plain Chinese; `RATE_LIMITED` and `TEXT_INVALID` (half of a ' +
    'character, or NUL) may be any field’s.',
});
builder.subscriptionType({ description: 'Living states over server-sent events.' });
