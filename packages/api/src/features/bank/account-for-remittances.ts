import type { PayToPort } from '../batches/index.js';
import { findAccounts } from './desk.store.js';

/** The fund's account for remittances: the one that was opened first. The checker of a batch sees it before it is sent. */
export const accountForRemittances: PayToPort = async (base) => {
  const [first] = (await findAccounts(base)).toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return first ? { name: first.name, bankName: first.bankName, number: first.number } : null;
};
