import type { Base } from '../../kernel/context.js';
import { type Pack, readPublished, readPublishedHeads } from './disclosure.store.js';
import { holding } from './packs.rules.js';

/** The published pack that holds for the period of this day, corrections counted; null while none is published. */
export async function readHoldingPackOf(base: Base, day: string): Promise<Pack | null> {
  const head = holding(await readPublishedHeads(base)).find((pack) => pack.from <= day && day <= pack.until);
  return head ? ((await readPublished(base, [head._id]))[0] ?? null) : null;
}
