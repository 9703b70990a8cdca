import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { budgetStore, orderStore } from '@aixin/api/internals';
import { BENCH_AGREEMENT_ID } from '../seed/agreements.js';
import { CHARITY_PRODUCT } from './shelf.js';
import { shopperOf } from './shopper.js';
import { persist } from './wait.js';
import { startWorld, type FailureWorld } from './world.js';

const BUYERS = 64;
/** Ten of the sponsor's yuan for sixty-four buyers. */
const CAP_FEN = 1_000;

describe('sixty-four buyers at once, over two processes of the zone', () => {
  let world: FailureWorld;
  beforeAll(async () => {
    world = await startWorld({ name: 'last-yuan', shelf: { buyers: BUYERS, capFen: CAP_FEN } });
  });
  afterAll(() => world.stop());

  it('are promised exactly what the sponsor has, and not a fen more', async () => {
    const other: FailureWorld = {
      ...world,
      url: (
        (url) => () =>
          url
      )(await world.another()),
    };
    const shoppers = await Promise.all(
      Array.from({ length: BUYERS }, (_, n) => persist(() => shopperOf(n % 2 ? world : other, `member#${n}`))),
    );
    const lines = [{ productId: CHARITY_PRODUCT, quantity: 1 }];
    const placed = await Promise.all(shoppers.map((shopper, n) => shopper.place(`last-yuan-${n}`, lines)));
    expect(placed.filter((one) => 'refused' in one)).toEqual([]);
    const orders = await orderStore.collection(world.base).find({}).toArray();
    const promises = orders.flatMap((order) => order.promises);
    expect(orders).toHaveLength(BUYERS);
    expect(promises.reduce((sum, promise) => sum + promise.amountFen, 0)).toBe(CAP_FEN);
    expect(await budgetStore.collection(world.base).findOne({ _id: BENCH_AGREEMENT_ID })).toMatchObject({
      leftFen: 0,
    });
    expect((await world.verdict()).violations).toEqual([]);
  });
});
