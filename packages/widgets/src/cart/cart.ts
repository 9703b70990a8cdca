/**
 * What a member wants to buy: product ids and quantities, nothing else. Prices, stock and limits are asked from the server
 * each time, so an old cart never shows an old promise.
 *
 * All tabs of a browser share one text per member, and each change is made to that text as it is at this moment, so tabs do
 * not lose each other's goods. Of somebody who is signed in the server keeps the same cart: each change waits in the text
 * until the server has it, so a lost network loses nothing, and what other devices did comes in.
 */
export interface CartItem {
  readonly productId: string;
  readonly quantity: number;
}

/** One thing that a person did, so told that it can follow what was done elsewhere meanwhile (the server's rule). */
export interface CartChange extends CartItem {
  readonly kind: 'ADD' | 'TAKE' | 'SET' | 'AT_LEAST';
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
  /** The order that was made of these contents, in any tab and on any device; only the last one is remembered. */
  orderOf(version: string): string | undefined;
  /** Has at least these pieces again: twice is as once. */
  putBack(items: readonly CartItem[]): void;
  /** Changes to the cart of this member; what was put in before signing in goes along, once. */
  useOwner(memberId: string | null): void;
  /** Looks at what other tabs did. */
  refresh(): void;
  /** Brings what waits to the server and fetches what other devices did. Never fails: without a network all stays as it is. */
  sync(): Promise<void>;
  subscribe(listener: () => void): () => void;
}

export interface PlacedFromCart {
  readonly orderId: string;
  readonly lines: readonly CartItem[];
}

/** An order takes 50 lines at most; a quantity beyond 999 is a slip of the finger. */
export const MAX_LINES = 50;
export const MAX_QUANTITY = 999;

/** The items after these changes, in order, as the server counts them. */
export const changed = (items: readonly CartItem[], changes: readonly CartChange[]): readonly CartItem[] =>
  changes.reduce(afterOne, items).slice(0, MAX_LINES);

const afterOne = (items: readonly CartItem[], { productId, kind, quantity }: CartChange): readonly CartItem[] => {
  const had = items.find((item) => item.productId === productId)?.quantity ?? 0;
  const wanted = { ADD: had + quantity, TAKE: had - quantity, SET: quantity, AT_LEAST: Math.max(had, quantity) }[kind];
  const item = { productId, quantity: Math.min(wanted, MAX_QUANTITY) };
  if (item.quantity <= 0) return items.filter((one) => one.productId !== productId);
  if (had === 0) return [...items, item];
  return items.map((one) => (one.productId === productId ? item : one));
};
