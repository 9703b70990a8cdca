import type { BillRow } from './bill-rows.store.js';
import { compareStates } from './bill-state.rules.js';

/**
 * What another download means for a row that is there: `SAME` says nothing new, `LATER` says more of a refund that was under
 * way, `EARLIER` is an older paper of it, `CONFLICT` says another thing of what cannot change.
 */
export type RowChange = 'SAME' | 'LATER' | 'EARLIER' | 'CONFLICT';

export function changeOf(before: BillRow, after: BillRow): RowChange {
  if (namesOf(before) !== namesOf(after)) return 'CONFLICT';
  const order = after.kind === 'REFUND' ? compareStates(before.providerState, after.providerState) : 0;
  if (order !== 0) return order > 0 ? 'LATER' : 'EARLIER';
  if (moneyOf(before, after) !== moneyOf(after, after)) return 'CONFLICT';
  // Stored before the settled part was read: the same bill, read once more, fills it in.
  return before.settledFen === undefined ? 'LATER' : 'SAME';
}

function namesOf({ at, transactionId, paymentId, refundId, balanceFen }: BillRow): string {
  return JSON.stringify([at, transactionId, paymentId, refundId, balanceFen]);
}

function moneyOf({ amountFen, feeFen, settledFen }: BillRow, after: BillRow): string {
  return JSON.stringify([amountFen, feeFen, settledFen ?? after.settledFen]);
}
