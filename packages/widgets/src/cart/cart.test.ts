import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createKeyKeeper } from '../buy/idempotency.js';
import { memoryStorage } from '../../test/memory-storage.js';
import { serverCart } from '../../test/fixtures/cart.js';
import { changed, MAX_LINES, MAX_QUANTITY, type CartItem } from './cart.js';
import { createCart, type CartServer } from './member-cart.js';

describe('the cart', () => {
  it('belongs to one member, and takes along once what was put in before signing in', () => {
    const storage = memoryStorage();
    const cart = createCart(() => storage);
    cart.add('honey', 2);
    cart.useOwner('one');
    expect(cart.items()).toEqual([{ productId: 'honey', quantity: 2 }]);
    cart.useOwner('two');
    expect(cart.items()).toEqual([]);
    cart.useOwner('one');
    expect(cart.count()).toBe(2);
    expect(storage.getItem('aixin.cart.guest')).toBeNull();
  });

  it('keeps its bounds', () => {
    const cart = createCart(() => undefined);
    cart.add('honey', MAX_QUANTITY + 1);
    expect(cart.count()).toBe(MAX_QUANTITY);
    for (let index = 0; index < MAX_LINES + 5; index += 1) cart.add(`p${String(index)}`, 1);
    expect(cart.items()).toHaveLength(MAX_LINES);
    cart.set('honey', 0);
    expect(cart.items()).toHaveLength(MAX_LINES - 1);
  });

  it('starts empty from a text that is not its own', () => {
    for (const text of ['{', '{"a":1}', '[{"productId":1,"quantity":1},{"productId":"a","quantity":-1}]'])
      expect(createCart(() => memoryStorage({ 'aixin.cart.guest': text })).items()).toEqual([]);
  });
});

describe('the cart in several tabs', () => {
  const product = fc.constantFrom('a', 'b', 'c');
  const tab = fc.nat({ max: 1 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), tab, product, quantity: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ kind: fc.constant('set' as const), tab, product, quantity: fc.nat({ max: 9 }) }),
    fc.record({ kind: fc.constant('reload' as const), tab }),
    fc.record({ kind: fc.constant('hear' as const), tab }),
    fc.record({ kind: fc.constant('order' as const), tab, twice: fc.boolean() }),
  );
  const byProduct = (items: readonly CartItem[]): CartItem[] =>
    [...items].sort((one, other) => one.productId.localeCompare(other.productId));

  it('is one cart: nothing is lost and nothing comes twice, whichever tab does what, with reloads between', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const storage = memoryStorage();
        const open = () => {
          const cart = createCart(() => storage);
          cart.useOwner('one');
          return cart;
        };
        const tabs = [open(), open()];
        let right: readonly CartItem[] = [];
        for (const [at, one] of steps.entries()) {
          const cart = tabs[one.tab] ?? open();
          if (one.kind === 'reload') tabs[one.tab] = open();
          if (one.kind === 'hear') cart.refresh();
          if (one.kind === 'add') {
            cart.add(one.product, one.quantity);
            right = changed(right, [{ productId: one.product, kind: 'ADD', quantity: one.quantity }]);
          }
          if (one.kind === 'set') {
            cart.set(one.product, one.quantity);
            right = changed(right, [{ productId: one.product, kind: 'SET', quantity: one.quantity }]);
          }
          if (one.kind === 'order') {
            cart.refresh();
            const placed = { orderId: `order-${String(at)}`, lines: cart.items() };
            const version = cart.version();
            cart.takeOrdered(version, placed);
            // The other tab gets the answer to the same order as well.
            if (one.twice) tabs[1 - one.tab]?.takeOrdered(version, placed);
            right = [];
            expect(tabs[1 - one.tab]?.orderOf(version)).toBe(placed.orderId);
          }
        }
        for (const cart of tabs) {
          cart.refresh();
          expect(byProduct(cart.items())).toEqual(byProduct(right));
        }
        expect(tabs[0]?.count() === 0 || tabs[0]?.version() === tabs[1]?.version()).toBe(true);
      }),
    );
  });

  it('loses what was ordered, exactly that: what another tab added meanwhile stays', () => {
    const storage = memoryStorage();
    const [one, other] = [createCart(() => storage), createCart(() => storage)];
    one.add('honey', 2);
    const placed = { orderId: 'order-1', lines: one.items() };
    const version = one.version();
    other.add('honey', 1);
    other.add('tea', 1);
    one.takeOrdered(version, placed);
    expect(one.items()).toEqual([
      { productId: 'honey', quantity: 1 },
      { productId: 'tea', quantity: 1 },
    ]);
    expect(one.orderOf(one.version())).toBeUndefined();
  });

  it('has again what an order held, once, and more of it is not taken away', () => {
    const storage = memoryStorage();
    const cart = createCart(() => storage);
    cart.add('honey', 3);
    for (let press = 0; press < 2; press += 1)
      cart.putBack([
        { productId: 'honey', quantity: 2 },
        { productId: 'tea', quantity: 1 },
      ]);
    expect(cart.items()).toEqual([
      { productId: 'honey', quantity: 3 },
      { productId: 'tea', quantity: 1 },
    ]);
  });

  it('lives on in memory where storage is full', () => {
    const full: Storage = {
      ...memoryStorage(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const cart = createCart(() => full);
    cart.add('honey', 1);
    cart.add('honey', 1);
    expect(cart.count()).toBe(2);
  });
});

