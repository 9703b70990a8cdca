import type { Base } from '../../kernel/context.js';
import type { Refusal } from '../../kernel/refusal.js';
import { orderIdOfNumber } from './orders.rules.js';
import { type Order, type PaymentAttempt, orderStore } from './orders.store.js';

/** Under whose numbers money may still arrive. */
export function openAttempts(order: Pick<Order, 'payments'>): readonly PaymentAttempt[] {
  return order.payments.filter((attempt) => attempt.closedAt === undefined);
}

/** Whether this answer to a close says that no money can arrive: closed now, closed before, or never heard of. */
export function isClosedBy(answer: Refusal | null): boolean {
  return answer === null || answer.code === 'PAYMENT_CLOSED' || answer.code === 'PAYMENT_UNKNOWN';
}

/** Notes that the provider takes no money under this number any more. */
export async function closeAttempt(base: Base, closed: { paymentId: string; closedAt: Date }): Promise<void> {
  const { paymentId, closedAt } = closed;
  await orderStore
    .collection(base)
    .updateOne(
      { _id: orderIdOfNumber(paymentId), payments: { $elemMatch: { paymentId, closedAt: { $exists: false } } } },
      { $set: { 'payments.$.closedAt': closedAt }, $inc: { revision: 1 } },
    );
}
