import { type Order, journalStore, orderStore } from '@aixin/api/internals';
import { FORGERIES, type Forgery } from '../provider/faults.js';
import { CHARITY_PRODUCT, LAST_PIECE, PLAIN_PRODUCT } from './shelf.js';
import { type Shopper, shopperOf } from './shopper.js';
import { until } from './wait.js';
import type { FailureWorld } from './world.js';

/** `amount` is signed by the provider itself: no forgery to be refused, but an amount for the order to notice. */
export const REFUSED_FORGERIES: readonly Forgery[] = FORGERIES.filter((kind) => kind !== 'amount');

/** What a notice can change. Leases and projections move by themselves. */
const WRITTEN = ['orders', 'journal', 'strayPayments', 'stocks', 'budgets', 'boughtTallies'];
let orderCount = 0;

export interface Opened {
  readonly orderId: string;
  readonly paymentId: string;
  readonly shopper: Shopper;
}

/** Placed, and its payment opened at the provider. */
export async function openOrder(world: FailureWorld, persona: string, productId = CHARITY_PRODUCT): Promise<Opened> {
  orderCount += 1;
  const key = `notice-${process.pid}-${orderCount}`;
  const shopper = await shopperOf(world, persona);
  const placed = await shopper.place(key, [{ productId, quantity: 1 }]);
  if ('refused' in placed) throw new Error(`not placed: ${placed.refused}`);
  const paymentId = await shopper.openPayment(placed.orderId);
  if (typeof paymentId !== 'string') throw new Error(`not payable: ${paymentId.refused}`);
  return { orderId: placed.orderId, paymentId, shopper };
}

export async function openOrders(world: FailureWorld, count: number): Promise<Opened[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => openOrder(world, `member#${n % 3}`)));
}

export async function settled(world: FailureWorld, orders: readonly Opened[]): Promise<void> {
  for (const { orderId, shopper } of orders) {
    await until('the purchase is settled', async () => (await shopper.look(orderId)).settled);
    world.acknowledged.add(orderId);
  }
}

const COPIES = 5;

/**
 * Notices of many payments, each several times and all of them last first. Gives how often each purchase stands; throws
 * where not every copy was answered by a 200.
 */
export async function duplicateAndReorder(world: FailureWorld, count: number): Promise<number[]> {
  const orders = await openOrders(world, count);
  world.relay.answers.length = 0;
  world.provider.faults({ duplicate: COPIES - 1, reorder: count });
  for (const { paymentId } of orders) world.provider.pay(paymentId);
  await settled(world, orders);
  await until('every copy is answered', () => world.relay.answers.length === count * COPIES);
  if (world.relay.answers.some((status) => status !== 200))
    throw new Error(`copies were answered by ${world.relay.answers.join()}`);
  world.provider.clearFaults();
  return Promise.all(orders.map((order) => entryCountOf(world, order)));
}

/** Sends one forgery for an unpaid order. Gives the zone's answer and whether it left the books as they were. */
export async function forge(
  world: FailureWorld,
  order: Opened,
  kind: Forgery,
): Promise<{ status: number; body: string; untouched: boolean }> {
  const before = await booksOf(world);
  const { status, body } = await world.provider.forge(order.paymentId, kind);
  return { status, body, untouched: before === (await booksOf(world)) };
}

/** A payment of which the provider never tells: the zone asks by itself. */
export async function neverTold(world: FailureWorld): Promise<number> {
  const order = await openOrder(world, 'member#3');
  world.provider.faults({ drop: true }, order.paymentId);
  world.provider.pay(order.paymentId);
  await settled(world, [order]);
  return entryCountOf(world, order);
}

/** What became of payments around the end of their time. */
export interface LateOutcome {
  /** Paid in time, told of after the end. */
  readonly toldLate: Pick<Order, 'state'>;
  /** Paid after the end, the goods still there. */
  readonly paidLate: Pick<Order, 'state'>;
  /** Paid after the end, the last piece sold to somebody else meanwhile. */
  readonly soldMeanwhile: Pick<Order, 'state'>;
  readonly strayStates: readonly string[];
}

/** Notices delayed past expiry. The zone must run with a short hold. */
export async function delayPastExpiry(world: FailureWorld): Promise<LateOutcome> {
  const { provider } = world;
  const [toldLate, paidLate, soldMeanwhile] = [
    await openOrder(world, 'member#0'),
    await openOrder(world, 'member#1', PLAIN_PRODUCT),
    await openOrder(world, 'member#2', LAST_PIECE),
  ];
  provider.faults({ delayMs: 3_600_000 }, toldLate.paymentId);
  provider.pay(toldLate.paymentId);
  // The provider cannot be asked to close these two: their money may still come when the goods are back on the shelf.
  for (const { paymentId } of [paidLate, soldMeanwhile]) provider.faults({ api: { fail: 'system-error' } }, paymentId);
  const expired = async ({ orderId, shopper }: Opened): Promise<boolean> =>
    (await shopper.look(orderId)).state === 'EXPIRED';
  await until(
    'the unpaid orders have expired',
    async () => (await expired(paidLate)) && (await expired(soldMeanwhile)),
  );
  provider.clearFaults();
  const other = await openOrder(world, 'member#4', LAST_PIECE);
  provider.pay(other.paymentId);
  for (const { paymentId } of [paidLate, soldMeanwhile]) provider.pay(paymentId, { late: true });
  await settled(world, [other, toldLate, paidLate]);
  await provider.flush();
  const strays = world.base.db.collection('strayPayments');
  const strayStates = async (): Promise<string[]> =>
    (await strays.find({ orderId: soldMeanwhile.orderId }).toArray()).map((one) => String(one['state']));
  await until('the late money is back', async () => (await strayStates()).includes('DONE'));
  const state = async ({ orderId, shopper }: Opened) => ({
    state: (await shopper.look(orderId)).state as Order['state'],
  });
  return {
    toldLate: await state(toldLate),
    paidLate: await state(paidLate),
    soldMeanwhile: await state(soldMeanwhile),
    strayStates: await strayStates(),
  };
}

export async function entryCountOf(world: FailureWorld, { orderId }: Opened): Promise<number> {
  return journalStore.collection(world.base).countDocuments({ orderId });
}

export async function stateOf(world: FailureWorld, { orderId }: Opened): Promise<string | undefined> {
  return (await orderStore.collection(world.base).findOne({ _id: orderId }))?.state;
}

/** One figure over everything that a notice could write. */
async function booksOf(world: FailureWorld): Promise<string> {
  const answer = await world.base.db.db?.command({ dbHash: 1, collections: WRITTEN });
  return String(answer?.['md5']);
}
