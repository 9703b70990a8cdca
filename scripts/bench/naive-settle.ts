import { type Base, shanghaiMonth } from '@aixin/api/internals';
import { type Side } from './measure.js';
import { draftOf, orderOf } from './drafts.js';

/**
 * A purchase as one would write it first: one transaction that updates order, stock, member, branch and fund and inserts
 * help record, points line and match. The driver's own retry, as its manual shows it.
 */
export function naiveSide(base: Base, products: number): Side {
  const db = base.db;
  const client = db.getClient();
  let made = 0;
  return {
    async prepare() {
      for (let product = 0; product < products; product += 1) {
        await db
          .collection('naiveStocks')
          .updateOne({ _id: `p-${product}` as never }, { $inc: { sold: 0 } }, { upsert: true });
      }
    },
    async run() {
      made += 1;
      const number = made;
      const { order } = draftOf(number, products);
      const { promises } = orderOf(draftOf(number, products));
      const memberId = order.memberId;
      const month = shanghaiMonth(Date.now());
      const session = client.startSession();
      const points = 2;
      const matchedFen = promises[0]?.amountFen ?? 0;
      try {
        await session.withTransaction(
          async () => {
            const upsert = { session, upsert: true };
            const at = new Date();
            await db
              .collection('naiveOrders')
              .insertOne({ ...order, _id: `n${number}` as never, state: 'PAID' }, { session });
            await db
              .collection('naiveStocks')
              .updateOne({ _id: order.lines[0]?.productId as never }, { $inc: { sold: 2 } }, { session });
            await db
              .collection('naiveRecords')
              .insertOne({ memberId, at, organisationId: order.organisationId }, { session });
            await db.collection('naivePoints').insertOne({ memberId, at, points }, { session });
            await db
              .collection('naiveMembers')
              .updateOne({ _id: memberId as never }, { $inc: { balance: points } }, upsert);
            await db
              .collection('naiveMatches')
              .insertOne({ memberId, at, amountFen: matchedFen, state: 'PENDING' }, { session });
            const branch = { $inc: { purchaseCount: 1, salesFen: order.totalFen } };
            await db
              .collection('naiveBranches')
              .updateOne({ _id: `${order.organisationId}|${month}` as never }, branch, upsert);
            await db.collection('naiveFund').updateOne({ _id: month as never }, { $inc: { matchedFen } }, upsert);
          },
          { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } },
        );
      } finally {
        await session.endSession();
      }
    },
  };
}
