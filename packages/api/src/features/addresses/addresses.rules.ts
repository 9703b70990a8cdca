import { mainlandMobile, visibleLine } from '../../kernel/pasted.rules.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { stopsAtProvince } from './divisions.rules.js';

/** What is written on a parcel. */
export interface AddressText {
  readonly recipient: string;
  /** A mobile number of the mainland, eleven digits. */
  readonly mobile: string;
  /** Province, city and district: 重庆市渝中区. */
  readonly region: string;
  readonly detail: string;
}

/** An address as its owner reads it: the mobile masked. */
export interface Address extends AddressText {
  readonly addressId: string;
  readonly isDefault: boolean;
}

/** Nobody needs more, and one document holds them all. */
export const MAX_ADDRESSES = 20;

const BOUNDS = {
  recipient: { most: 30, name: '收货人' },
  region: { most: 60, name: '所在地区' },
  detail: { most: 120, name: '详细地址' },
} as const;

/** `13812341234` → `138****1234`: enough for the owner to know it by, not enough to call it. */
export function maskMobile(mobile: string): string {
  return `${mobile.slice(0, 3)}****${mobile.slice(-4)}`;
}

/**
 * The text fit for a parcel, without blanks around it and what nobody sees, or the refusal that names the field. `storedMobile` is the number
 * that is shown masked: sent back as it was shown, it stays what it is.
 */
export function checkAddress(input: AddressText, storedMobile: string | undefined): AddressText | Refusal {
  const checked: Record<keyof typeof BOUNDS, string> = { recipient: '', region: '', detail: '' };
  for (const field of ['recipient', 'region', 'detail'] as const) {
    const { most, name } = BOUNDS[field];
    const text = visibleLine(input[field]);
    if (text === '') return refuse('ADDRESS_INVALID', `请填写${name}。`, { path: field });
    if ([...text].length > most) {
      return refuse('ADDRESS_INVALID', `${name}最多 ${most} 个字，请改短一些。`, { path: field });
    }
    checked[field] = text;
  }
  if (stopsAtProvince(checked.region)) {
    const message = '所在地区还缺城市和区县，请写全，例如 重庆市渝中区。';
    return refuse('ADDRESS_INVALID', message, { path: 'region' });
  }
  if (storedMobile !== undefined && visibleLine(input.mobile) === maskMobile(storedMobile)) {
    return { ...checked, mobile: storedMobile };
  }
  const mobile = mainlandMobile(input.mobile);
  if (mobile === null) {
    return refuse('ADDRESS_INVALID', '手机号应为 11 位数字，请核对后重新填写。', { path: 'mobile' });
  }
  return { ...checked, mobile };
}

interface Entry {
  readonly addressId: string;
  readonly isDefault: boolean;
}

/** The book with this entry added or put in the place of the old one. Exactly one entry is the default. */
export function withEntry<E extends Entry>(entries: readonly E[], entry: E): E[] {
  const isKnown = entries.some((one) => one.addressId === entry.addressId);
  const all = isKnown ? entries.map((one) => (one.addressId === entry.addressId ? entry : one)) : [...entries, entry];
  return withOneDefault(all, entry.isDefault ? entry.addressId : undefined);
}

export function withoutEntry<E extends Entry>(entries: readonly E[], addressId: string): E[] {
  return withOneDefault(
    entries.filter((one) => one.addressId !== addressId),
    undefined,
  );
}

/** The wanted default, else the one that is, else the first. */
function withOneDefault<E extends Entry>(entries: readonly E[], wanted: string | undefined): E[] {
  const chosen = wanted ?? entries.find((one) => one.isDefault)?.addressId ?? entries[0]?.addressId;
  return entries.map((one) => ({ ...one, isDefault: one.addressId === chosen }));
}
