import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Wanted } from '../../buy/pricing.js';
import { MAX_QUANTITY, type Cart, type PlacedFromCart } from '../../cart/cart.js';

/** What is being ordered: the cart as it stood when it was read, or the one product of `?buy=<product>&n=<pieces>`. */
export class GoodsToOrder implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #cart: () => Cart;
  readonly #onChange: () => void;
  /** The contents of the cart that are shown; undefined where one product is ordered beside the cart. */
  #version: string | undefined;
  #stopListening: (() => void) | undefined;

  /** `onChange`: another tab changed the cart, and what is shown is yesterday's. */
  constructor(host: ReactiveControllerHost, from: { readonly cart: () => Cart; readonly onChange: () => void }) {
    this.#host = host;
    this.#cart = from.cart;
    this.#onChange = from.onChange;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stopListening = this.#cart().subscribe(() => {
      if (!this.isOutdated) return;
      this.#host.requestUpdate();
      if (this.orderId === undefined) this.#onChange();
    });
  }

  hostDisconnected(): void {
    this.#stopListening?.();
  }

  read(query: URLSearchParams): readonly Wanted[] {
    const productId = query.get('buy');
    this.#version = productId === null ? this.#cart().version() : undefined;
    if (productId === null) return this.#cart().items();
    const quantity = Number(query.get('n') ?? 1);
    return [
      { productId, quantity: Number.isSafeInteger(quantity) && quantity > 0 ? Math.min(quantity, MAX_QUANTITY) : 1 },
    ];
  }

  /** The key under which these contents of the cart are ordered once, whichever tab asks and how often. */
  get key(): string | undefined {
    return this.#version;
  }

  /** The cart is another by now than the one that is shown. */
  get isOutdated(): boolean {
    return this.#version !== undefined && this.#version !== this.#cart().version();
  }

  /** The order that some tab has made of these contents. */
  get orderId(): string | undefined {
    return this.#version === undefined ? undefined : this.#cart().orderOf(this.#version);
  }

  /** Looks at what other tabs and devices did: false where this page shows what is no longer so. */
  async look(): Promise<boolean> {
    this.#cart().refresh();
    if (this.#version !== undefined) await this.#cart().sync();
    return !this.isOutdated;
  }

  ordered(order: PlacedFromCart): void {
    this.#stopListening?.();
    if (this.#version !== undefined) this.#cart().takeOrdered(this.#version, order);
  }
}
