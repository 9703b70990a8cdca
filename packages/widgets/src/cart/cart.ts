/**
 * What a member wants to buy, kept in this browser: product ids and quantities, nothing else. Prices, stock and limits are
 * asked from the server each time, so an old cart never shows an old promise.
 */
export interface CartItem {
  readonly productId: string;
  readonly quantity: number;
}

export interface Cart {
  items(): readonly CartItem[];
  /** Pieces in all. */
  count(): number;
  add(productId: string, quantity: number): void;
  /** Zero takes it out. */
  set(productId: string, quantity: number): void;
  remove(productIds: readonly string[]): void;
  /** Changes to the cart of this member; what was put in before signing in goes along, once. */
  useOwner(memberId: string | null): void;
  subscribe(listener: () => void): () => void;
}

/** An order takes 50 lines at most; a quantity beyond 999 is a slip of the finger. */
export const MAX_LINES = 50;
export const MAX_QUANTITY = 999;

const keyOf = (owner: string | null): string => `aixin.cart.${owner ?? 'guest'}`;

const isItem = (value: unknown): value is CartItem =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as CartItem).productId === 'string' &&
  Number.isSafeInteger((value as CartItem).quantity) &&
  (value as CartItem).quantity > 0;

export const createCart = (storage: () => Storage | undefined): Cart => {
  let owner: string | null = null;
  let kept: readonly CartItem[] = [];
  const listeners = new Set<() => void>();

  const read = (who: string | null): readonly CartItem[] => {
    try {
      const value: unknown = JSON.parse(storage()?.getItem(keyOf(who)) ?? '[]');
      return Array.isArray(value) ? value.filter(isItem).slice(0, MAX_LINES) : [];
    } catch {
      // A text that is not ours, or no right to storage: an empty cart is the honest answer.
      return [];
    }
  };

  const write = (items: readonly CartItem[]): void => {
    kept = items.slice(0, MAX_LINES);
    try {
      if (kept.length > 0) storage()?.setItem(keyOf(owner), JSON.stringify(kept));
      else storage()?.removeItem(keyOf(owner));
    } catch {
      // Storage is full or closed: the cart lives on in memory until the page is left.
    }
    for (const listener of listeners) listener();
  };

  const put = (items: readonly CartItem[], productId: string, quantity: number): readonly CartItem[] => {
    const wanted = Math.min(quantity, MAX_QUANTITY);
    if (wanted <= 0) return items.filter((item) => item.productId !== productId);
    if (!items.some((item) => item.productId === productId)) return [...items, { productId, quantity: wanted }];
    return items.map((item) => (item.productId === productId ? { productId, quantity: wanted } : item));
  };

  const quantityOf = (items: readonly CartItem[], productId: string): number =>
    items.find((item) => item.productId === productId)?.quantity ?? 0;

  kept = read(null);
  return {
    items: () => kept,
    count: () => kept.reduce((sum, item) => sum + item.quantity, 0),
    add(productId, quantity) {
      write(put(kept, productId, quantityOf(kept, productId) + quantity));
    },
    set(productId, quantity) {
      write(put(kept, productId, quantity));
    },
    remove(productIds) {
      write(kept.filter((item) => !productIds.includes(item.productId)));
    },
    useOwner(memberId) {
      if (memberId === owner) return;
      const carried = owner === null ? kept : [];
      if (owner === null) write([]);
      owner = memberId;
      let items = read(owner);
      for (const { productId, quantity } of carried)
        items = put(items, productId, Math.max(quantity, quantityOf(items, productId)));
      write(items);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
