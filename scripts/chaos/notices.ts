import type { Verdict } from '@aixin/api/checks';
import {
  REFUSED_FORGERIES,
  delayPastExpiry,
  duplicateAndReorder,
  forge,
  openOrder,
  settled,
} from '../failure/notices.js';
import { startWorld } from '../failure/world.js';
import { seededRandom } from '../portal/random.js';
import type { ChaosRun } from './chaos-run.js';

/** Notices doubled, reordered, forged, and once at the end later than the order lives. */
export async function chaosNotices(run: ChaosRun): Promise<Verdict> {
  const world = await startWorld({ name: 'chaos-notices', shelf: { stockEach: 1_000_000, capFen: 100_000_000 } });
  const random = seededRandom(Date.now() % 1_000_000);
  try {
    for (let round = 1; run.goesOn(); round += 1) {
      const count = 2 + random.below(30);
      const standing = await duplicateAndReorder(world, count);
      if (standing.some((one) => one !== 1)) throw new Error(`purchases stand ${standing.join()} times`);
      const order = await openOrder(world, 'member#5');
      for (const kind of REFUSED_FORGERIES) {
        const { status, untouched } = await forge(world, order, kind);
        if (status < 400 || !untouched) throw new Error(`a forgery (${kind}) was answered by ${status}`);
      }
      world.provider.pay(order.paymentId);
      await settled(world, [order]);
      if (round % 10 === 0) run.say(`${round} 轮，${world.acknowledged.size} 笔`);
    }
    await world.restart({ HOLD_MS: '12000' });
    run.say(`逾期的付款：${JSON.stringify(await delayPastExpiry(world))}`);
    return await world.verdict();
  } finally {
    await world.stop();
  }
}
