import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { afterReceipt } from './batches.rules.js';
import { type ReceivedRemittance, type ReceivingRemittance, writeReceived } from './remittances.store.js';

/** Money that came for a remittance, or (negative) a match of a bank line with it that was taken back. */
export interface MoneyReceived<Read extends ReceivingRemittance = ReceivingRemittance> {
  /** As it was read, in this transaction or before it: one that has moved since fails the transaction. */
  readonly remittance: Read;
  readonly amountFen: number;
  /** Day of the bank line. */
  readonly day: string;
}

/**
 * Notes money on remittances, in the caller's transaction, which posts it to the ledger as well. Each remittance once; a
 * caller with several lines for one sums them. Throws where a remittance would hold more than it asks for, or one that is
 * receipted would be opened: the caller refuses before. Gives the remittances as they are now.
 */
export async function receiveRemittances<Read extends ReceivingRemittance>(
  base: Base,
  received: readonly MoneyReceived<Read>[],
  session: Session,
): Promise<ReceivedRemittance<Read>[]> {
  const at = new Date(base.clock());
  const changes = received.map(({ remittance, amountFen, day }) => ({
    before: remittance,
    after: afterReceipt(remittance, { amountFen, day, at }),
  }));
  await writeReceived(base, changes, session);
  return changes.map((change) => change.after);
}
