import { denyUnless } from '../../kernel/authority.js';
import type { Base, Context } from '../../kernel/context.js';
import { createGroupCommit } from '../../kernel/group-commit.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { slot } from '../../kernel/slot.js';
import { type Session, inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import { EMPTY_HEAD, type PurchaseEntry, chainEntry, headOf, insertEntries, readHeads } from '../journal/index.js';
import { type Order, orderIdOfNumber } from '../orders/index.js';
import { pointsPolicy } from '../policy/index.js';
import { settleUnexpected } from './settle-unexpected.js';
import { type PaymentPaid, type Settled, settlePurchase } from './settlement.rules.js';
import { markPaid, readOrdersToSettle } from './settlement.store.js';

/** Measured: beyond 32 a group's transaction grows longer than the flush it shares. */
const MAX_GROUP = 32;
const MAX_WAITING = 20_000;
/**
 * While the database writes one group the next is decided. Groups share no document but a member's stream, when one
 * member's two payments arrive in two groups at once: then the second is decided again.
 */
const LANES = 2;
/** Another process may append to a member's stream at most a few times while we write one group. */
const MAX_ROUNDS = 6;

/**
 * Payment event in, journal entry out: the heart of the zone. An answer means that a majority of the database holds it.
 * The same payment any number of times, in any order, settles once. Refusal: `ORDER_UNKNOWN` (money for no order of
 * ours: logged for the operator, nothing written), `PAYMENT_AMOUNT_UNSURE` (another amount than the order costs, and the
 * provider was not asked yet: nothing is decided from one message).
 */
export async function settlePayment(ctx: Context, paid: PaymentPaid): Promise<Settled | Refusal> {
  const denied = denyUnless(ctx, 'system');
  if (denied) return denied;
  const answer = await settlementQueue(ctx.base).submit(paid);
  if (answer === 'settled' || answer === 'before') {
    return { kind: 'settled', orderId: orderIdOfNumber(paid.paymentId), before: answer === 'before' };
  }
  if (answer === 'unknown') {
    ctx.log.error({ paymentId: paid.paymentId }, 'a payment names no order of ours');
    return refuse('ORDER_UNKNOWN', '付款没有对应的订单，请联系平台运营核对。');
  }
  if (answer === 'amount' && paid.asked !== true) {
    return refuse('PAYMENT_AMOUNT_UNSURE', '付款金额与订单不符，正在向支付平台核对，请稍后查看。');
  }
  return settleUnexpected(ctx, paid);
}

/** `unexpected`: the order is not waiting for exactly this payment; that is looked at by itself, outside the group. */
type Answer = 'settled' | 'before' | 'unknown' | 'amount' | 'unexpected';

export const settlementQueue = slot('settlement queue', (base: Base) =>
  createGroupCommit<PaymentPaid, Answer>({
    maxGroup: MAX_GROUP,
    maxWaiting: MAX_WAITING,
    lanes: LANES,
    commit: (group) => settleGroup(base, group),
  }),
);

async function settleGroup(base: Base, group: readonly PaymentPaid[]): Promise<readonly Answer[]> {
  for (let round = 1; ; round += 1) {
    try {
      return await inTransaction(base, (session) => settleInTransaction(base, group, session));
    } catch (error) {
      // Somebody else appended to one of these streams: read the heads again and decide again.
      if (!isDuplicateKey(error) || round >= MAX_ROUNDS) throw error;
    }
  }
}

async function settleInTransaction(
  base: Base,
  group: readonly PaymentPaid[],
  session: Session,
): Promise<readonly Answer[]> {
  const orders = await readOrdersToSettle(
    base,
    group.map((paid) => orderIdOfNumber(paid.paymentId)),
    session,
  );
  const heads = await readHeads(base, [...new Set([...orders.values()].map((order) => order.memberId))], session);
  const policy = pointsPolicy(base);
  const nowMs = base.clock();
  const settled = new Map<string, { entry: PurchaseEntry; paid: PaymentPaid }>();
  const answers = group.map((paid): Answer => {
    const order = orders.get(orderIdOfNumber(paid.paymentId));
    if (!order) return 'unknown';
    const earlier = settled.get(order._id);
    if (earlier) return earlier.paid.paymentId === paid.paymentId ? 'before' : 'unexpected';
    if (order.paidBy?.paymentId === paid.paymentId) return 'before';
    if (paid.amountFen !== order.totalFen) return 'amount';
    if (!awaits(order, paid)) return 'unexpected';
    const head = heads.get(order.memberId) ?? EMPTY_HEAD;
    const entry = chainEntry(head, settlePurchase({ order, paid, head, policy, nowMs })) as PurchaseEntry;
    // A second purchase of the same member in this group stands on the first.
    heads.set(order.memberId, headOf(entry));
    settled.set(order._id, { entry, paid });
    return 'settled';
  });
  if (settled.size > 0) {
    await insertEntries(
      base,
      [...settled.values()].map((one) => one.entry),
      session,
    );
    await markPaid(base, [...settled.values()], session);
  }
  return answers;
}

/** Held, and this payment is not on its way back: what was decided of a payment once is decided (I5). */
function awaits(order: Order, paid: PaymentPaid): boolean {
  return order.state === 'PLACED' && order.strayPaymentIds?.includes(paid.paymentId) !== true;
}
