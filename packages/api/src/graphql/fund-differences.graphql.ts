import type { Base } from '../kernel/context.js';
import { builder } from './builder.js';
import { connectionType, pageArgs } from './connection.js';
import { decodeCursor, encodeCursor, firstOf, pageOf } from './paging.js';
import { FUND_ROLES, roles } from './readers.js';

const DIFFERENCE_SOURCES = ['BILL', 'BANK', 'LEDGER'] as const;
export type DifferenceSourceName = (typeof DIFFERENCE_SOURCES)[number];
const STATES = ['OPEN', 'EXPLAINED', 'RESOLVED'] as const;
export type FundDifferenceState = (typeof STATES)[number];

/** Two figures of the same thing that are not the same, from wherever in the fund. */
export interface FundDifference {
  readonly id: string;
  readonly source: DifferenceSourceName;
  /** The accounting day in Asia/Shanghai. */
  readonly day: string;
  readonly kind: string;
  /** One sentence in Chinese. */
  readonly text: string;
  readonly ourFen: number;
  readonly theirFen: number;
  readonly state: FundDifferenceState;
  /** What somebody said about it last. */
  readonly reason: string | null;
}

export interface DifferenceQuery {
  readonly state: FundDifferenceState | null;
  readonly day: string | null;
}

/** Where differences come from. A feature adds its own when its resolvers are read, as it adds its nouns. */
export interface DifferenceSource {
  readonly name: DifferenceSourceName;
  /** The newest days first, within a day the greatest id first; one more than `first` where there are more. */
  page(
    base: Base,
    query: DifferenceQuery & { readonly first: number; readonly after: { day: string; id: string } | null },
  ): Promise<readonly FundDifference[]>;
  count(base: Base, query: DifferenceQuery): Promise<number>;
}

const sources: DifferenceSource[] = [];

export function addDifferenceSource(source: DifferenceSource): void {
  sources.push(source);
}

const fundReaders = roles(...FUND_ROLES);

export const DifferenceStateType = builder.enumType('FundDifferenceState', {
  description: 'OPEN asks for somebody; EXPLAINED has a reason; RESOLVED is none any more, or needs nobody.',
  values: STATES,
});

const DifferenceSourceType = builder.enumType('FundDifferenceSource', {
  description: 'Where a difference was found: in the bills of the payment provider, at the bank, in the fund’s books.',
  values: DIFFERENCE_SOURCES,
});

const STATE_TEXTS: Readonly<Record<FundDifferenceState, string>> = {
  OPEN: '待处理',
  EXPLAINED: '已说明',
  RESOLVED: '已消除',
};

export const FundDifferenceType = builder.interfaceRef<FundDifference>('FundDifference').implement({
  description: 'Two figures of the same thing that are not the same. It stays listed whatever becomes of it.',
  readers: fundReaders,
  resolveType: (difference) => TYPE_NAMES[difference.source],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Commands that explain it take this.' }),
    source: t.expose('source', { type: DifferenceSourceType, description: 'Where it was found.' }),
    day: t.exposeString('day', { description: 'The accounting day in Asia/Shanghai, `2026-11-22`.' }),
    kind: t.exposeString('kind', { description: 'What differs; each source has its own words.' }),
    text: t.exposeString('text', { description: 'One sentence in Chinese: what differs.' }),
    ourFen: t.expose('ourFen', { type: 'Fen', description: 'What our books say.' }),
    theirFen: t.expose('theirFen', { type: 'Fen', description: 'What the other side says.' }),
    state: t.expose('state', { type: DifferenceStateType, description: 'Where it stands.' }),
    stateText: t.string({ description: 'The same in Chinese.', resolve: ({ state }) => STATE_TEXTS[state] }),
    reason: t.exposeString('reason', { nullable: true, description: 'What somebody said about it last.' }),
  }),
});

/** The object type of each source's differences. */
const TYPE_NAMES: Readonly<Record<DifferenceSourceName, string>> = {
  BILL: 'BillDifference',
  BANK: 'BankDifference',
  LEDGER: 'LedgerDifference',
};

const DifferenceConnection = connectionType<FundDifference, { readonly count: () => Promise<number> }>(
  FundDifferenceType,
  'FundDifference',
  (t) => ({
    totalCount: t.int({ description: 'All that the filters let through.', resolve: (page) => page.count() }),
  }),
);

builder.queryField('fundDifferences', (t) =>
  t.field({
    type: DifferenceConnection,
    nullable: true,
    readers: fundReaders,
    description: 'Differences from everywhere in the fund, the newest days first.',
    args: {
      ...pageArgs(50),
      state: t.arg({ type: DifferenceStateType, description: 'Only those that stand here.' }),
      source: t.arg({ type: DifferenceSourceType, description: 'Only those of this source.' }),
      day: t.arg.string({ description: 'Only those of this day.' }),
    },
    resolve: async (_root, args, { base }) => {
      const query: DifferenceQuery = { state: args.state ?? null, day: args.day ?? null };
      const first = firstOf(args, 50);
      const after = position(args.after);
      const asked = sources.filter((one) => !args.source || one.name === args.source);
      const pages = await Promise.all(asked.map((one) => one.page(base, { ...query, first, after })));
      const nodes = pages.flat().sort(newestFirst);
      return {
        ...pageOf({
          nodes: nodes.slice(0, first),
          cursorOf: (one) => encodeCursor(one.day, one.id),
          hasNextPage: nodes.length > first,
          hasPreviousPage: after !== null,
        }),
        count: async () => (await Promise.all(asked.map((one) => one.count(base, query)))).reduce((a, b) => a + b, 0),
      };
    },
  }),
);

function position(cursor: string | null | undefined): { day: string; id: string } | null {
  const [day, id] = decodeCursor(cursor) ?? [];
  return typeof day === 'string' && typeof id === 'string' ? { day, id } : null;
}

function newestFirst(a: FundDifference, b: FundDifference): number {
  if (a.day !== b.day) return a.day < b.day ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}
