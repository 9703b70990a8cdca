import { newKey } from '../buy/idempotency.js';
import { changed, type Cart, type CartChange, type CartItem, type PlacedFromCart } from './cart.js';
import { CartShelf, NO_CART, type KeptCart, type Ordered, type WaitingChange } from './kept-cart.js';

/** The server's cart, as it answers. */
export interface ServerCart {
  readonly revision: number;
  readonly version: string;
  readonly items: readonly CartItem[];
  readonly ordered?: Ordered | undefined;
}

/** How a cart speaks with the server. Both reject where there is no answer, or nobody is signed in. */
export interface CartServer {
  read(): Promise<ServerCart>;
  /** Undefined where the server refuses the change for good, and has told the person why. */
  change(change: WaitingChange, seenVersion: string): Promise<ServerCart | undefined>;
}

export const createCart = (storage: () => Storage | undefined, server?: CartServer): Cart =>
  new MemberCart(storage, server);

class MemberCart implements Cart {
  readonly #shelf: CartShelf;
  readonly #server: CartServer | undefined;
  readonly #listeners = new Set<() => void>();
  #owner: string | null = null;
  #shown: KeptCart = { ...NO_CART, version: newKey() };
  #syncing: Promise<void> | undefined;
  #isAskedAgain = false;

  constructor(storage: () => Storage | undefined, server: CartServer | undefined) {
    this.#shelf = new CartShelf(storage);
    this.#server = server;
    this.#shown = this.#look();
  }

  items(): readonly CartItem[] {
    return this.#shown.items;
  }

  count(): number {
    return this.#shown.items.reduce((sum, item) => sum + item.quantity, 0);
  }

  version(): string {
    return this.#shown.version;
  }

  add(productId: string, quantity: number): void {
    this.#change([{ productId, kind: 'ADD', quantity }]);
  }

  set(productId: string, quantity: number): void {
    this.#change([{ productId, kind: 'SET', quantity: Math.max(quantity, 0) }]);
  }

  remove(productIds: readonly string[]): void {
    this.#change(productIds.map((productId) => ({ productId, kind: 'SET', quantity: 0 })));
  }

  takeOrdered(version: string, { orderId, lines }: PlacedFromCart): void {
    // The other tab of the same order has taken them out already.
    if (this.#look().ordered?.orderId === orderId) return;
    this.#change(
      lines.map(({ productId, quantity }) => ({ productId, kind: 'TAKE', quantity })),
      { version, orderId },
    );
  }

  orderOf(version: string): string | undefined {
    const { ordered } = this.#look();
    return ordered?.version === version ? ordered.orderId : undefined;
  }

  putBack(items: readonly CartItem[]): void {
    this.#change(items.map(atLeast));
  }

  useOwner(memberId: string | null): void {
    if (memberId === this.#owner) return;
    const carried = this.#owner === null ? this.#look().items : [];
    if (this.#owner === null) this.#shelf.write(null, NO_CART);
    this.#owner = memberId;
    this.#shown = { ...NO_CART, version: newKey() };
    this.#shown = this.#look();
    // A cart that the server never heard of, of an earlier release or of before signing in, is told to it.
    const untold = this.#server && !this.#shown.heard && this.#shown.waiting.length === 0 ? this.#shown.items : [];
    const told = [...untold, ...carried].map(atLeast);
    if (memberId !== null && told.length > 0) this.#change(told);
    else this.#tell();
    void this.sync();
  }

  refresh(): void {
    const found = this.#look();
    if (found.version === this.#shown.version) return;
    this.#shown = found;
    this.#tell();
  }

  sync(): Promise<void> {
    this.#isAskedAgain = this.#syncing !== undefined;
    this.#syncing ??= this.#speak().finally(() => {
      this.#syncing = undefined;
      if (this.#isAskedAgain) void this.sync();
    });
    return this.#syncing;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** What is there now, under a version that other tabs see as well. */
  #look(): KeptCart {
    const found = this.#shelf.read(this.#owner);
    const isNothing = found?.version === '' && found.items.length === 0;
    if (!found || (isNothing && this.#shown.items.length === 0)) return this.#shown;
    if (found.version !== '') return found;
    const named = { ...found, version: newKey() };
    if (named.items.length > 0) this.#shelf.write(this.#owner, named);
    return named;
  }

  #change(changes: readonly CartChange[], ordered?: Ordered): void {
    const before = this.#look();
    const key = newKey();
    const isTold = this.#server !== undefined && this.#owner !== null;
    this.#show({
      version: key,
      items: changed(before.items, changes),
      ordered: ordered ?? before.ordered,
      waiting: isTold ? [...before.waiting, { key, changes, ordered }] : [],
      heard: before.heard,
    });
    void this.sync();
  }

  #show(next: KeptCart): void {
    const isOther = next.version !== this.#shown.version;
    this.#shown = next;
    this.#shelf.write(this.#owner, next);
    if (isOther) this.#tell();
  }

  /** Sends what waits, one after the other, then hears what else was done. An answer that does not come leaves all as it is. */
  async #speak(): Promise<void> {
    const [owner, server] = [this.#owner, this.#server];
    if (owner === null || !server) return;
    try {
      let [next] = this.#look().waiting;
      let heard: ServerCart | undefined;
      while (next && owner === this.#owner) {
        heard = await server.change(next, this.#look().heard?.version ?? '');
        this.#hear(owner, heard, next.key);
        [next] = this.#look().waiting;
      }
      if (!heard && owner === this.#owner) this.#hear(owner, await server.read());
    } catch {
      // No network, or the session is over: what waits is sent when the page is looked at again.
    }
  }

  /** The server's word with what still waits on top of it. An answer that is older than one heard before says nothing new. */
  #hear(owner: string, server: ServerCart | undefined, doneKey?: string): void {
    if (owner !== this.#owner) return;
    const before = this.#look();
    const waiting = before.waiting.filter(({ key }) => key !== doneKey);
    if (!server || server.revision < (before.heard?.revision ?? 0)) {
      this.#show({ ...before, waiting });
      return;
    }
    const isNews = (one: WaitingChange): boolean => !one.ordered || one.ordered.orderId !== server.ordered?.orderId;
    const items = waiting.filter(isNews).reduce((all, { changes }) => changed(all, changes), server.items);
    const isAsShown = JSON.stringify(items) === JSON.stringify(before.items);
    // Nothing was ever put in: the name that the tabs share stays.
    const settled = server.version === '' ? before.version : server.version;
    this.#show({
      version: waiting.length === 0 ? settled : isAsShown ? before.version : newKey(),
      items,
      ordered: waiting.reduce((last, one) => one.ordered ?? last, server.ordered),
      waiting,
      heard: { revision: server.revision, version: server.version },
    });
  }
}

const atLeast = ({ productId, quantity }: CartItem): CartChange => ({ productId, kind: 'AT_LEAST', quantity });
