import { builder } from '../../graphql/builder.js';
import { localId } from '../../graphql/global-id.js';
import { anyOf, owner, supplierOf } from '../../graphql/readers.js';
import { resultUnion } from '../../graphql/refusal.graphql.js';
import { personOf } from '../../kernel/authority.js';
import { isRefusal } from '../../kernel/refusal.js';
import { MemberType } from '../portal/portal.graphql.js';
import {
  type Address,
  readAddressBook,
  removeAddress,
  type RemovedAddress,
  restoreAddress,
  saveAddress,
} from './index.js';

interface Receiver {
  readonly memberId: string;
  readonly supplierIds: readonly string[];
}

/** An address on its way to a reader: whose it is, and which suppliers send a parcel there. */
export interface ShownAddress extends Address, Receiver {}

export const addressReaders = anyOf<Receiver>(
  owner((address) => address.memberId),
  supplierOf((address) => address.supplierIds),
);

export const AddressType = builder.objectRef<ShownAddress>('Address');

builder.node(AddressType, {
  name: 'Address',
  description: 'Where a parcel goes. Kept encrypted; one’s own book, or the copy that an order froze.',
  readers: addressReaders,
  id: { resolve: (address) => address.addressId },
  loadOne: async (addressId, { base, actor }) => {
    if (actor.kind !== 'person') return null;
    const found = (await readAddressBook(base, actor.memberId)).find((one) => one.addressId === addressId);
    return found ? ownAddress(found, actor.memberId) : null;
  },
  fields: (t) => ({
    recipient: t.exposeString('recipient', { description: 'Who receives it, at most 30 characters.' }),
    mobile: t.exposeString('mobile', {
      description: 'Masked, 138****1234. In full only for the supplier of a paid parcel, who needs it to deliver.',
    }),
    region: t.exposeString('region', { description: 'Province, city and district, at most 60 characters.' }),
    detail: t.exposeString('detail', { description: 'Street and door, at most 120 characters.' }),
    isDefault: t.exposeBoolean('isDefault', {
      description: 'Chosen first at checkout. Exactly one is, if any is there.',
    }),
  }),
});

function ownAddress(address: Address, memberId: string): ShownAddress {
  return { ...address, memberId, supplierIds: [] };
}

builder.objectField(MemberType, 'addresses', (t) =>
  t.field({
    type: [AddressType],
    description: 'The person’s own book, the default first; at most twenty.',
    resolve: async ({ memberId }, _args, { base }) =>
      (await readAddressBook(base, memberId)).map((address) => ownAddress(address, memberId)),
  }),
);

const SaveAddressInput = builder.inputType('SaveAddressInput', {
  description: 'A new address, or a known one changed.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: 'Of this press of the button; 8 to 64 characters.' }),
    addressId: t.id({ description: 'The address to change. Left out, a new one is made.' }),
    recipient: t.string({ required: true, description: '1 to 30 characters.' }),
    mobile: t.string({
      required: true,
      description:
        'Eleven digits of the mainland, also as pasted: +86 138-0013-8000. The masked number, sent back as shown, leaves the stored one.',
    }),
    region: t.string({ required: true, description: '1 to 60 characters, more than the province alone.' }),
    detail: t.string({ required: true, description: '1 to 120 characters.' }),
    isDefault: t.boolean({ required: true, description: 'Make it the default.' }),
  }),
});

const RemoveAddressInput = builder.inputType('RemoveAddressInput', {
  description: 'The address to take out of the book.',
  fields: (t) => ({
    addressId: t.id({ required: true, description: 'One that is gone already is as good as removed.' }),
  }),
});

const RestoreAddressInput = builder.inputType('RestoreAddressInput', {
  description: 'A removal to take back.',
  fields: (t) => ({ undo: t.string({ required: true, description: 'What removeAddress gave.' }) }),
});

const AddressDone = builder.objectRef<{ address: ShownAddress }>('AddressDone').implement({
  description: 'The address as it is now.',
  readers: 'parent',
  fields: (t) => ({ address: t.expose('address', { type: AddressType, description: 'As saved.' }) }),
});

const RemoveAddressDone = builder.objectRef<RemovedAddress>('RemoveAddressDone').implement({
  description: 'The address is out of the book. Orders keep the copy that they froze.',
  readers: 'parent',
  fields: (t) => ({
    removedId: t.globalID({
      description: 'The id that was removed.',
      resolve: ({ removedId }) => ({ type: 'Address', id: removedId }),
    }),
    undo: t.exposeString('undo', {
      nullable: true,
      description: 'For restoreAddress: the address, sealed for its owner. Null where there was none to remove.',
    }),
  }),
});

builder.mutationField('saveAddress', (t) =>
  t.field({
    type: resultUnion('AddressResult', AddressDone),
    readers: 'public',
    description:
      'Adds or changes an own address. Pasted blanks, hyphens and hidden characters are taken off. Refusals: SIGNED_OUT, NOT_ALLOWED, ADDRESS_INVALID (path names the field), ' +
      'ADDRESS_TOO_MANY, ADDRESS_UNKNOWN, ADDRESS_BUSY, IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_KEY_REUSED.',
    args: { input: t.arg({ type: SaveAddressInput, required: true, description: 'What to save.' }) },
    resolve: async (_root, { input: { addressId, ...rest } }, context) => {
      const known = addressId ? { addressId: localId('Address', addressId) } : {};
      const saved = await saveAddress(context, { ...rest, ...known });
      return isRefusal(saved) ? saved : { address: ownAddress(saved, personOf(context)) };
    },
  }),
);

builder.mutationField('restoreAddress', (t) =>
  t.field({
    type: resultUnion('RestoreAddressResult', AddressDone),
    readers: 'public',
    description:
      'Takes back the removal of an own address. Refusals: SIGNED_OUT, NOT_ALLOWED, UNDO_INVALID, ADDRESS_TOO_MANY, ADDRESS_BUSY.',
    args: { input: t.arg({ type: RestoreAddressInput, required: true, description: 'Which removal.' }) },
    resolve: async (_root, { input }, context) => {
      const restored = await restoreAddress(context, input);
      return isRefusal(restored) ? restored : { address: ownAddress(restored, personOf(context)) };
    },
  }),
);

builder.mutationField('removeAddress', (t) =>
  t.field({
    type: resultUnion('RemoveAddressResult', RemoveAddressDone),
    readers: 'public',
    description: 'Removes an own address. Refusals: SIGNED_OUT, NOT_ALLOWED, ADDRESS_BUSY.',
    args: { input: t.arg({ type: RemoveAddressInput, required: true, description: 'Which one.' }) },
    resolve: (_root, { input }, context) => removeAddress(context, { addressId: localId('Address', input.addressId) }),
  }),
);
