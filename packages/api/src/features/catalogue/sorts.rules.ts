import type { CatalogueProduct, ProductSort } from './catalogue.types.js';

/** What an order is decided by: numbers, smaller first; the product's id decides between equals. */
export type SortKey = readonly number[];

export interface Sortable {
  readonly view: CatalogueProduct;
  /** The place within its county, from 0: see `RECOMMENDED`. */
  readonly turn: number;
}

/**
 * RECOMMENDED knows no money and no sales, so that a small village's product is seen too: what can be bought comes
 * first; then the counties take turns, the first product of each, then the second of each …, in the operator's order.
 */
const KEYS: Record<ProductSort, (item: Sortable) => SortKey> = {
  RECOMMENDED: ({ view, turn }) => [view.stockLeft > 0 ? 0 : 1, turn, view.product.rank],
  SALES: ({ view }) => [-view.soldCount],
  SCORE: ({ view }) => [-(view.scoreTenths ?? -1), -view.reviewCount],
  NEWEST: ({ view }) => [-view.product.listedAt.getTime()],
  PRICE_ASC: ({ view }) => [view.product.priceFen],
  PRICE_DESC: ({ view }) => [-view.product.priceFen],
};

export const PRODUCT_SORTS = Object.keys(KEYS) as readonly ProductSort[];

export function sortKey(sort: ProductSort, item: Sortable): SortKey {
  return KEYS[sort](item);
}

export interface Position {
  readonly key: SortKey;
  readonly id: string;
}

/** Negative when `a` comes before `b`. */
export function comparePositions(a: Position, b: Position): number {
  for (let at = 0; at < a.key.length; at += 1) {
    const difference = (a.key[at] ?? 0) - (b.key[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/**
 * A cursor holds the place, not a number of places: what is bought, added or taken off meanwhile never makes the next
 * page repeat or skip a product that stayed where it was.
 */
export function writeCursor(sort: ProductSort, { key, id }: Position): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

const MAX_CURSOR_LENGTH = 400;

/** Null for a text that is no cursor of this sort. */
export function readCursor(sort: ProductSort, cursor: string): Position | null {
  if (cursor.length > MAX_CURSOR_LENGTH) return null;
  const parts = parseJson(Buffer.from(cursor, 'base64url').toString());
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== sort) return null;
  const [, key, id] = parts as unknown[];
  if (!Array.isArray(key) || !key.every((one) => typeof one === 'number') || typeof id !== 'string') return null;
  return { key, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A stranger may send any text as a cursor: it is no cursor, and the caller says so.
    return null;
  }
}
