import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PrimaryWorld, purchase, startPrimaryWorld } from './kill-primary.js';

const PURCHASES = 500;
const KILL_AFTER = 150;

describe('the primary of three nodes is killed during 500 purchases', () => {
  let world: PrimaryWorld;
  beforeAll(async () => {
    world = await startPrimaryWorld();
  });
  afterAll(() => world.stop());

  it('and every acknowledged one stands, once, with all its effects', async () => {
    const killed: Promise<number>[] = [];
    await purchase(world, PURCHASES, (done) => {
      if (done === KILL_AFTER) killed.push(world.set.killPrimary(world.base));
    });
    expect(await Promise.all(killed)).toHaveLength(1);
    expect(world.acknowledged.size).toBe(PURCHASES);
    const verdict = await world.verdict();
    expect(verdict.violations).toEqual([]);
    expect(verdict.entryCount).toBe(PURCHASES);
    expect(verdict.orderCount).toBe(PURCHASES);
    expect(verdict.unsealedCount).toBe(0);
  });
});
