import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { openSealedAddress } from './addresses.reads.js';
import { withoutEntry } from './addresses.rules.js';
import { findBook, replaceEntries } from './addresses.store.js';
import { sealRemoved } from './removed-address.js';

export interface RemoveAddressInput {
  readonly addressId: string;
}

const MAX_ATTEMPTS = 8;

export interface RemovedAddress {
  readonly removedId: string;
  /** Gives the address back to `restoreAddress`; null where there was none to remove. */
  readonly undo: string | null;
}

/**
 * Takes an address out of the person's own book. One that is not there is as good as removed. Orders keep the copy that
 * they froze. Nothing of it stays in the book: what can bring it back is in the answer, sealed.
 */
export async function removeAddress(ctx: Context, input: RemoveAddressInput): Promise<RemovedAddress | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const book = await findBook(ctx.base, personOf(ctx));
    const entry = book.entries.find((one) => one.addressId === input.addressId);
    if (!entry) return { removedId: input.addressId, undo: null };
    if (await replaceEntries(ctx.base, book, withoutEntry(book.entries, input.addressId))) {
      const { addressId, isDefault, lastSave } = entry;
      const removed = { addressId, isDefault, lastSave, text: openSealedAddress(ctx.base, entry.sealed) };
      return { removedId: addressId, undo: sealRemoved(ctx.base, book._id, removed) };
    }
  }
  return refuse('ADDRESS_BUSY', '您的地址正在别处修改，请稍后再试。');
}
