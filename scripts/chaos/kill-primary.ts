import type { Verdict } from '@aixin/api/checks';
import { purchase, startPrimaryWorld } from '../failure/kill-primary.js';
import type { ChaosRun } from './chaos-run.js';

const PURCHASES_A_ROUND = 500;
const KILL_AFTER = 150;

/** The primary is killed during each round of purchases and comes back for the next. */
export async function chaosKillPrimary(run: ChaosRun): Promise<Verdict> {
  const world = await startPrimaryWorld();
  try {
    for (let round = 1; ; round += 1) {
      const killed: Promise<number>[] = [];
      await purchase(world, PURCHASES_A_ROUND, (done) => {
        if (done === KILL_AFTER) killed.push(world.set.killPrimary(world.base));
      });
      const [port] = await Promise.all(killed);
      const verdict = await world.verdict();
      run.say(
        `第 ${round} 轮：主节点 ${String(port)} 被终止，已确认 ${world.acknowledged.size} 笔，违例 ${verdict.violations.length}`,
      );
      if (verdict.violations.length > 0 || !run.goesOn()) return verdict;
      if (port !== undefined) await world.set.restart(port);
    }
  } finally {
    await world.stop();
  }
}
