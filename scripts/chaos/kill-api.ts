import type { Verdict } from '@aixin/api/checks';
import { KILL_STEPS, killAt } from '../failure/kill-api.js';
import { startWorld } from '../failure/world.js';
import type { ChaosRun } from './chaos-run.js';

/** The zone is killed at every step of a purchase, over and over; all invariants after each. */
export async function chaosKillApi(run: ChaosRun): Promise<Verdict> {
  const world = await startWorld({ name: 'chaos-kill-api', failPoints: true });
  try {
    for (let round = 0; ; round += 1) {
      const step = KILL_STEPS[round % KILL_STEPS.length];
      if (!step) throw new Error('there are no steps');
      await killAt(world, step);
      const verdict = await world.verdict();
      run.say(`${round + 1}. ${step.name}：${verdict.entryCount} 笔，违例 ${verdict.violations.length}`);
      if (verdict.violations.length > 0 || !run.goesOn()) return verdict;
    }
  } finally {
    await world.stop();
  }
}
