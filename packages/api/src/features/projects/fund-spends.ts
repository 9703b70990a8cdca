import type { SpendPort } from '../bank/index.js';
import { findUnpaid, movePaid } from './spends.store.js';

/** What the desk looks through for a line; a fund with more unpaid spends pays its oldest first. */
const MOST_UNPAID = 1_000;

/** How the bank's desk meets the spends: it stands upstream and is given this by the wiring. */
export const fundSpends: SpendPort = {
  async readOpenSpends(base, session) {
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
  async payOut(base, paid, session) {
    for (const one of paid) await movePaid(base, one, session);
  },
};
