import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { CatalogueProduct, ProductSort } from './catalogue.types.js';
import { matchesAll, searchTerms } from './search.rules.js';
import type { Item, Shelf, ShelfChange } from './shelf.js';
import { type Position, comparePositions, readCursor, sortKey, writeCursor } from './sorts.rules.js';

export interface ProductQuery {
  /** At most `MAX_PAGE`; more is cut to it. */
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly countyCode?: string | null | undefined;
  readonly categoryKey?: string | null | undefined;
  /** true: only with the badge; false: only without; null: both. */
  readonly charityItem?: boolean | null | undefined;
  readonly text?: string | null | undefined;
  readonly sort?: ProductSort | null | undefined;
}

export interface ProductPage {
  readonly edges: readonly { readonly cursor: string; readonly product: CatalogueProduct }[];
  /** Of all that the filters let through, on every page. */
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export const MAX_PAGE = 100;
/** Ready lists are kept for this many different questions; the oldest goes first. */
const MAX_LISTS = 200;

/** Pages of the shelf. Lists are kept until something that decides them changes. */
export interface Lists {
  page(query: ProductQuery): ProductPage | Refusal;
  forget(change: ShelfChange): void;
}

interface List {
  readonly sort: ProductSort;
  readonly items: readonly Item[];
  readonly positions: readonly Position[];
}

export function createLists(shelf: Shelf): Lists {
  const kept = new Map<string, List>();

  const listFor = (query: ProductQuery, sort: ProductSort): List => {
    const terms = searchTerms(query.text ?? '');
    const { countyCode = null, categoryKey = null, charityItem = null } = query;
    const name = JSON.stringify([sort, countyCode, categoryKey, charityItem, terms]);
    const ready = kept.get(name);
    if (ready) return ready;
    const list = sorted(search(shelf, filtered(shelf, query), terms), sort);
    if (kept.size >= MAX_LISTS) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
    kept.set(name, list);
    return list;
  };

  return {
    page(query) {
      const sort = query.sort ?? 'RECOMMENDED';
      const after = query.after ? readCursor(sort, query.after) : null;
      if (query.after && !after) return refuse('BAD_CURSOR', '翻页位置已失效，请回到列表第一页再看', { path: 'after' });
      const list = listFor(query, sort);
      const start = after ? firstBehind(list.positions, after) : 0;
      const end = Math.min(list.items.length, start + Math.max(0, Math.min(MAX_PAGE, query.first)));
      const edges = list.items.slice(start, end).map((item) => ({
        cursor: writeCursor(sort, { key: sortKey(sort, item), id: item.id }),
        product: item.view,
      }));
      const totalCount = list.items.length;
      return { edges, totalCount, hasNextPage: end < totalCount, hasPreviousPage: start > 0 };
    },
    forget(change) {
      for (const [name, list] of kept) if (change.membership || change.sorts.has(list.sort)) kept.delete(name);
    },
  };
}

function filtered(shelf: Shelf, query: ProductQuery): Item[] {
  const { countyCode, categoryKey, charityItem } = query;
  const items: Item[] = [];
  for (const item of shelf.items.values()) {
    const { product, charityItem: badge } = item.view;
    if (countyCode && product.countyCode !== countyCode) continue;
    if (categoryKey && product.categoryKey !== categoryKey) continue;
    if (typeof charityItem === 'boolean' && (badge !== null) !== charityItem) continue;
    items.push(item);
  }
  return items;
}

function search(shelf: Shelf, items: Item[], terms: readonly string[]): Item[] {
  if (terms.length === 0) return items;
  const found = items.filter((item) => matchesAll(item.haystack, terms));
  if (found.length > 0) return found;
  const alike = shelf.typos.find(terms);
  return items.filter((item) => alike.has(item.id));
}

function sorted(items: readonly Item[], sort: ProductSort): List {
  const rows = items.map((item) => ({ item, key: sortKey(sort, item), id: item.id })).sort(comparePositions);
  return { sort, items: rows.map((row) => row.item), positions: rows };
}

/** Binary search: the index of the first position behind `after`, which itself may have gone meanwhile. */
function firstBehind(positions: readonly Position[], after: Position): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const position = positions[middle];
    if (position && comparePositions(position, after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
