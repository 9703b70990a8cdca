import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { addressOf } from './addresses.reads.js';
import { type Address, MAX_ADDRESSES, withEntry } from './addresses.rules.js';
import { findBook, replaceEntries } from './addresses.store.js';
import { openRemoved } from './removed-address.js';
import { seal } from './seal.js';

const MAX_ATTEMPTS = 8;

/**
 * Takes back the removal of an own address: it is there again as it was, under its old id. Twice gives the same answer; one
 * that is there already stays as it is. Refusals: `UNDO_INVALID`, `ADDRESS_TOO_MANY`, `ADDRESS_BUSY`.
 */
export async function restoreAddress(ctx: Context, input: { undo: string }): Promise<Address | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  const { base } = ctx;
  const removed = openRemoved(base, personOf(ctx), input.undo);
  if (!removed) return refuse('UNDO_INVALID', '这次删除已经不能撤销，请重新添加这个地址。');
  const { addressId, isDefault, lastSave, text } = removed;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const book = await findBook(base, personOf(ctx));
    const known = book.entries.find((one) => one.addressId === addressId);
    if (known) return addressOf(base, known);
    if (book.entries.length >= MAX_ADDRESSES) {
      return refuse('ADDRESS_TOO_MANY', `最多保存 ${MAX_ADDRESSES} 个收货地址，请先删除不用的。`);
    }
    const entry = { addressId, isDefault, lastSave, sealed: seal(base, addressId, JSON.stringify(text)) };
    const entries = withEntry(book.entries, entry);
    if (await replaceEntries(base, book, entries)) {
      return addressOf(base, entries.find((one) => one.addressId === addressId) ?? entry);
    }
  }
  return refuse('ADDRESS_BUSY', '您的地址正在别处修改，请稍后再试。');
}
