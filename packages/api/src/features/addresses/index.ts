/**
 * Owns the delivery addresses of members: each member's book of at most twenty, sealed at rest.
 * Never gives an address to anybody but its owner; an order freezes a sealed copy, and the order decides who opens that.
 * Never logs what an address says.
 */
export { type AddressKeys, addressKeys, createAddressKeys } from './address-keys.js';
export { type Address, type AddressText, maskMobile } from './addresses.rules.js';
export { checkAddress, MAX_ADDRESSES } from './addresses.rules.js';
export { addressBookStore } from './addresses.store.js';
export { openSealedAddress, readAddressBook, sealedAddressFor } from './addresses.reads.js';
export { removeAddress, type RemoveAddressInput, type RemovedAddress } from './remove-address.js';
export { restoreAddress } from './restore-address.js';
export { saveAddress, type SaveAddressInput } from './save-address.js';
export type { SealedAddress } from './seal.js';
