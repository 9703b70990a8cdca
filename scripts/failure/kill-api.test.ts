import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KILL_STEPS, killAt } from './kill-api.js';
import { startWorld, type FailureWorld } from './world.js';

describe('the zone is killed between the order and the answer to its payment', () => {
  let world: FailureWorld;
  beforeAll(async () => {
    world = await startWorld({ name: 'kill-api', failPoints: true });
  });
  afterAll(() => world.stop());

  it.each(KILL_STEPS)('$name: after a restart the purchase stands once, and every invariant', async (step) => {
    await killAt(world, step);
    const verdict = await world.verdict();
    expect(verdict.violations).toEqual([]);
    expect(verdict.unsealedCount).toBe(0);
    expect(verdict.entryCount).toBe(world.acknowledged.size);
  });
});