describe('the cart on several devices', () => {
  /** A network between a device and the server that loses questions and answers as it is told. */
  const wire = (server: ReturnType<typeof serverCart>) => {
    const lost = { question: false, answer: false };
    const pass = async <Answer>(ask: () => Answer): Promise<Answer> => {
      await Promise.resolve();
      if (lost.question) throw new Error('lost');
      const answer = ask();
      if (lost.answer) throw new Error('lost');
      return answer;
    };
    const heard = ({ revision, version, lines, ordered }: ReturnType<typeof server.cart>) => ({
      ...{ revision, version, items: lines, ordered: ordered ?? undefined },
    });
    const ends: CartServer = {
      read: () => pass(() => heard(server.cart())),
      change: ({ key, changes, ordered }, seenVersion) =>
        pass(() =>
          heard(
            server.changeCart({ input: { idempotencyKey: key, seenVersion, changes, ordered: ordered ?? null } }).cart,
          ),
        ),
    };
    return { lost, ends };
  };
  const product = fc.constantFrom('a', 'b', 'c');
  const on = fc.nat({ max: 1 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('add' as const), on, product, quantity: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ kind: fc.constant('reload' as const), on }),
    fc.record({ kind: fc.constant('sync' as const), on }),
    fc.record({ kind: fc.constant('lose' as const), on, question: fc.boolean(), answer: fc.boolean() }),
    fc.record({ kind: fc.constant('heal' as const), on }),
  );

  it('is one in the end: whatever was put in is in it once, through lost questions, lost answers and reloads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
        const server = serverCart();
        const devices = [0, 1].map(() => ({ storage: memoryStorage(), ...wire(server) }));
        const open = ({ storage, ends }: (typeof devices)[number]) => {
          const cart = createCart(() => storage, ends);
          cart.useOwner('one');
          return cart;
        };
        const carts = devices.map(open);
        const right = new Map<string, number>();
        for (const one of steps) {
          const device = devices[one.on]!;
          if (one.kind === 'add') {
            carts[one.on]?.add(one.product, one.quantity);
            right.set(one.product, (right.get(one.product) ?? 0) + one.quantity);
          }
          if (one.kind === 'reload') carts[one.on] = open(device);
          if (one.kind === 'sync') await carts[one.on]?.sync();
          if (one.kind === 'lose') Object.assign(device.lost, { question: one.question, answer: one.answer });
          if (one.kind === 'heal') Object.assign(device.lost, { question: false, answer: false });
        }
        for (const { lost } of devices) Object.assign(lost, { question: false, answer: false });
        for (const cart of [...carts, ...carts]) {
          await cart.sync();
          await cart.sync();
        }
        for (const cart of carts) {
          const items = new Map(cart.items().map(({ productId, quantity }) => [productId, quantity]));
          expect(Object.fromEntries(items)).toEqual(Object.fromEntries(right));
        }
        expect(right.size === 0 || carts[0]?.version() === carts[1]?.version()).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('is ordered once: the other device learns of the order by the same name of the contents', async () => {
    const server = serverCart();
    const [phone, desk] = [memoryStorage(), memoryStorage()].map((kept) => createCart(() => kept, wire(server).ends));
    phone?.useOwner('one');
    phone?.add('honey', 2);
    await phone?.sync();
    desk?.useOwner('one');
    await desk?.sync();
    const version = desk?.version() ?? '';
    expect(phone?.version()).toBe(version);
    phone?.takeOrdered(version, { orderId: 'order-1', lines: phone.items() });
    await phone?.sync();
    await desk?.sync();
    expect(desk?.orderOf(version)).toBe('order-1');
    expect(desk?.items()).toEqual([]);
  });
});

describe('the key of a wish', () => {
  it('stays while the answer is unknown, also in a new page, and is new for another wish or after the answer', () => {
    const storage = memoryStorage();
    const key = createKeyKeeper('k', () => storage).keyFor('wish');
    const keeper = createKeyKeeper('k', () => storage);
    expect(keeper.keyFor('wish')).toBe(key);
    const other = keeper.keyFor('other wish');
    expect(other).not.toBe(key);
    keeper.settle();
    expect(keeper.keyFor('other wish')).not.toBe(other);
  });
});
