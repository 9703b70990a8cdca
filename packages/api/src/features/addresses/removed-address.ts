import type { Base } from '../../kernel/context.js';
import type { AddressText } from './addresses.rules.js';
import type { BookEntry } from './addresses.store.js';
import { open, seal } from './seal.js';

/** An entry that left its book, with its text. */
export interface RemovedEntry extends Omit<BookEntry, 'sealed'> {
  readonly text: AddressText;
}

/** Far above what a longest address seals to. */
const MAX_UNDO_LENGTH = 4_000;

/** Bound to its owner: in another member's hands it does not open. */
const boundTo = (memberId: string): string => `removed:${memberId}`;

/** A removed entry as its owner's page holds it for a while: the zone itself forgets it. */
export function sealRemoved(base: Base, memberId: string, removed: RemovedEntry): string {
  const { keyId, box } = seal(base, boundTo(memberId), JSON.stringify(removed));
  return `${keyId}.${box}`;
}

/** Undefined for anything that this zone did not seal for this member. */
export function openRemoved(base: Base, memberId: string, undo: string): RemovedEntry | undefined {
  const found = /^([\w-]{1,32})\.([A-Za-z0-9+/]+={0,2})$/.exec(undo.slice(0, MAX_UNDO_LENGTH + 1));
  const [, keyId = '', box = ''] = found ?? [];
  if (!found || undo.length > MAX_UNDO_LENGTH) return undefined;
  try {
    return JSON.parse(open(base, { addressId: boundTo(memberId), keyId, box })) as RemovedEntry;
  } catch {
    // Not ours, or not this member's: a stranger's text is an expected refusal, not the operator's trouble.
    return undefined;
  }
}
