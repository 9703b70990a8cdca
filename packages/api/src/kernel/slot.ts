import type { Base } from './context.js';

/**
 * Something a zone has one of: a port's adapter, a queue, the catalogue in memory. The feature that owns it declares the
 * slot; `zone.ts` fills it, or the slot makes its own content at first use. Two zones in one process share nothing.
 */
export interface Slot<T> {
  (base: Base): T;
  fill(base: Base, content: T): void;
}

export function slot<T>(name: string, create?: (base: Base) => T): Slot<T> {
  const contents = new WeakMap<Base, { content: T }>();
  const read = (base: Base): T => {
    const held = contents.get(base);
    if (held) return held.content;
    if (!create) throw new Error(`nothing fills the slot "${name}" of this zone`);
    const content = create(base);
    contents.set(base, { content });
    return content;
  };
  return Object.assign(read, {
    fill(base: Base, content: T): void {
      contents.set(base, { content });
    },
  });
}
