import { stockStore } from '../src/features/stock/index.js';
import { isSettled } from '../src/features/orders/index.js';
import { Findings } from './check.js';
import type { Books } from './check-money.js';
import type { Snapshot } from './snapshot.js';

/** I4: never below zero; sold + held + left = supplied, product by product. */
export async function checkStock(snapshot: Snapshot, books: Books): Promise<Findings> {
  const findings = new Findings();
  const taken = new Map<string, number>();
  for (const order of books.orders.values()) {
    if (order.state !== 'PLACED' && !isSettled(order.state)) continue;
    const restocked = new Map<string, number>();
    for (const refund of order.refunds.filter((one) => one.state === 'DONE' && one.restock)) {
      for (const one of refund.lines) restocked.set(one.lineId, (restocked.get(one.lineId) ?? 0) + one.quantity);
    }
    for (const line of order.lines) {
      const count = line.quantity - (restocked.get(line.lineId) ?? 0);
      taken.set(line.productId, (taken.get(line.productId) ?? 0) + count);
    }
  }
  for await (const stock of snapshot.read(stockStore)) {
    const takenCount = taken.get(stock._id) ?? 0;
    taken.delete(stock._id);
    findings.expect(stock.leftCount >= 0 && stock.leftCount + takenCount === stock.suppliedCount, {
      invariant: 'I4',
      subject: `product ${stock._id}`,
      message: `held and sold ${takenCount} + left ${stock.leftCount} is not the ${stock.suppliedCount} supplied`,
    });
  }
  for (const [productId, takenCount] of taken) {
    findings.expect(false, {
      invariant: 'I4',
      subject: `product ${productId}`,
      message: `held and sold ${takenCount}, and has no stock`,
    });
  }
  return findings;
}
