import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Session, inTransaction, isDuplicateKey } from '../../kernel/transaction.js';
import { EMPTY_HEAD, chainEntry, insertEntries, readHeads } from '../journal/index.js';
import { type Order, holdAgain, orderIdOfNumber } from '../orders/index.js';
import { pointsPolicy } from '../policy/index.js';
import { type PaymentPaid, type Settled, settlePurchase } from './settlement.rules.js';
import { markPaidLate, noteStray, readOrderIn, setOrderState } from './settlement.store.js';
import { insertStray, readStrayIn } from './stray-payments.store.js';

const MAX_ROUNDS = 6;

/**
 * Money for an order that is not waiting for it. Too late: the goods are held again and the purchase settles; if they
 * are gone, the money goes back by itself (rule 9). A second payment or a wrong amount goes back too. Every outcome is
 * one transaction, and a second run finds the first.
 */
export async function settleUnexpected(ctx: Context, paid: PaymentPaid): Promise<Settled> {
  const denied = denyUnless(ctx, 'system');
  if (denied) throw new Error('only the zone itself settles');
  for (let round = 1; ; round += 1) {
    try {
      const settled = await inTransaction(ctx.base, (session) => decideIn(ctx, paid, session));
      if (settled.kind === 'stray')
        ctx.log.warn({ paymentId: paid.paymentId, reason: settled.reason }, 'a stray payment goes back');
      return settled;
    } catch (error) {
      if (!isDuplicateKey(error) || round >= MAX_ROUNDS) throw error;
    }
  }
}

async function decideIn(ctx: Context, paid: PaymentPaid, session: Session): Promise<Settled> {
  const orderId = orderIdOfNumber(paid.paymentId);
  const order = await readOrderIn(ctx.base, orderId, session);
  if (!order) throw new Error(`the order of payment ${paid.paymentId} has vanished`);
  if (order.paidBy?.paymentId === paid.paymentId) return { kind: 'settled', orderId, before: true };
  const before = await readStrayIn(ctx.base, paid.paymentId, session);
  if (before) return { kind: 'stray', orderId, reason: before.reason };
  if (paid.amountFen !== order.totalFen) return goesBack(ctx, { order, paid, reason: 'AMOUNT' }, session);
  if (order.paidBy) return goesBack(ctx, { order, paid, reason: 'DUPLICATE' }, session);
  if (order.state !== 'EXPIRED' && order.state !== 'CANCELLED' && order.state !== 'PLACED') {
    return goesBack(ctx, { order, paid, reason: 'LATE' }, session);
  }
  const held = order.state === 'PLACED' ? { promises: order.promises } : await holdAgain(ctx.base, order, session);
  if (!held) {
    await setOrderState(ctx.base, { order, to: 'LATE_REFUNDED' }, session);
    return goesBack(ctx, { order, paid, reason: 'LATE' }, session);
  }
  const head = (await readHeads(ctx.base, [order.memberId], session)).get(order.memberId) ?? EMPTY_HEAD;
  const nowMs = ctx.base.clock();
  const paidOrder = { ...order, promises: held.promises };
  const body = settlePurchase({ order: paidOrder, paid, head, policy: pointsPolicy(ctx.base), nowMs });
  await insertEntries(ctx.base, [chainEntry(head, body)], session);
  await markPaidLate(ctx.base, { order, paid, promises: held.promises }, session);
  return { kind: 'settled', orderId, before: false };
}

async function goesBack(
  ctx: Context,
  stray: { order: Order; paid: PaymentPaid; reason: 'LATE' | 'DUPLICATE' | 'AMOUNT' },
  session: Session,
): Promise<Settled> {
  const { order, paid, reason } = stray;
  await insertStray(
    ctx.base,
    {
      _id: paid.paymentId,
      orderId: order._id,
      memberId: order.memberId,
      transactionId: paid.transactionId,
      amountFen: paid.amountFen,
      reason,
      arrivedAt: new Date(ctx.base.clock()),
      refundId: `${paid.paymentId}back`,
      state: 'WAITING',
    },
    session,
  );
  await noteStray(ctx.base, { orderId: order._id, paymentId: paid.paymentId }, session);
  return { kind: 'stray', orderId: order._id, reason };
}
