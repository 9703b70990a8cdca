import type { Base } from '../../kernel/context.js';
import type { Tries } from '../../kernel/work-queue.js';
import { type Order, orderIdOfNumber, type OrderQueue, orderStore, readOrders } from '../orders/index.js';
import { type StrayPayment, strayPaymentStore } from './stray-payments.store.js';

export const STUCK_QUEUES = ['ASK', 'EXPIRY', 'COMPLETION', 'REFUND', 'STRAY'] as const;
export type StuckQueue = (typeof STUCK_QUEUES)[number];

/** Something that one of the queues could not move. */
export interface StuckWork {
  readonly queue: StuckQueue;
  /** Of the order, the refund, or the stray payment. */
  readonly itemId: string;
  readonly orderNumber: string | null;
  readonly amountFen: number;
  readonly tries: Tries;
}

/** What only waits for somebody, as it should, is not stuck. */
const WAITING_CODES = ['NOT_PAID_YET', 'UNDER_WAY', 'REFUND_OPEN'];
/** Somebody acts on them one by one: more than this is one cause, and seen as such. */
const MAX_OF_A_QUEUE = 100;

const stuckFilter = (field: string) => ({
  [`${field}.count`]: { $gte: 1 },
  [`${field}.code`]: { $nin: WAITING_CODES },
});

/** The longest stuck of each queue. */
export async function readStuckWork(base: Base): Promise<StuckWork[]> {
  const found = [
    ...(await stuckOrders(base, 'ask', { state: 'PLACED', expiresAt: { $exists: true } })),
    ...(await stuckOrders(base, 'expiry', { state: 'PLACED', expiresAt: { $exists: true } })),
    ...(await stuckOrders(base, 'completion', { state: 'RECEIVED', completesAt: { $exists: true } })),
    ...(await stuckRefunds(base)),
    ...(await stuckStrays(base)),
  ];
  return found.sort((a, b) => a.tries.sinceAt.getTime() - b.tries.sinceAt.getTime());
}

async function stuckOrders(base: Base, queue: OrderQueue, filter: object): Promise<StuckWork[]> {
  const field = `tries.${queue}`;
  const orders = await orderStore
    .collection(base)
    .find({ ...filter, ...stuckFilter(field) })
    .sort({ [`${field}.sinceAt`]: 1 })
    .limit(MAX_OF_A_QUEUE)
    .toArray();
  return orders.flatMap((order) => {
    const tries = order.tries?.[queue];
    return tries ? [workOf(order, { queue: QUEUE_NAMES[queue], itemId: order._id, tries })] : [];
  });
}

const QUEUE_NAMES = { ask: 'ASK', expiry: 'EXPIRY', completion: 'COMPLETION' } as const;

function workOf(order: Order, of: Pick<StuckWork, 'queue' | 'itemId' | 'tries'> & { amountFen?: number }): StuckWork {
  return { amountFen: order.totalFen, ...of, orderNumber: order.number };
}

async function stuckRefunds(base: Base): Promise<StuckWork[]> {
  const open = { state: { $in: ['APPROVED' as const, 'SENT' as const] }, ...stuckFilter('tries') };
  const orders = await orderStore
    .collection(base)
    .find({
      'refunds.refundId': { $exists: true },
      'refunds.state': { $in: ['APPROVED', 'SENT'] },
      refunds: { $elemMatch: open },
    })
    .sort({ 'refunds.tries.sinceAt': 1 })
    .limit(MAX_OF_A_QUEUE)
    .toArray();
  return orders.flatMap((order) =>
    order.refunds.flatMap(({ state, tries, refundId, amountFen }) => {
      const isStuck = (state === 'APPROVED' || state === 'SENT') && tries && !WAITING_CODES.includes(tries.code);
      return isStuck ? [workOf(order, { queue: 'REFUND', itemId: refundId, tries, amountFen })] : [];
    }),
  );
}

/** Why the money goes back: who looks at the order must not take it for the order's own. */
const STRAY_TEXTS: Readonly<Record<StrayPayment['reason'], string>> = {
  LATE: '付款晚了，货已经没有',
  DUPLICATE: '同一份订单付了两次，这是多付的一笔',
  AMOUNT: '付的金额和订单不一样',
};

/** Those that failed for good are shown as well: no list but this one has them. */
async function stuckStrays(base: Base): Promise<StuckWork[]> {
  const strays = await strayPaymentStore
    .collection(base)
    .find({ $or: [{ state: 'FAILED' }, { state: { $in: ['WAITING', 'SENT'] }, ...stuckFilter('tries') }] })
    .sort({ arrivedAt: 1 })
    .limit(MAX_OF_A_QUEUE)
    .toArray();
  const orders = new Map(
    (
      await readOrders(
        base,
        strays.map((one) => one.orderId),
      )
    ).map((order) => [order._id, order]),
  );
  return strays.map((stray): StuckWork => {
    const { arrivedAt, failureReason = '' } = stray;
    const none: Tries = { count: 1, sinceAt: arrivedAt, nextAt: arrivedAt, code: 'FAILED', reason: '' };
    const tries = stray.tries ?? none;
    const isFailed = stray.state === 'FAILED';
    const last = isFailed ? failureReason : tries.reason;
    const reason = [STRAY_TEXTS[stray.reason], last].filter(Boolean).join('。退款：');
    return {
      queue: 'STRAY',
      itemId: stray._id,
      orderNumber: orders.get(stray.orderId)?.number ?? null,
      amountFen: stray.amountFen,
      tries: { ...tries, code: isFailed ? 'FAILED' : tries.code, reason },
    };
  });
}

/** Makes it due at once. False: it waits in this queue no more. */
export async function makeDue(
  base: Base,
  item: { queue: StuckQueue; itemId: string; nowMs: number },
): Promise<boolean> {
  const { queue, itemId } = item;
  const now = new Date(item.nowMs);
  if (queue === 'STRAY') {
    // Under its number it is one refund, however often it is sent.
    const result = await strayPaymentStore.collection(base).updateOne({ _id: itemId, state: { $ne: 'DONE' } }, [
      {
        $set: {
          state: { $cond: [{ $eq: ['$state', 'FAILED'] }, 'WAITING', '$state'] },
          tries: { $cond: ['$tries', { $mergeObjects: ['$tries', { nextAt: now }] }, '$$REMOVE'] },
          failureReason: '$$REMOVE',
        },
      },
    ]);
    return result.matchedCount === 1;
  }
  const orders = orderStore.collection(base);
  if (queue === 'REFUND') {
    const filter = {
      _id: orderIdOfNumber(itemId),
      refunds: { $elemMatch: { refundId: itemId, tries: { $exists: true } } },
    };
    return (await orders.updateOne(filter, { $set: { 'refunds.$.tries.nextAt': now } })).matchedCount === 1;
  }
  const field = `tries.${queue.toLowerCase()}`;
  const result = await orders.updateOne(
    { _id: itemId, [field]: { $exists: true } },
    { $set: { [`${field}.nextAt`]: now } },
  );
  return result.matchedCount === 1;
}
