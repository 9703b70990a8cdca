import {
  type Base,
  billedRefunds,
  fundSpends,
  importDirectory,
  isRefusal,
  noteBilledRefunds,
  pipeline,
  pipelineOptions,
  projections,
  readStraysBetween,
  readStraysOfPayments,
  spendPort,
  strayReads,
  systemContext,
} from '@aixin/api/internals';
import { bringBills } from '../seed/fund/bring-bills.js';
import { fundPeople } from '../seed/fund/fund-people.js';
import { createFundStory } from '../seed/fund/fund-story.js';
import { seedHistory } from '../seed/history.js';
import { seedZone } from '../seed/index.js';
import { openZoneBase } from './zone-base.js';

/** Nobody looks yet: blocks are made as entries come. */
const SEED_GATHER_MS = 50;

/**
 * Migrates, and on an empty database seeds: the shelf, the portal's directory, half a year of purchases. Each part is
 * idempotent, so a start that was cut off goes on where it was.
 */
export async function prepareData(options: {
  env: Readonly<Record<string, string>>;
  say: (line: string) => void;
}): Promise<void> {
  const { env, say } = options;
  const hand = { nowMs: Date.now() };
  const zone = await openZoneBase(env, { clock: () => hand.nowMs });
  try {
    const { base } = zone;
    const settings = base.db.collection<{ _id: string }>('seedSteps');
    const once = async (step: string, line: string, work: () => Promise<void>): Promise<void> => {
      if (await settings.findOne({ _id: step })) return;
      say(line);
      await work();
      await settings.insertOne({ _id: step });
    };
    await once('shelf', '准备货架：18 个区县的产品 …', async () => {
      await seedZone(base, { nowMs: base.clock() });
    });
    await once('directory', '导入门户通讯录：97 个单位、4,500 个组织、50,000 名党员 …', async () => {
      const done = await importDirectory(systemContext(base, 'seed'));
      if (isRefusal(done)) throw new Error(`通讯录没有导入：${done.message}`);
    });
    await once('history', '准备半年的演示记录：购买、批次、对账、公示 …', () => prepareHistory(base, hand));
    await once('bills', '核对近几日的支付账单 …', async () => {
      billedRefunds.fill(base, { note: (found) => noteBilledRefunds(systemContext(base, 'seed'), found) });
      strayReads.fill(base, { ofPayments: readStraysOfPayments, between: readStraysBetween });
      await bringBills(base, fundPeople(base).maker);
    });
  } finally {
    await zone.close();
  }
}

/** Purchases and the fund's months go on side by side: a batch counts what is sealed, so the blocks are made meanwhile. */
async function prepareHistory(base: Base, hand: { nowMs: number }): Promise<void> {
  const { nowMs } = hand;
  pipelineOptions.fill(base, { projections, keepHead: () => Promise.resolve(), gatherMs: SEED_GATHER_MS });
  spendPort.fill(base, fundSpends);
  pipeline(base).start();
  try {
    const story = createFundStory(base, hand, nowMs);
    await seedHistory(base, hand, (month) => story.monthEnd(month));
    await pipeline(base).caughtUp();
    await story.today();
  } finally {
    await pipeline(base).stop();
  }
}
