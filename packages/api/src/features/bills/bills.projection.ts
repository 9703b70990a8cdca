import { shanghaiDay } from '../../kernel/shanghai.js';
import type { Entry, Projection, RefundEntry } from '../journal/index.js';
import { type BookedPayment, bookedPaymentStore } from './booked-payments.store.js';

/**
 * Writes each settled payment and each refund that was done with the day on which the journal has it: what the bills are
 * held against, found by day and by number without touching orders or the journal.
 */
export const billsProjection: Projection = {
  name: 'bills',
  collections: [bookedPaymentStore.name],
  async apply(base, { entries }, session) {
    const bookings = bookedPaymentStore.collection(base);
    const paid = entries.flatMap(paymentOf);
    if (paid.length > 0) await bookings.insertMany(paid, { session });
    const refunds = entries.filter((entry) => entry.kind === 'refund');
    if (refunds.length === 0) return;
    // A refund may stand in the same block as its purchase: the payment is there by now.
    const orderIds = [...new Set(refunds.map((entry) => entry.orderId))];
    const trades = await bookings.find({ orderId: { $in: orderIds }, kind: 'TRADE' }, { session }).toArray();
    const paymentOfOrder = new Map(trades.map((one) => [one.orderId, one._id]));
    await bookings.insertMany(
      refunds.map((entry) => refundOf(entry, paymentOfOrder.get(entry.orderId) ?? '')),
      { session },
    );
  },
};

function paymentOf(entry: Entry): BookedPayment[] {
  if (entry.kind !== 'purchase') return [];
  const { paymentId, orderId, transactionId, totalFen: amountFen } = entry;
  const day = shanghaiDay(entry.at.getTime());
  return [{ _id: paymentId, kind: 'TRADE', paymentId, orderId, transactionId, day, amountFen }];
}

function refundOf(entry: RefundEntry, paymentId: string): BookedPayment {
  const { orderId, amountFen } = entry;
  // The bill has a refund that was made at the platform under the number that was chosen there.
  const refundId = entry.outsideNumber ?? entry.refundId;
  const day = shanghaiDay(entry.at.getTime());
  return { _id: refundId, kind: 'REFUND', paymentId, orderId, transactionId: '', day, amountFen: -amountFen };
}
