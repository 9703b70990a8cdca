import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { withoutEntry } from './addresses.rules.js';
import { findBook, replaceEntries } from './addresses.store.js';

export interface RemoveAddressInput {
  readonly addressId: string;
}

const MAX_ATTEMPTS = 8;

/**
 * Takes an address out of the person's own book. One that is not there is as good as removed. Orders keep the copy that
 * they froze.
 */
export async function removeAddress(ctx: Context, input: RemoveAddressInput): Promise<{ removedId: string } | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const book = await findBook(ctx.base, personOf(ctx));
    const isThere = book.entries.some((one) => one.addressId === input.addressId);
    if (!isThere || (await replaceEntries(ctx.base, book, withoutEntry(book.entries, input.addressId)))) {
      return { removedId: input.addressId };
    }
  }
  return refuse('ADDRESS_BUSY', '您的地址正在别处修改，请稍后再试。');
}
