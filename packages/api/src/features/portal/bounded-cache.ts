import type { Clock } from '../../kernel/clock.js';

/** A map that holds at most so many entries, each at most so long. The one that was read longest ago goes first. */
export interface BoundedCache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  clear(): void;
}

export function boundedCache<V>(limits: {
  readonly maxEntries: number;
  readonly keptMs: number;
  readonly clock: Clock;
}): BoundedCache<V> {
  // A Map iterates in the order of insertion: reading puts an entry last, so the first is the longest unread.
  const entries = new Map<string, { readonly value: V; readonly untilMs: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (limits.clock() >= entry.untilMs) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value) {
      entries.delete(key);
      const oldest = entries.keys().next();
      if (entries.size >= limits.maxEntries && !oldest.done) entries.delete(oldest.value);
      entries.set(key, { value, untilMs: limits.clock() + limits.keptMs });
    },
    delete: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}
