/** 8 MB: of a million references some two in a hundred look as if they had been seen, and are counted for nothing. */
const BITS = 1 << 26;

/**
 * Which references a whole file may name more than once, found while it streams. Twins that lie far apart in a file must
 * not be told apart by where a chunk happens to end; a set of all references of a million lines would take too much memory.
 * Never misses one; what it gives is counted exactly afterwards.
 */
export class RepeatedReferences {
  readonly #seen = new Uint8Array(BITS / 8);
  readonly #candidates = new Set<string>();

  add(reference: string): void {
    const bit = hashOf(reference) & (BITS - 1);
    const mask = 1 << (bit & 7);
    if ((this.#seen[bit >>> 3]! & mask) !== 0) this.#candidates.add(reference);
    this.#seen[bit >>> 3]! |= mask;
  }

  get candidates(): ReadonlySet<string> {
    return this.#candidates;
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** Counts what lines name, of these references only. */
export function countNamed(
  counts: Map<string, number>,
  references: readonly string[],
  candidates: ReadonlySet<string>,
): void {
  for (const text of references) {
    if (text === '') continue;
    for (const reference of text.split(' ')) {
      if (candidates.has(reference)) counts.set(reference, (counts.get(reference) ?? 0) + 1);
    }
  }
}
