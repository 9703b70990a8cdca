import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Heart, startHeart } from '../../../test/heart.js';
import { blockStore, pipeline } from './index.js';

/** More than one block takes. */
const WAITING = 700;

let heart: Heart;
beforeAll(async () => {
  heart = await startHeart('catch-up');
  await heart.supply('honey', 10_000);
});
afterAll(async () => {
  await pipeline(heart.base).stop();
  await heart.stop();
});

async function buy(from: number, count: number): Promise<void> {
  const buyers = Array.from({ length: count }, (_, n) => from + n);
  const lines = [{ productId: 'honey', quantity: 1 }];
  await Promise.all(
    buyers.map(async (n) => heart.pay(await heart.place({ memberId: `m${n}`, key: `key-${n}`, lines }))),
  );
}

it('a journal without a place in the stream is sealed once, by an index that nobody keeps afterwards', async () => {
  await buy(0, WAITING);
  pipeline(heart.base).start();
  await pipeline(heart.base).caughtUp();
  await buy(WAITING, 30);
  await pipeline(heart.base).caughtUp();
  const blocks = await blockStore.collection(heart.base).find().toArray();
  const sealed = blocks.flatMap((block) => block.entryIds);
  expect(sealed).toHaveLength(WAITING + 30);
  expect(new Set(sealed).size).toBe(sealed.length);
  expect((await blockStore.collection(heart.base).indexes()).map((one) => one.name)).toEqual(['_id_']);
});
