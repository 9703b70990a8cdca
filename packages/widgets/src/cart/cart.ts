/**
 * What a member wants to buy, kept in this browser: product ids and quantities, nothing else. Prices, stock and limits are
 * asked from the server each time, so an old cart never shows an old promise.
 *
 * All tabs of a browser share one text per member. Each change is made to that text as it is at this moment, never to what
 * a tab remembers, so tabs do not lose each other's goods.
 */
import { newKey } from '../buy/idempotency.js';

export interface CartItem {
  readonly productId: string;
  readonly quantity: number;
}

export interface Cart {
  items(): readonly CartItem[];
  /** Pieces in all. */
  count(): number;
  /** Names these contents; another after each change. The key under which they are ordered, once, whichever tab orders. */
  version(): string;
  add(productId: string, quantity: number): void;
  /** Zero takes it out. */
  set(productId: string, quantity: number): void;
  remove(productIds: readonly string[]): void;
  /** Takes out what an order took, piece by piece: what was added meanwhile stays. The version is remembered as ordered. */
  takeOrdered(version: string, order: PlacedFromCart): void;
  /** The order that was made of these contents, in any tab of this browser; only the last one is remembered. */
  orderOf(version: string): string | undefined;
  /** Has at least these pieces again: twice is as once. */
  putBack(items: readonly CartItem[]): void;
  /** Changes to the cart of this member; what was put in before signing in goes along, once. */
  useOwner(memberId: string | null): void;
  /** Looks at what other tabs did. */
  refresh(): void;
  subscribe(listener: () => void): () => void;
}

export interface PlacedFromCart {
  readonly orderId: string;
  readonly lines: readonly CartItem[];
}

/** An order takes 50 lines at most; a quantity beyond 999 is a slip of the finger. */
export const MAX_LINES = 50;
export const MAX_QUANTITY = 999;

/** Where the carts lie in the browser's storage; other tabs hear of a change by this beginning. */
export const CART_PREFIX = 'aixin.cart.';

interface Kept {
  readonly version: string;
  readonly items: readonly CartItem[];
  readonly ordered?: { readonly version: string; readonly orderId: string } | undefined;
}

const keyOf = (owner: string | null): string => `${CART_PREFIX}${owner ?? 'guest'}`;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isItem = (value: unknown): value is CartItem =>
  isObject(value) &&
  typeof value['productId'] === 'string' &&
  Number.isSafeInteger(value['quantity']) &&
  (value['quantity'] as number) > 0;

const itemsOf = (value: unknown): readonly CartItem[] =>
  Array.isArray(value) ? value.filter(isItem).slice(0, MAX_LINES) : [];

/** An earlier release kept a bare list; its contents are their own name until they change. */
const parse = (text: string): Kept => {
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || typeof value['version'] !== 'string') return { version: '', items: itemsOf(value) };
  const { version, items, ordered } = value;
  const isOrdered =
    isObject(ordered) && typeof ordered['version'] === 'string' && typeof ordered['orderId'] === 'string';
  return { version, items: itemsOf(items), ordered: isOrdered ? (ordered as unknown as Kept['ordered']) : undefined };
};

export const put = (items: readonly CartItem[], productId: string, quantity: number): readonly CartItem[] => {
  const wanted = Math.min(quantity, MAX_QUANTITY);
  if (wanted <= 0) return items.filter((item) => item.productId !== productId);
  if (!items.some((item) => item.productId === productId)) return [...items, { productId, quantity: wanted }];
  return items.map((item) => (item.productId === productId ? { productId, quantity: wanted } : item));
};

const quantityOf = (items: readonly CartItem[], productId: string): number =>
  items.find((item) => item.productId === productId)?.quantity ?? 0;

/** Two carts of one person in one: of each product the larger quantity, so that merging twice adds nothing. */
export const merge = (items: readonly CartItem[], more: readonly CartItem[]): readonly CartItem[] =>
  more.reduce((all, one) => put(all, one.productId, Math.max(one.quantity, quantityOf(all, one.productId))), items);

export const createCart = (storage: () => Storage | undefined): Cart => {
  let owner: string | null = null;
  let kept: Kept = { version: newKey(), items: [] };
  /** Storage is full or closed: from then on the cart lives in memory until the page is left. */
  let alone = false;
  const listeners = new Set<() => void>();

  const read = (who: string | null): Kept | undefined => {
    if (alone) return undefined;
    try {
      const store = storage();
      if (!store) return undefined;
      const text = store.getItem(keyOf(who));
      return text === null ? { version: '', items: [] } : parse(text);
    } catch {
      // A text that is not ours, or no right to storage: an empty cart is the honest answer.
      return { version: '', items: [] };
    }
  };

  const write = (who: string | null, next: Kept): void => {
    try {
      if (next.items.length > 0 || next.ordered) storage()?.setItem(keyOf(who), JSON.stringify(next));
      else storage()?.removeItem(keyOf(who));
    } catch {
      alone = true;
    }
  };

  const tell = (): void => {
    for (const listener of listeners) listener();
  };

  /** What is there now, under a version that other tabs see as well. */
  const look = (): Kept => {
    const found = read(owner);
    if (!found || (found.version === '' && found.items.length === 0 && kept.items.length === 0)) return kept;
    if (found.version !== '') return found;
    const named = { ...found, version: newKey() };
    if (named.items.length > 0) write(owner, named);
    return named;
  };

  const change = (items: (before: readonly CartItem[]) => readonly CartItem[], ordered?: Kept['ordered']): void => {
    const before = look();
    kept = { version: newKey(), items: items(before.items).slice(0, MAX_LINES), ordered: ordered ?? before.ordered };
    write(owner, kept);
    tell();
  };

  kept = look();
  return {
    items: () => kept.items,
    count: () => kept.items.reduce((sum, item) => sum + item.quantity, 0),
    version: () => kept.version,
    add(productId, quantity) {
      change((items) => put(items, productId, quantityOf(items, productId) + quantity));
    },
    set(productId, quantity) {
      change((items) => put(items, productId, quantity));
    },
    remove(productIds) {
      change((items) => items.filter((item) => !productIds.includes(item.productId)));
    },
    takeOrdered(version, { orderId, lines }) {
      // The other tab of the same order has taken them out already.
      if (look().ordered?.orderId === orderId) return;
      const less = (items: readonly CartItem[]): readonly CartItem[] =>
        lines.reduce((left, one) => put(left, one.productId, quantityOf(left, one.productId) - one.quantity), items);
      change(less, { version, orderId });
    },
    orderOf(version) {
      const { ordered } = look();
      return ordered?.version === version ? ordered.orderId : undefined;
    },
    putBack(items) {
      change((before) => merge(before, items));
    },
    useOwner(memberId) {
      if (memberId === owner) return;
      const carried = owner === null ? look().items : [];
      if (owner === null) write(null, { version: '', items: [] });
      owner = memberId;
      kept = { version: newKey(), items: [] };
      if (carried.length > 0) {
        change((items) => merge(items, carried));
        return;
      }
      kept = look();
      tell();
    },
    refresh() {
      const found = look();
      if (found.version === kept.version) return;
      kept = found;
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
