import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { budgetIds, moveBudgets } from '../agreements/index.js';
import {
  EMPTY_HEAD,
  type PurchaseEntry,
  type RefundEntry,
  chainEntry,
  entryId,
  insertEntries,
  purchaseKey,
  readEntries,
  readHeads,
} from '../journal/index.js';
import { type Order, type OrderRefund, takenByOrder } from '../orders/index.js';
import { putBackPieces } from '../stock/index.js';
import { settleRefund as decideRefundEntry } from './settlement.rules.js';
import { closeRefund } from './settlement.store.js';

/** The entry and all that changes with it. The order is as this transaction has it, the refund stands on it. */
export async function writeRefundEntry(
  base: Base,
  { order, refund }: { order: Order; refund: OrderRefund },
  session: Session,
): Promise<void> {
  const [purchase] = await readEntries(base, [entryId(order.memberId, purchaseKey(order._id))], session);
  if (!purchase) throw new Error(`order ${order._id} is refunded but was never settled`);
  const head = (await readHeads(base, [order.memberId], session)).get(order.memberId) ?? EMPTY_HEAD;
  const nowMs = base.clock();
  const decided = decideRefundEntry({ order, refund, purchase: purchase as PurchaseEntry, head, nowMs });
  await insertEntries(base, [chainEntry(head, decided.body)], session);
  const done: OrderRefund = { ...refund, state: 'DONE', doneAt: new Date(nowMs) };
  await closeRefund(base, { order, refund: done, allReturned: decided.body.withdraws }, session);
  await moveBudgets(base, undoneBudgets(order, decided.body.matches), session);
  await putBackPieces(base, restocked(order, refund), session);
}

/** Undone yuan go back where they were taken from: to the total, and to the month of the placement. */
function undoneBudgets(order: Order, undone: RefundEntry['matches']): Map<string, number> {
  const budgets = new Map<string, number>();
  for (const { agreementId, amountFen } of undone) {
    const promise = order.promises.find((one) => one.agreementId === agreementId);
    for (const id of budgetIds(promise ?? { agreementId })) budgets.set(id, (budgets.get(id) ?? 0) + amountFen);
  }
  return budgets;
}

/** Goods that never left go back on the shelf; the month's limit is open again either way, as nothing was kept. */
function restocked(order: Order, refund: OrderRefund): { stock: Map<string, number>; tallies: Map<string, number> } {
  const lines = refund.lines.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find((one) => one.lineId === lineId);
    return line ? [{ ...line, quantity }] : [];
  });
  const { stock, tallies } = takenByOrder({ ...order, promises: [] }, lines);
  return { stock: refund.restock ? stock : new Map<string, number>(), tallies };
}
