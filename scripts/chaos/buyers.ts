import { setTimeout as sleep } from 'node:timers/promises';
import type { Verdict } from '@aixin/api/checks';
import { shop } from '../failure/buyers.js';
import { type FailureWorld, startWorld } from '../failure/world.js';
import { seededRandom } from '../portal/random.js';
import type { ChaosRun } from './chaos-run.js';

const BUYERS = 24;
const PRODUCTS = 30;
/** Between two kills the zone is left alone for this long. */
const CALM_MS = 15_000;
const LOOK_EVERY_MS = 500;

/** Random shopping at a provider that stumbles, and the zone is killed now and then. */
export async function chaosBuyers(run: ChaosRun): Promise<Verdict> {
  const seed = Date.now() % 1_000_000;
  run.say(`随机种子 ${seed}`);
  const shelf = { buyers: BUYERS, products: PRODUCTS, stockEach: 5_000, capFen: 2_000_000 };
  const world = await startWorld({ name: 'chaos-buyers', shelf, env: { ASK_AFTER_MS: '1000' } });
  try {
    const shopping = { random: seededRandom(seed), buyers: BUYERS, products: PRODUCTS, goesOn: run.goesOn };
    const [tally] = await Promise.all([shop(world, shopping), killNowAndThen(world, run)]);
    run.say(
      `下单 ${tally.placed}，被拒 ${tally.refused}，取消 ${tally.cancelled}，付款 ${tally.paid}，退款 ${tally.askedBack}`,
    );
    return await world.verdict();
  } finally {
    await world.stop();
  }
}

async function killNowAndThen(world: FailureWorld, run: ChaosRun): Promise<void> {
  for (let kills = 1; run.goesOn(); kills += 1) {
    for (let calmMs = 0; calmMs < CALM_MS && run.goesOn(); calmMs += LOOK_EVERY_MS) await sleep(LOOK_EVERY_MS);
    if (!run.goesOn()) return;
    await world.restart();
    run.say(`第 ${kills} 次强行终止专区并重启；已确认 ${world.acknowledged.size} 笔`);
  }
}
