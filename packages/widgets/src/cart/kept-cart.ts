import type { CartChange, CartItem } from './cart.js';
import { MAX_LINES } from './cart.js';

export interface Ordered {
  readonly version: string;
  readonly orderId: string;
}

/** A change that the server has not answered yet. */
export interface WaitingChange {
  /** Its key with the server, which makes sending it again harmless. */
  readonly key: string;
  readonly changes: readonly CartChange[];
  readonly ordered?: Ordered | undefined;
}

/** One member's cart as it lies in the browser's storage. */
export interface KeptCart {
  readonly version: string;
  readonly items: readonly CartItem[];
  readonly ordered?: Ordered | undefined;
  readonly waiting: readonly WaitingChange[];
  /** The server's cart when it was last heard of; undefined before the first time. */
  readonly heard?: { readonly revision: number; readonly version: string } | undefined;
}

/** Where the carts lie in the browser's storage; other tabs hear of a change by this beginning. */
export const CART_PREFIX = 'aixin.cart.';

export const NO_CART: KeptCart = { version: '', items: [], waiting: [] };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isItem = (value: unknown): value is CartItem =>
  isObject(value) &&
  typeof value['productId'] === 'string' &&
  Number.isSafeInteger(value['quantity']) &&
  (value['quantity'] as number) > 0;

const itemsOf = (value: unknown): readonly CartItem[] =>
  Array.isArray(value) ? value.filter(isItem).slice(0, MAX_LINES) : [];

const orderedOf = (value: unknown): Ordered | undefined =>
  isObject(value) && typeof value['version'] === 'string' && typeof value['orderId'] === 'string'
    ? { version: value['version'], orderId: value['orderId'] }
    : undefined;

const heardOf = (value: unknown): KeptCart['heard'] =>
  isObject(value) && typeof value['version'] === 'string' && Number.isSafeInteger(value['revision'])
    ? { version: value['version'], revision: value['revision'] as number }
    : undefined;

const isChange = (value: unknown): value is CartChange =>
  isObject(value) &&
  typeof value['productId'] === 'string' &&
  Number.isSafeInteger(value['quantity']) &&
  ['ADD', 'TAKE', 'SET', 'AT_LEAST'].includes(value['kind'] as string);

const waitingOf = (value: unknown): readonly WaitingChange[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown) =>
        isObject(one) && typeof one['key'] === 'string' && Array.isArray(one['changes'])
          ? [{ key: one['key'], changes: one['changes'].filter(isChange), ordered: orderedOf(one['ordered']) }]
          : [],
      )
    : [];

/** An earlier release kept a bare list; its contents are nameless until they change. */
const parse = (text: string): KeptCart => {
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || typeof value['version'] !== 'string') return { ...NO_CART, items: itemsOf(value) };
  const { version, items, ordered, waiting, heard } = value;
  return {
    version,
    items: itemsOf(items),
    ordered: orderedOf(ordered),
    waiting: waitingOf(waiting),
    heard: heardOf(heard),
  };
};

const keyOf = (owner: string | null): string => `${CART_PREFIX}${owner ?? 'guest'}`;

/** The shelf where the carts of this browser lie. Storage that is full or closed is left alone from then on. */
export class CartShelf {
  readonly #storage: () => Storage | undefined;
  #isClosed = false;

  constructor(storage: () => Storage | undefined) {
    this.#storage = storage;
  }

  /** Undefined where there is no storage, and the cart lives in memory. */
  read(owner: string | null): KeptCart | undefined {
    if (this.#isClosed) return undefined;
    try {
      const store = this.#storage();
      if (!store) return undefined;
      const text = store.getItem(keyOf(owner));
      return text === null ? NO_CART : parse(text);
    } catch {
      // A text that is not ours, or no right to storage: an empty cart is the honest answer.
      return NO_CART;
    }
  }

  write(owner: string | null, cart: KeptCart): void {
    const isEmpty = cart.items.length === 0 && cart.waiting.length === 0 && !cart.ordered && !cart.heard;
    try {
      if (isEmpty) this.#storage()?.removeItem(keyOf(owner));
      else this.#storage()?.setItem(keyOf(owner), JSON.stringify(cart));
    } catch {
      this.#isClosed = true;
    }
  }
}
