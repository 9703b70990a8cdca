import {
  type Base,
  bankImportStore,
  bankPostingStore,
  batchLineStore,
  blockStore,
  completeOrders,
  ledgerStore,
  orderStore,
  packStore,
  pipeline,
  readRemittances,
  shanghaiMonth,
  systemContext,
} from '@aixin/api/internals';
import { statementOf } from '../seed/fund/fund-bank.js';
import type { Administrators, Decision } from './administrators.js';
import { type BlockedCommand, blockNext } from './fail-points.js';
import { CHARITY_PRODUCT } from './shelf.js';
import { shopperOf } from './shopper.js';
import { persist, until } from './wait.js';
import type { FailureWorld } from './world.js';

/** Enough for a batch to be worth a name, few enough to be bought one by one. */
const SALES = 3;

/** kill -9 of the zone at one moment of the fund's work; afterwards the work is sent again, and stands once. */
export interface FundKill {
  readonly name: string;
  run(work: FundWork): Promise<void>;
}

export interface FundWork {
  readonly world: FailureWorld;
  readonly fund: Administrators;
  /** A month that is over, another one for each step, each later than the one before. */
  readonly month: string;
  /** Sales that accrued in that month. */
  readonly accrue: () => Promise<void>;
}

export const FUND_KILLS: readonly FundKill[] = [
  {
    name: 'while the lines of a batch are being written',
    async run({ world, fund, month, accrue }) {
      await accrue();
      const key = `make-${month}`;
      const press = () => fund.makeBatch(month, key);
      await killedAt(world, { block: insertInto(world.base, batchLineStore.name), press });
      await approved(fund, await persist(press));
    },
  },
  {
    name: 'while the books of an approval are being written',
    run: (work) => killedApproving(work, insertInto(work.world.base, ledgerStore.name)),
  },
  {
    name: 'while an approval is being committed',
    run: (work) => killedApproving(work, () => blockNext(work.world.base, { command: 'commitTransaction' })),
  },
  {
    name: 'while a statement is being read',
    async run({ world, fund, month }) {
      const press = async () => fund.preview({ bytes: await statement(world.base, month), key: `read-${month}` });
      await killedAt(world, { block: insertInto(world.base, 'bankChunks'), press });
      const statementId = await persist(press);
      await persist(() => fund.post(statementId, `post-${month}`));
      await posted(fund, statementId);
    },
  },
  {
    name: 'while a chunk of a statement is being posted',
    async run({ world, fund, month, accrue }) {
      await accrue();
      await approved(fund, await persist(() => fund.makeBatch(month, `make-${month}`)));
      const bytes = await statement(world.base, month);
      const statementId = await persist(() => fund.preview({ bytes, key: `chunk-${month}` }));
      const press = () => fund.post(statementId, `post-${month}`);
      await killedAt(world, { block: insertInto(world.base, bankPostingStore.name), press });
      await posted(fund, statementId);
      const [open] = await readRemittances(world.base, { states: ['OPEN'] });
      if (open) throw new Error(`${open._id} was paid and still waits`);
    },
  },
  {
    name: 'while a block is being sealed',
    async run({ world, accrue }) {
      const blocked = await insertInto(world.base, blockStore.name)();
      const buying = accrue();
      await blocked.reached();
      await world.kill();
      await world.restart();
      await buying;
    },
  },
  {
    name: 'while a disclosure is being published',
    async run({ world, fund, month }) {
      const period = { from: `${month}-01`, until: `${month}-28` };
      const draft = await persist(() => fund.draftPack(period, `draft-${month}`));
      const press = () => fund.publishPack(draft, `publish-${month}`);
      await killedAt(world, {
        block: () => blockNext(world.base, { command: 'update', collection: packStore.name }),
        press,
      });
      await persist(press);
      const packs = await packStore.collection(world.base).countDocuments({ state: 'PUBLISHED' });
      if (packs !== 1) throw new Error(`the disclosure stands ${packs} times`);
    },
  },
];

