import type { Base } from '../../kernel/context.js';
import { refundStateText } from './bill-state.rules.js';
import { rowsOfPayments } from './bill-rows.store.js';
import type { BilledRefund } from './billed-refunds.js';
import type { Difference } from './compare.rules.js';

/** A bill of many hand-made refunds is a rare day; more than this at once would only fill the memory. */
const BATCH = 500;

/** Of these differences, the refunds that arrived and that our books do not have, with the provider's number of each. */
export async function* unknownRefunds(
  base: Base,
  differences: readonly Difference[],
): AsyncGenerator<readonly BilledRefund[]> {
  const unknown = differences.filter(isUnknownRefund);
  for (let at = 0; at < unknown.length; at += BATCH) {
    const some = unknown.slice(at, at + BATCH);
    const rows = await rowsOfPayments(base, [...new Set(some.map((one) => one.paymentId))]);
    yield some.flatMap(({ orderId, paymentId, refundId, theirFen }) => {
      const row = rows.find((one) => one.paymentId === paymentId && one.refundId === refundId);
      if (!row || orderId === null || refundId === null) return [];
      return [{ orderId, paymentId, refundId, outsideId: row.number, amountFen: -theirFen }];
    });
  }
}

function isUnknownRefund({ part, kind, orderId, refundId, providerState }: Difference): boolean {
  if (part !== 'MONEY' || kind !== 'MISSING_HERE' || orderId === null || refundId === null) return false;
  // One that is under way or did not arrive has given nothing back.
  return refundStateText(providerState ?? '') === null;
}
