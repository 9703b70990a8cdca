import type { Base, Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { type Address, type AddressText, maskMobile } from './addresses.rules.js';
import { type BookEntry, findBook } from './addresses.store.js';
import { open, type SealedAddress } from './seal.js';

/** A member's own addresses, the default first, mobiles masked. At most twenty. */
export async function readAddressBook(base: Base, memberId: string): Promise<Address[]> {
  const { entries } = await findBook(base, memberId);
  return entries
    .map((entry) => addressOf(base, entry))
    .sort((one, other) => Number(other.isDefault) - Number(one.isDefault));
}

export function addressOf(base: Base, entry: BookEntry): Address {
  const text = openSealedAddress(base, entry.sealed);
  return { ...text, mobile: maskMobile(text.mobile), addressId: entry.addressId, isDefault: entry.isDefault };
}

/** The address that an order freezes: sealed, as it is now. A refusal when the member has no such address. */
export async function sealedAddressFor(
  ctx: Pick<Context, 'base'>,
  memberId: string,
  addressId: string,
): Promise<SealedAddress | Refusal> {
  const { entries } = await findBook(ctx.base, memberId);
  return entries.find((entry) => entry.addressId === addressId)?.sealed ?? addressUnknown();
}

/** What is written on the parcel, the mobile in full. Who may read it is for the caller to judge. */
export function openSealedAddress(base: Base, sealed: SealedAddress): AddressText {
  const { recipient, mobile, region, detail } = JSON.parse(open(base, sealed)) as AddressText;
  return { recipient, mobile, region, detail };
}

export function addressUnknown(): Refusal {
  return refuse('ADDRESS_UNKNOWN', '没有找到这个收货地址，请重新选择或新增一个。', { path: 'addressId' });
}