/** Sales of today that accrued in a month that is over: their orders' window ended then. */
export async function accrueIn(world: FailureWorld, month: string, run: number): Promise<void> {
  const shopper = await persist(() => shopperOf(world, 'member#1'));
  const orderIds: string[] = [];
  for (let n = 0; n < SALES; n += 1) {
    const key = `fund-${month}-${String(run)}-${String(n)}`;
    const placed = await persist(() => shopper.place(key, [{ productId: CHARITY_PRODUCT, quantity: 1 }]));
    if ('refused' in placed) throw new Error(`not placed: ${placed.refused}`);
    const paymentId = await persist(() => shopper.openPayment(placed.orderId));
    if (typeof paymentId !== 'string') throw new Error(`not payable: ${paymentId.refused}`);
    world.provider.pay(paymentId);
    orderIds.push(placed.orderId);
    await until('the purchase is settled', async () => {
      await world.provider.flush();
      return (await persist(() => shopper.look(placed.orderId))).settled;
    });
    world.acknowledged.add(placed.orderId);
  }
  const thenMs = Date.parse(`${month}-15T12:00:00+08:00`);
  const past: Base = { ...world.base, clock: () => thenMs };
  const due = { $set: { state: 'RECEIVED' as const, completesAt: new Date(thenMs) }, $inc: { revision: 1 } };
  await orderStore.collection(world.base).updateMany({ _id: { $in: orderIds }, state: 'PAID' }, due);
  while ((await completeOrders(systemContext(past, 'test'))) > 0);
  // A batch counts what is sealed.
  await pipeline(world.base).caughtUp();
}

/** The nth of the last `of` months that are over, `0` the longest ago. */
export function pastMonth(nowMs: number, n: number, of: number): string {
  const [year = 0, month = 1] = shanghaiMonth(nowMs).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - of + n, 1)).toISOString().slice(0, 7);
}

/** Presses, kills the zone while the database stands still before the command, and starts it again. */
async function killedAt(
  world: FailureWorld,
  step: { readonly block: () => Promise<BlockedCommand>; readonly press: () => Promise<unknown> },
): Promise<void> {
  const blocked = await step.block();
  // What is pressed may be done by a job after its answer; a refusal would be waited for in vain.
  const reached = blocked.reached();
  const pressing = step.press();
  for (const one of [reached, pressing]) one.catch(cutOff);
  await Promise.race([reached, pressing.then(() => reached)]);
  await world.kill();
  await pressing.catch(cutOff);
  await world.restart();
}

/** The press that the kill cut off. */
function cutOff(): void {}

function insertInto(base: Base, collection: string): () => Promise<BlockedCommand> {
  return () => blockNext(base, { command: 'insert', collection });
}

async function killedApproving({ world, fund, month, accrue }: FundWork, block: () => Promise<BlockedCommand>) {
  await accrue();
  const draft = await persist(() => fund.makeBatch(month, `make-${month}`));
  await killedAt(world, { block, press: () => fund.approveBatch(draft) });
  await approved(fund, draft);
}

async function approved(fund: Administrators, draft: Decision): Promise<void> {
  const { state } = await persist(() => fund.approveBatch(draft));
  if (state !== 'APPROVED') throw new Error(`the batch is ${state}`);
}

async function posted(fund: Administrators, statementId: string): Promise<void> {
  await until(
    'the statement is posted',
    async () => (await persist(() => fund.statementState(statementId))) === 'POSTED',
  );
}

/** Everything that sponsors owe by now, paid in one month; each statement goes on where the last one ended. */
async function statement(base: Base, month: string): Promise<Buffer> {
  const brought = await bankImportStore.collection(base).find({ state: 'POSTED' }).sort({ at: 1 }).toArray();
  const openingFen = brought.reduce((sum, one) => sum + (one.preview?.newCreditFen ?? 0), 0);
  const open = await readRemittances(base, { states: ['OPEN'] });
  const lines = open.map((one) => ({
    ...{ day: `${month}-20`, amountFen: one.amountFen - one.receivedFen, counterparty: '配捐单位甲', memo: one._id },
  }));
  return statementOf(lines, { from: `${month}-01`, until: `${month}-28` }, openingFen);
}
