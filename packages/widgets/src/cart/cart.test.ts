import { describe, expect, it } from '@jest/globals';
import { createKeyKeeper } from '../buy/idempotency.js';
import { createCart, MAX_LINES, MAX_QUANTITY } from './cart.js';

const memoryStorage = (texts: Record<string, string> = {}): Storage => {
  const kept = new Map(Object.entries(texts));
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
    clear: () => {
      kept.clear();
    },
  };
};

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
