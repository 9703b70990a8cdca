import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Heart, startHeart } from '../../../test/heart.js';
import { merkleRoot } from '../../kernel/merkle.js';
import { type Block, blockStore, journalHead, pipeline } from './index.js';

let heart: Heart;
beforeAll(async () => {
  heart = await startHeart('journal-head');
  await heart.supply('honey', 1_000);
  pipeline(heart.base).start();
});
afterAll(async () => {
  await pipeline(heart.base).stop();
  await heart.stop();
});

let bought = 0;
const buy = async (times: number): Promise<void> => {
  for (let n = 0; n < times; n += 1) {
    bought += 1;
    const lines = [{ productId: 'honey', quantity: 1 }];
    await heart.pay(await heart.place({ memberId: `m${bought % 5}`, key: `key-${bought}`, lines }));
    if (n % 3 === 0) await pipeline(heart.base).caughtUp();
  }
  await pipeline(heart.base).caughtUp();
};
const blocks = (): Promise<Block[]> => blockStore.collection(heart.base).find().sort({ _id: 1 }).toArray();
const rootOf = (some: readonly Block[]): string => merkleRoot(some.map((block) => block.hash));

describe('the head of the journal', () => {
  it('is nothing before the first block', async () => {
    expect(await journalHead(heart.base)).toBeNull();
  });

  it('names the newest block and a root over all of them, also as it stood before', async () => {
    const startMs = heart.nowMs;
    await buy(8);
    const first = await blocks();
    expect(first.length).toBeGreaterThan(2);
    const head = { block: first.length, hash: first.at(-1)?.hash, root: rootOf(first) };
    expect(await journalHead(heart.base)).toEqual(head);
    heart.nowMs = startMs + 86_400_000;
    await buy(7);
    const all = await blocks();
    const both = await Promise.all([journalHead(heart.base), journalHead(heart.base)]);
    expect(both[0]).toEqual({ block: all.length, hash: all.at(-1)?.hash, root: rootOf(all) });
    expect(both[1]).toEqual(both[0]);
    expect(await journalHead(heart.base, new Date(startMs + 1))).toEqual(head);
    expect(await journalHead(heart.base)).toEqual(both[0]);
    expect(await journalHead(heart.base, new Date(startMs))).toBeNull();
  });

  it('is not given where a block is missing', async () => {
    const last = (await blocks()).at(-1)!;
    const collection = blockStore.collection(heart.base);
    await collection.insertOne({ ...last, _id: last._id + 2, entryIds: [], entryHashes: [] });
    await expect(journalHead(heart.base)).rejects.toThrow(`block ${last._id + 1} is missing`);
    await collection.deleteOne({ _id: last._id + 2 });
    expect(await journalHead(heart.base)).toMatchObject({ block: last._id });
  });
});
