import { orderStore } from '@aixin/api/internals';
import type { SeededRandom } from '../portal/random.js';
import type { Faults } from '../provider/faults.js';
import { benchProductId } from '../seed/index.js';
import { type Shopper, approveRefund, shopperOf } from './shopper.js';
import { persist, until } from './wait.js';
import type { FailureWorld } from './world.js';

export interface Shopping {
  readonly random: SeededRandom;
  readonly buyers: number;
  readonly products: number;
  goesOn(): boolean;
}

/** What the buyers did, for the one who watches. */
export interface Tally {
  placed: number;
  refused: number;
  cancelled: number;
  paid: number;
  askedBack: number;
}

interface Buyer {
  readonly world: FailureWorld;
  readonly shopping: Shopping;
  readonly shopper: Shopper;
  readonly tally: Tally;
  /** Orders whose money the provider has. */
  readonly paidOrderIds: Set<string>;
}

/**
 * Buyers who place, leave, cancel, pay and ask money back as it comes, while the provider's notices are late, doubled or
 * lost and its answers go missing; until `goesOn` says no, and everything that is under way has come to its end.
 */
export async function shop(world: FailureWorld, shopping: Shopping): Promise<Tally> {
  const tally: Tally = { placed: 0, refused: 0, cancelled: 0, paid: 0, askedBack: 0 };
  const paidOrderIds = new Set<string>();
  const buying = Array.from({ length: shopping.buyers }, async (_, n) => {
    const shopper = await persist(() => shopperOf(world, `member#${n}`));
    const buyer: Buyer = { world, shopping, shopper, tally, paidOrderIds };
    for (let round = 0; shopping.goesOn(); round += 1) await buyOnce(buyer, `shop-${process.pid}-${n}-${round}`);
  });
  await Promise.all(buying);
  await calmDown(world, paidOrderIds);
  return tally;
}

async function buyOnce(buyer: Buyer, key: string): Promise<void> {
  const { shopper, tally } = buyer;
  const { random, products } = buyer.shopping;
  const lines = [{ productId: benchProductId(1 + random.below(products)), quantity: 1 + random.below(3) }];
  const placed = await persist(() => shopper.place(key, lines));
  if ('refused' in placed) {
    tally.refused += 1;
    return;
  }
  tally.placed += 1;
  const mood = random.next();
  if (mood < 0.1) return;
  if (mood < 0.25) {
    await persist(() => shopper.cancel(placed.orderId));
    tally.cancelled += 1;
    return;
  }
  if (!(await pay(buyer, placed.orderId)) || mood < 0.6) return;
  await until('the purchase is settled', async () => (await persist(() => shopper.look(placed.orderId))).settled);
  buyer.world.acknowledged.add(placed.orderId);
  const asked = await persist(() => shopper.askBack(placed.orderId, { key: `${key}-back`, quantity: 1 }));
  if ('refused' in asked) return;
  await persist(() => approveRefund(buyer.world, asked.refundId));
  tally.askedBack += 1;
}

async function pay(buyer: Buyer, orderId: string): Promise<boolean> {
  const { world, shopper, shopping, tally } = buyer;
  const paymentId = await persist(() => shopper.openPayment(orderId));
  if (typeof paymentId !== 'string') return false;
  world.provider.faults(trouble(shopping.random), paymentId);
  world.provider.pay(paymentId);
  buyer.paidOrderIds.add(orderId);
  tally.paid += 1;
  return true;
}

/** Half of the payments go well. */
function trouble(random: SeededRandom): Faults {
  const kinds: readonly Faults[] = [
    { duplicate: 1 + random.below(4) },
    { delayMs: random.below(1_500) },
    { drop: true },
    { api: { fail: 'hangup', times: 2 } },
    { api: { fail: 'system-error', times: 1 }, duplicate: 1 },
  ];
  return random.next() < 0.5 ? {} : random.pick(kinds);
}

/** Lets everything arrive that is still on its way: each paid order is settled, each approved refund is done. */
async function calmDown(world: FailureWorld, paidOrderIds: ReadonlySet<string>): Promise<void> {
  world.provider.clearFaults();
  const orders = orderStore.collection(world.base);
  const ids = [...paidOrderIds];
  await until('all money that was paid is settled', async () => {
    await world.provider.flush();
    return (await orders.countDocuments({ _id: { $in: ids }, paidBy: { $exists: true } })) === ids.length;
  });
  for (const orderId of ids) world.acknowledged.add(orderId);
  await until('all approved refunds are done', async () => {
    await world.provider.flush();
    return (
      (await orders.countDocuments({
        'refunds.refundId': { $exists: true },
        'refunds.state': { $in: ['APPROVED', 'SENT'] },
      })) === 0
    );
  });
}
