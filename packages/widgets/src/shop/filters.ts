import type { Route } from '../kit/page.js';

export const SORTS = ['RECOMMENDED', 'SALES', 'SCORE', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC'] as const;
export type Sort = (typeof SORTS)[number];

/** What narrows the shelf; the URL's query is the only place that keeps it. */
export interface Filters {
  readonly county: string | undefined;
  readonly category: string | undefined;
  readonly charityItem: boolean;
  readonly text: string;
  readonly sort: Sort;
}

export const NO_FILTERS: Filters = {
  county: undefined,
  category: undefined,
  charityItem: false,
  text: '',
  sort: 'RECOMMENDED',
};

const isSort = (text: string | null): text is Sort => (SORTS as readonly (string | null)[]).includes(text);

export const filtersOf = ({ query }: Route): Filters => {
  const sort = query.get('sort');
  return {
    county: query.get('county') ?? undefined,
    category: query.get('category') ?? undefined,
    charityItem: query.get('charity') === '1',
    text: query.get('q') ?? '',
    sort: isSort(sort) ? sort : 'RECOMMENDED',
  };
};

export const queryOf = (filters: Filters): Record<string, string | undefined> => ({
  county: filters.county,
  category: filters.category,
  charity: filters.charityItem ? '1' : undefined,
  q: filters.text || undefined,
  sort: filters.sort === 'RECOMMENDED' ? undefined : filters.sort,
});

export const isFiltered = (filters: Filters): boolean =>
  filters.county !== undefined || filters.category !== undefined || filters.charityItem || filters.text !== '';
