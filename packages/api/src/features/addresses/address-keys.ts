import { slot } from '../../kernel/slot.js';

export interface AddressKey {
  /** Written beside what the key sealed, so that it can be opened after a change of keys. */
  readonly keyId: string;
  readonly key: Buffer;
}

export interface AddressKeys {
  /** Seals everything new. */
  readonly current: AddressKey;
  /** Opens what was sealed before a change of keys. */
  readonly older: readonly AddressKey[];
}

/** The keys of this zone, the same in every one of its processes. Filled by the zone from its configuration. */
export const addressKeys = slot<AddressKeys>('address keys');

/** AES-256: nothing shorter, nothing longer. */
const KEY_BYTES = 32;

/**
 * The keys from their written form: `base64` or `keyId:base64`, the current one first, older ones after it. Throws with
 * the key's place, never with the key itself.
 */
export function createAddressKeys(written: readonly string[]): AddressKeys {
  const keys = written.map((text, index) => parseKey(text, index));
  const current = keys[0];
  if (!current) throw new RangeError('at least one address key is needed');
  if (new Set(keys.map((key) => key.keyId)).size < keys.length) throw new RangeError('two address keys share an id');
  return { current, older: keys.slice(1) };
}

function parseKey(text: string, index: number): AddressKey {
  const colon = text.indexOf(':');
  const keyId = colon < 0 ? 'k1' : text.slice(0, colon);
  const key = Buffer.from(text.slice(colon + 1), 'base64');
  if (!/^[\w-]{1,32}$/.test(keyId)) throw new RangeError(`address key ${index + 1} has an id that is no plain word`);
  if (key.length !== KEY_BYTES) {
    throw new RangeError(`address key ${index + 1} has ${key.length} bytes, AES-256 needs ${KEY_BYTES} (in base64)`);
  }
  return { keyId, key };
}
