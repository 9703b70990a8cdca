import { contentHash } from '../../kernel/canonical.js';
import type { Pack } from './disclosure.store.js';
import type { Period } from './pack.types.js';

interface Published extends Period {
  readonly _id: string;
  readonly correctsId: string | null;
}

/** Packs that nobody has corrected: of each period the one that holds, the newest period first. */
export function holding<P extends Published>(published: readonly P[]): P[] {
  const corrected = new Set(published.map((pack) => pack.correctsId));
  return published.filter((pack) => !corrected.has(pack._id)).sort((a, b) => (a.until < b.until ? 1 : -1));
}

/** The pack that holds for the period before this one; null for the first period. */
export function precedingOf<P extends Published>(published: readonly P[], from: string): P | null {
  return holding(published).find((pack) => pack.until < from) ?? null;
}

/** All packs published for the same period. */
export function samePeriod<P extends Published>(published: readonly P[], { from, until }: Period): P[] {
  return published.filter((pack) => pack.from === from && pack.until === until);
}

/** The pack that corrects this one; null while it holds. */
export function correctionOf<P extends Published>(published: readonly P[], packId: string): P | null {
  return published.find((pack) => pack.correctsId === packId) ?? null;
}

/** What a publication freezes: every field of the pack, of its content the hash. */
export function packSeal(pack: Pack): string {
  const { json: _json, seal: _seal, ...frozen } = pack;
  return contentHash(frozen);
}
