import { journalStore, orderStore } from '@aixin/api/internals';
import { type BlockedCommand, blockNext } from './fail-points.js';
import { CHARITY_PRODUCT } from './shelf.js';
import { type Placed, type Shopper, shopperOf } from './shopper.js';
import { persist, until } from './wait.js';
import type { FailureWorld } from './world.js';

/** kill -9 of the zone at one moment of a purchase; afterwards the purchase must stand, once. */
export interface KillStep {
  readonly name: string;
  /** Kills and restarts the zone on the way; gives the order that somebody has paid for. */
  run(purchase: Purchase): Promise<string>;
}

interface Purchase {
  readonly world: FailureWorld;
  readonly shopper: Shopper;
  /** One for each run: a second press of the same button. */
  readonly key: string;
}

export const KILL_STEPS: readonly KillStep[] = [
  {
    name: 'while the order is being inserted',
    run: (purchase) =>
      killedPlacing(purchase, () => blockNext(purchase.world.base, { command: 'insert', collection: orderStore.name })),
  },
  {
    name: 'while the order is being committed',
    run: (purchase) => killedPlacing(purchase, () => blockNext(purchase.world.base, { command: 'commitTransaction' })),
  },
  {
    name: 'when the buyer has paid and no notice has come yet',
    async run(purchase) {
      const { world } = purchase;
      const { orderId, paymentId } = await openPayment(purchase);
      world.provider.faults({ delayMs: 3_600_000 }, paymentId);
      world.provider.pay(paymentId);
      await world.restart();
      return orderId;
    },
  },
  {
    name: 'while the journal entry is being inserted',
    run: (purchase) =>
      killedSettling(purchase, () =>
        blockNext(purchase.world.base, { command: 'insert', collection: journalStore.name }),
      ),
  },
  {
    name: 'when the journal entry is written and the order is not',
    run: (purchase) =>
      killedSettling(purchase, () =>
        blockNext(purchase.world.base, { command: 'update', collection: orderStore.name }),
      ),
  },
  {
    name: 'while the settlement is being committed',
    run: (purchase) => killedSettling(purchase, () => blockNext(purchase.world.base, { command: 'commitTransaction' })),
  },
  {
    name: 'when it is committed and the provider has no answer yet',
    async run(purchase) {
      const { world } = purchase;
      const { orderId, paymentId } = await openPayment(purchase);
      world.relay.swallow = true;
      world.relay.answers.length = 0;
      world.provider.pay(paymentId);
      await until('the zone has answered the notice', () => world.relay.answers.includes(200));
      await world.kill();
      world.relay.swallow = false;
      world.acknowledged.add(orderId);
      await world.restart();
      return orderId;
    },
  },
  {
    name: 'when the provider has its answer',
    async run(purchase) {
      const { world } = purchase;
      const { orderId, paymentId } = await openPayment(purchase);
      world.provider.pay(paymentId);
      await until('the notice is acknowledged', () => world.provider.waitingNotices() === 0);
      await world.kill();
      world.acknowledged.add(orderId);
      await world.restart();
      return orderId;
    },
  },
];

let runCount = 0;

/** Runs one step and sees to it that its purchase stands exactly once. Throws where it does not. */
export async function killAt(world: FailureWorld, step: KillStep): Promise<void> {
  runCount += 1;
  const shopper = await persist(() => shopperOf(world, 'member#1'));
  const orderId = await step.run({ world, shopper, key: `kill-key-${process.pid}-${runCount}` });
  await until('the purchase is settled', async () => {
    await world.provider.flush();
    return (await persist(() => shopper.look(orderId))).settled;
  });
  world.acknowledged.add(orderId);
  await until('every notice is acknowledged', async () => (await world.provider.flush()).sent === 0);
  const entryCount = await journalStore.collection(world.base).countDocuments({ orderId });
  if (entryCount !== 1) throw new Error(`the purchase stands ${entryCount} times in the journal`);
}

async function killedPlacing(purchase: Purchase, block: () => Promise<BlockedCommand>): Promise<string> {
  const { world } = purchase;
  const blocked = await block();
  const pressing = place(purchase).catch((error: unknown) => error);
  await blocked.reached();
  await world.kill();
  await pressing;
  await world.restart();
  // The buyer, who has seen no answer, presses again: whether the first press stands or not, there is one order.
  const { orderId, paymentId } = await openPayment(purchase);
  world.provider.pay(paymentId);
  return orderId;
}

async function killedSettling(purchase: Purchase, block: () => Promise<BlockedCommand>): Promise<string> {
  const { world } = purchase;
  const { orderId, paymentId } = await openPayment(purchase);
  const blocked = await block();
  world.provider.pay(paymentId);
  await blocked.reached();
  await world.kill();
  await world.restart();
  return orderId;
}

async function place({ shopper, key }: Purchase): Promise<Placed> {
  const placed = await shopper.place(key, [{ productId: CHARITY_PRODUCT, quantity: 2 }]);
  if ('refused' in placed) throw new Error(`not placed: ${placed.refused}`);
  return placed;
}

async function openPayment(purchase: Purchase): Promise<{ orderId: string; paymentId: string }> {
  const { orderId } = await persist(() => place(purchase));
  const paymentId = await persist(() => purchase.shopper.openPayment(orderId));
  if (typeof paymentId !== 'string') throw new Error(`not payable: ${paymentId.refused}`);
  return { orderId, paymentId };
}
