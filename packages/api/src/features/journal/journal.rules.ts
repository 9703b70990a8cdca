import { emptyTallies } from '@aixin/points-engine';
import { contentHash } from '../../kernel/canonical.js';
import { derivedId } from '../../kernel/ids.js';
import type { Entry, EntryBody, EntryGroup, Head } from './journal.types.js';

/** What stands before a member's first entry. */
export const EMPTY_HEAD: Head = {
  seq: 0,
  hash: '',
  after: { pointsBalance: 0, recordCount: 0, purchaseCount: 0, purchaseFen: 0, matchedFen: 0, tallies: emptyTallies },
};

export function entryId(memberId: string, sourceKey: string): string {
  return derivedId('entry', memberId, sourceKey);
}

/** Gives a body its place in the stream: number, link to the entry before, hash. */
export function chainEntry(head: Head, body: EntryBody): Entry {
  const unsealed = { _id: entryId(body.memberId, body.sourceKey), seq: head.seq + 1, ...body, prevHash: head.hash };
  return { ...unsealed, hash: contentHash(unsealed) };
}

export function headOf(entry: Pick<Entry, 'seq' | 'hash' | 'after'>): Head {
  return { seq: entry.seq, hash: entry.hash, after: entry.after };
}

/** The hash an entry must have: anyone can compute it again from the document. */
export function hashOf(entry: Entry): string {
  const { hash: _hash, group: _group, ...unsealed } = entry;
  return contentHash(unsealed);
}

/** What the last entry of a write carries beside itself. */
export function groupOf(entries: readonly Pick<Entry, '_id' | 'hash'>[]): EntryGroup {
  return { entryIds: entries.map((entry) => entry._id), entryHashes: entries.map((entry) => entry.hash) };
}
