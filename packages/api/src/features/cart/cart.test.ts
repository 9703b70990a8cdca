import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { testDatabase } from '../../../test/mongo.js';
import type { Actor } from '../../kernel/authority.js';
import { systemClock } from '../../kernel/clock.js';
import type { Base, Context } from '../../kernel/context.js';
import { systemRandom } from '../../kernel/ids.js';
import { isRefusal } from '../../kernel/refusal.js';
import { ensureCollections } from '../../kernel/store.js';
import { type Cart, type CartChange, type CartLine, changeCart, changed, findCart, MOST_LINES } from './index.js';

const database = testDatabase('cart');
let base: Base;

beforeAll(async () => {
  const db = await database.connect();
  const stopping = new AbortController().signal;
  base = { db, clock: systemClock, random: systemRandom, log: pino({ level: 'silent' }), stopping };
  await ensureCollections(db, ['carts']);
});
afterAll(() => database.drop());

const member = (memberId: string): Context => {
  const actor: Actor = { kind: 'person', memberId, roles: [{ name: 'member' }] };
  return { base, actor, requestId: 'test', log: base.log };
};
let keys = 0;
const newKey = (): string => `key-00000-${(keys += 1)}`;
const add = (productId: string, quantity: number): CartChange => ({ productId, kind: 'ADD', quantity });

async function ok(asked: ReturnType<typeof changeCart>): Promise<Cart> {
  const cart = await asked;
  if (isRefusal(cart)) throw new Error(cart.code);
  return cart;
}

describe('a cart', () => {
  it('takes its name from the change where the person saw what it was, and another name where not', async () => {
    const ctx = member('named');
    const first = await ok(
      changeCart(ctx, { idempotencyKey: 'first-key', seenVersion: '', changes: [add('honey', 1)] }),
    );
    expect(first.version).toBe('first-key');
    const second = { idempotencyKey: 'second-key', seenVersion: 'first-key', changes: [add('honey', 1)] };
    expect((await ok(changeCart(ctx, second))).version).toBe('second-key');
    const blind = { idempotencyKey: 'blind-key', seenVersion: 'first-key', changes: [add('tea', 1)] };
    const merged = await ok(changeCart(ctx, blind));
    expect(merged.version).not.toBe('blind-key');
    expect(merged.lines).toEqual([
      { productId: 'honey', quantity: 2 },
      { productId: 'tea', quantity: 1 },
    ]);
  });

  it('loses what was ordered once, whichever devices tell of it, and remembers the order', async () => {
    const ctx = member('ordering');
    await ok(changeCart(ctx, { idempotencyKey: newKey(), seenVersion: '', changes: [add('honey', 3)] }));
    const ordered = { version: 'v', orderId: 'order-1' };
    const changes: CartChange[] = [{ productId: 'honey', kind: 'TAKE', quantity: 2 }];
    for (let device = 0; device < 2; device += 1)
      await ok(changeCart(ctx, { idempotencyKey: newKey(), seenVersion: '', changes, ordered }));
    expect(await findCart(base, 'ordering')).toMatchObject({ lines: [{ productId: 'honey', quantity: 1 }], ordered });
  });

  it('says when it is full and leaves it as it was; a wrong number and a wrong key are refused', async () => {
    const ctx = member('full');
    const all = Array.from({ length: MOST_LINES }, (_, at) => add(`p${at}`, 1));
    const before = await ok(changeCart(ctx, { idempotencyKey: newKey(), seenVersion: '', changes: all }));
    const one = (change: CartChange, idempotencyKey = newKey()) =>
      changeCart(ctx, { idempotencyKey, seenVersion: '', changes: [change] });
    expect(await one(add('more', 1))).toMatchObject({ code: 'CART_FULL' });
    expect(await one(add('p1', 1_000))).toMatchObject({ code: 'CART_INVALID' });
    expect(await one(add('', 1))).toMatchObject({ code: 'CART_INVALID' });
    expect(await one(add('p1', 1), 'short')).toMatchObject({ code: 'KEY_INVALID' });
    expect(await findCart(base, 'full')).toEqual(before);
  });

  it('belongs to who is signed in, and to nobody else', async () => {
    const input = { idempotencyKey: newKey(), seenVersion: '', changes: [add('honey', 1)] };
    const nobody: Context = { ...member('x'), actor: { kind: 'anonymous' } };
    expect(await changeCart(nobody, input)).toMatchObject({ code: 'SIGNED_OUT' });
    await ok(changeCart(member('mine'), input));
    expect((await findCart(base, 'yours')).lines).toEqual([]);
  });
});

describe('two devices with lost answers', () => {
  const change = fc.record({
    productId: fc.constantFrom('a', 'b'),
    kind: fc.constantFrom('ADD' as const, 'TAKE' as const, 'AT_LEAST' as const, 'SET' as const),
    quantity: fc.nat({ max: 9 }),
  });
  const press = fc.record({
    changes: fc.array(change, { minLength: 1, maxLength: 3 }),
    sendings: fc.integer({ min: 1, max: 3 }),
  });
  let runs = 0;

  it('have one cart in the end: each press counted once, however often it was sent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(press, { maxLength: 6 }), fc.array(press, { maxLength: 6 }), async (one, other) => {
        const memberId = `device-${(runs += 1)}`;
        const done: { key: string; changes: readonly CartChange[] }[] = [];
        const use = async (presses: typeof one): Promise<void> => {
          let seenVersion = '';
          for (const { changes, sendings } of presses) {
            const idempotencyKey = newKey();
            for (let sending = 0; sending < sendings; sending += 1)
              seenVersion = (await ok(changeCart(member(memberId), { idempotencyKey, seenVersion, changes }))).version;
            done.push({ key: idempotencyKey, changes });
          }
        };
        await Promise.all([use(one), use(other)]);
        const cart = await findCart(base, memberId);
        const inOrder = [...done].sort((a, b) => cart.doneKeys.indexOf(a.key) - cart.doneKeys.indexOf(b.key));
        const right = inOrder.reduce<readonly CartLine[]>((lines, { changes }) => changed(lines, changes), []);
        expect(cart.lines).toEqual(right);
        expect(new Set(cart.doneKeys).size).toBe(one.length + other.length);
      }),
      { numRuns: 30 },
    );
  });
});
