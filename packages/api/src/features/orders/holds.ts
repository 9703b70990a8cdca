import type { Base } from '../../kernel/context.js';
import { shanghaiMonth } from '../../kernel/shanghai.js';
import { type Session, inTransaction } from '../../kernel/transaction.js';
import { budgetIds, moveBudgets, readBudgetLeft } from '../agreements/index.js';
import { boughtTallyId, putBackPieces, readShelf, takePieces } from '../stock/index.js';
import { type Order, type OrderLine, type OrderPromise, orderStore } from './orders.store.js';
import { type Taken, budgetsOf, sumTaken } from './placement.rules.js';

/** Holds ended in one transaction: bounds its size and how long a buyer's placement may have to wait for it. */
const MAX_RELEASED_TOGETHER = 50;

/**
 * Ends the holds of unpaid orders: state, pieces, limits and promised yuan in one transaction, each exactly once, since
 * only an order that is still PLACED gives anything back. Gives the ids that this call ended.
 */
export async function releaseHolds(
  base: Base,
  input: { orderIds: readonly string[]; to: 'CANCELLED' | 'EXPIRED'; nowMs: number },
): Promise<readonly string[]> {
  const { to, nowMs } = input;
  const orderIds = input.orderIds.slice(0, MAX_RELEASED_TOGETHER);
  return inTransaction(base, async (session) => {
    const filter = { _id: { $in: [...orderIds] }, state: 'PLACED' as const };
    const held = await orderStore.collection(base).find(filter, { session }).toArray();
    if (held.length === 0) return [];
    const ids = held.map((order) => order._id);
    await orderStore
      .collection(base)
      .updateMany(
        { _id: { $in: ids }, state: 'PLACED' },
        { $set: { state: to, closedAt: new Date(nowMs) }, $inc: { revision: 1 } },
        { session },
      );
    await putBack(base, sumTaken(held.map((order) => takenByOrder(order, order.lines))), session);
    return ids;
  });
}

/**
 * Holds an expired or cancelled order's goods again, for money that came late: all of it or nothing. Promised yuan are
 * held again as far as the sponsor still has them; the hold that kept them had ended. Null: not enough left.
 */
export async function holdAgain(
  base: Base,
  order: Order,
  session: Session,
): Promise<{ promises: readonly OrderPromise[] } | null> {
  const taken = takenByOrder(order, order.lines);
  const keys = { productIds: [...taken.stock.keys()], tallyIds: [...taken.tallies.keys()] };
  const shelf = await readShelf(base, keys, session);
  for (const [productId, count] of taken.stock) if ((shelf.left.get(productId) ?? 0) < count) return null;
  const budgets = await readBudgetLeft(base, [...taken.budgets.keys()], session);
  const promises = order.promises.filter((promise) => {
    const ids = budgetIds(promise);
    if (ids.some((id) => (budgets.get(id) ?? 0) < promise.amountFen)) return false;
    for (const id of ids) budgets.set(id, (budgets.get(id) ?? 0) - promise.amountFen);
    return true;
  });
  await takePieces(base, taken, session);
  await moveBudgets(base, budgetsOf(promises, -1), session);
  return { promises };
}

/** What an order's lines hold: all lines for a hold, some of them for a refund before dispatch. */
export function takenByOrder(
  order: Pick<Order, 'memberId' | 'placedAt' | 'promises'>,
  lines: readonly Pick<OrderLine, 'productId' | 'quantity' | 'limited'>[],
): Taken {
  const month = shanghaiMonth(order.placedAt.getTime());
  const taken: Taken = { stock: new Map(), tallies: new Map(), budgets: budgetsOf(order.promises, -1) };
  for (const { productId, quantity, limited } of lines) {
    taken.stock.set(productId, (taken.stock.get(productId) ?? 0) + quantity);
    if (limited) taken.tallies.set(boughtTallyId({ memberId: order.memberId, productId, month }), quantity);
  }
  return taken;
}

async function putBack(base: Base, taken: Taken, session: Session): Promise<void> {
  await putBackPieces(base, taken, session);
  await moveBudgets(base, new Map([...taken.budgets].map(([budgetId, heldFen]) => [budgetId, -heldFen])), session);
}
