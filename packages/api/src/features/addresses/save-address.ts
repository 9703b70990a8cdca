import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Base, Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.js';
import { addressOf, addressUnknown, openSealedAddress } from './addresses.reads.js';
import { type Address, type AddressText, checkAddress, MAX_ADDRESSES, withEntry } from './addresses.rules.js';
import { type AddressBook, type BookEntry, findBook, replaceEntries } from './addresses.store.js';
import { keyedHash, seal } from './seal.js';

export interface SaveAddressInput extends AddressText {
  readonly idempotencyKey: string;
  /** The address to change; a new one is made without it. */
  readonly addressId?: string;
  readonly isDefault: boolean;
}

/** A member's own taps on two devices, no more: whoever loses this often is a program gone wrong. */
const MAX_ATTEMPTS = 8;

/** Adds or changes an address of the person's own book. The same request sent again changes nothing. */
export async function saveAddress(ctx: Context, input: SaveAddressInput): Promise<Address | Refusal> {
  const denied = denyUnless(ctx, 'member');
  if (denied) return denied;
  if (!/^[\x21-\x7e]{8,64}$/.test(input.idempotencyKey)) {
    return refuse('IDEMPOTENCY_KEY_INVALID', '请求编号应为 8 至 64 个字母、数字或符号，请刷新页面后重试。', {
      path: 'idempotencyKey',
    });
  }
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const book = await findBook(ctx.base, personOf(ctx));
    const decided = decide(ctx.base, book, input);
    if (isRefusal(decided)) return decided;
    const { entry, isDone } = decided;
    const entries = withEntry(book.entries, entry);
    if (isDone || (await replaceEntries(ctx.base, book, entries))) {
      const saved = (isDone ? book.entries : entries).find((one) => one.addressId === entry.addressId);
      return addressOf(ctx.base, saved ?? entry);
    }
  }
  return refuse('ADDRESS_BUSY', '您的地址正在别处修改，请稍后再试。');
}

/** The entry as it is to be, or as it is where this request has already been carried out. */
function decide(
  base: Base,
  book: AddressBook,
  input: SaveAddressInput,
): { entry: BookEntry; isDone: boolean } | Refusal {
  const addressId = input.addressId ?? derivedId('address', book._id, input.idempotencyKey);
  const known = book.entries.find((one) => one.addressId === addressId);
  if (input.addressId !== undefined && !known) return addressUnknown();

  const text = checkAddress(input, known && openSealedAddress(base, known.sealed).mobile);
  if (isRefusal(text)) return text;
  const content = JSON.stringify([addressId, text.recipient, text.mobile, text.region, text.detail, input.isDefault]);
  const lastSave = { key: input.idempotencyKey, hash: keyedHash(base, content) };
  if (known?.lastSave.key === lastSave.key) {
    if (known.lastSave.hash === lastSave.hash) return { entry: known, isDone: true };
    return refuse('IDEMPOTENCY_KEY_REUSED', '这次提交和之前的内容不同，请刷新页面后重新填写。', {
      path: 'idempotencyKey',
    });
  }
  // Made by this key and changed since: the making is done, and the later change stands.
  if (known && input.addressId === undefined) return { entry: known, isDone: true };
  if (!known && book.entries.length >= MAX_ADDRESSES) {
    return refuse('ADDRESS_TOO_MANY', `最多保存 ${MAX_ADDRESSES} 个收货地址，请先删除不用的。`);
  }
  const sealed = seal(base, addressId, JSON.stringify(text));
  return { entry: { addressId, sealed, isDefault: input.isDefault, lastSave }, isDone: false };
}
