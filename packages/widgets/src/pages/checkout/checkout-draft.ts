/**
 * What a person typed and chose at the checkout, kept in this tab until it is ordered: it outlives a reload, a sign-in and
 * a lost network. In this tab alone, since it may be the computer of a reading room; by member, since the next person may
 * sign in here.
 */
export interface AddressFields {
  readonly recipient: string;
  readonly mobile: string;
  readonly region: string;
  readonly detail: string;
  readonly isDefault: boolean;
}

/** An address form that is open: of a known address, or 'new'. */
export interface OpenForm {
  readonly editing: string;
  /** Undefined until something was typed. */
  readonly typed?: AddressFields | undefined;
}

export interface CheckoutDraft {
  readonly addressId?: string | undefined;
  readonly form?: OpenForm | undefined;
  /** Products whose return rule was read and accepted. */
  readonly confirmed: readonly string[];
}

export interface DraftKeeper {
  read(memberId: string): CheckoutDraft;
  write(memberId: string, draft: CheckoutDraft): void;
  forget(memberId: string): void;
}

const NOTHING: CheckoutDraft = { confirmed: [] };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const fieldsOf = (value: unknown): AddressFields | undefined =>
  isObject(value)
    ? {
        recipient: text(value['recipient']),
        mobile: text(value['mobile']),
        region: text(value['region']),
        detail: text(value['detail']),
        isDefault: value['isDefault'] === true,
      }
    : undefined;

const draftOf = (value: unknown): CheckoutDraft => {
  if (!isObject(value)) return NOTHING;
  const { addressId, form, confirmed } = value;
  const isForm = isObject(form) && typeof form['editing'] === 'string';
  return {
    addressId: typeof addressId === 'string' ? addressId : undefined,
    form: isForm ? { editing: text(form['editing']), typed: fieldsOf(form['typed']) } : undefined,
    confirmed: Array.isArray(confirmed) ? confirmed.filter((one): one is string => typeof one === 'string') : [],
  };
};

const DRAFT_PREFIX = 'aixin.checkout.';

/** Somebody else sat here before: what that person typed is gone. */
const forgetOthers = (store: Storage | undefined, own: string): void => {
  if (!store) return;
  const names = Array.from({ length: store.length }, (_, at) => store.key(at) ?? '');
  for (const name of names) if (name.startsWith(DRAFT_PREFIX) && name !== own) store.removeItem(name);
};

export const createDraftKeeper = (storage: () => Storage | undefined): DraftKeeper => {
  const keyOf = (memberId: string): string => `${DRAFT_PREFIX}${memberId}`;
  return {
    read(memberId) {
      try {
        forgetOthers(storage(), keyOf(memberId));
        return draftOf(JSON.parse(storage()?.getItem(keyOf(memberId)) ?? 'null'));
      } catch {
        return NOTHING;
      }
    },
    write(memberId, draft) {
      try {
        storage()?.setItem(keyOf(memberId), JSON.stringify(draft));
      } catch {
        // Without storage what was typed lives as long as the page.
      }
    },
    forget(memberId) {
      try {
        storage()?.removeItem(keyOf(memberId));
      } catch {
        // Nothing was kept.
      }
    },
  };
};

/** Whether somebody typed an address that is nowhere yet. */
export const isTyped = ({ typed }: OpenForm): boolean =>
  typed !== undefined && [typed.recipient, typed.mobile, typed.region, typed.detail].some((one) => one.trim() !== '');

interface Choosable {
  readonly id: string;
  readonly isDefault: boolean;
}

/** The draft among the addresses of today. Where the chosen one is gone nobody chooses another in silence. */
export const draftAmong = (draft: CheckoutDraft, addresses: readonly Choosable[]): CheckoutDraft => {
  const { addressId, form, confirmed } = draft;
  const isKnown = (id: string | undefined): boolean => addresses.some((address) => address.id === id);
  const usual = addresses.find(({ isDefault }) => isDefault) ?? addresses[0];
  return {
    addressId: addressId === undefined ? usual?.id : isKnown(addressId) ? addressId : undefined,
    form: form && !isKnown(form.editing) ? { ...form, editing: 'new' } : form,
    confirmed,
  };
};
