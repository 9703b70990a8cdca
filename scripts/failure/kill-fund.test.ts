import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Administrators, administratorsOf } from './administrators.js';
import { accrueIn, FUND_KILLS, pastMonth } from './kill-fund.js';
import { persist } from './wait.js';
import { startWorld, type FailureWorld } from './world.js';

describe('the zone is killed in the middle of the fund’s work', () => {
  let world: FailureWorld;
  let fund: Administrators;
  let runs = 0;
  beforeAll(async () => {
    world = await startWorld({ name: 'kill-fund', failPoints: true });
    fund = await persist(() => administratorsOf(world));
  });
  afterAll(() => world.stop());

  it.each(FUND_KILLS.map((step, n) => ({ ...step, n })))(
    '$name: after a restart the work stands once, and every invariant',
    async ({ n, run }) => {
      const month = pastMonth(Date.now(), n, FUND_KILLS.length);
      const accrue = async (): Promise<void> => {
        runs += 1;
        await accrueIn(world, month, runs);
      };
      await run({ world, fund, month, accrue });
      const verdict = await world.verdict();
      expect(verdict.violations).toEqual([]);
      expect(verdict.unsealedCount).toBe(0);
    },
  );
});
