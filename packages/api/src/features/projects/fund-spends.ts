import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { findUnpaid, movePaid } from './spends.store.js';

/** What the desk looks through for a line; a fund with more unpaid spends pays its oldest first. */
const MOST_UNPAID = 1_000;

/** How the bank's desk meets the spends: it stands upstream and is given this by the wiring. */
export const fundSpends = {
  async readOpenSpends(base: Base, session?: Session) {
    const unpaid = await findUnpaid(base, MOST_UNPAID, session);
    return unpaid.map((spend) => ({
      spendId: spend._id,
      title: spend.what,
      day: spend.day,
      payeeNames: [spend.payee],
      payeeAccounts: [],
      leftFen: spend.amountFen - spend.paidFen,
    }));
  },
  async payOut(
    base: Base,
    paid: readonly { readonly spendId: string; readonly amountFen: number }[],
    session: Session,
  ): Promise<void> {
    for (const one of paid) await movePaid(base, one, session);
  },
};
