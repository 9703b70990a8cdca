import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '../portal/random.js';
import { shop } from './buyers.js';
import { startWorld, type FailureWorld } from './world.js';

const BUYERS = 6;
const ENOUGH_PURCHASES = 40;

describe('buyers who do as they like, and a provider that stumbles', () => {
  let world: FailureWorld;
  beforeAll(async () => {
    // So few pieces and yuan that some buyers come too late.
    const shelf = { buyers: BUYERS, products: 6, stockEach: 30, capFen: 800 };
    world = await startWorld({ name: 'buyers', shelf, env: { ASK_AFTER_MS: '1000' } });
  });
  afterAll(() => world.stop());

  it('leave every invariant standing', async () => {
    const random = seededRandom(20_261_122);
    let rounds = 0;
    const goesOn = (): boolean => (rounds += 1) <= ENOUGH_PURCHASES + BUYERS;
    const tally = await shop(world, { random, buyers: BUYERS, products: 6, goesOn });
    expect(tally.paid).toBeGreaterThan(10);
    expect(tally.cancelled).toBeGreaterThan(0);
    expect(tally.askedBack).toBeGreaterThan(0);
    const verdict = await world.verdict();
    expect(verdict.violations).toEqual([]);
    expect(verdict.orderCount).toBe(tally.placed);
    expect(verdict.entryCount).toBe(tally.paid + tally.askedBack);
  });
});
