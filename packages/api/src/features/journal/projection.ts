import type { Base } from '../../kernel/context.js';
import { type Session, inTransaction } from '../../kernel/transaction.js';
import type { Entry } from './journal.types.js';

/** The entries of one block. */
export interface SealedEntries {
  /** The number of the block that seals them. */
  readonly block: number;
  /** In the order of their commit. */
  readonly entries: readonly Entry[];
}

/**
 * Something counted from the journal. Its writes go through the session of the block they belong to, so each entry has
 * its effect exactly once; they must follow from the entries and the projection's own documents alone, so that a rebuild
 * gives the same bytes.
 */
export interface Projection {
  readonly name: string;
  /** The collections it alone writes. A rebuild empties them. */
  readonly collections: readonly string[];
  apply(base: Base, sealed: SealedEntries, session: Session): Promise<void>;
}

/** Every projection sees the entries of a block, in the order in which they are given. */
export async function applyAll(
  base: Base,
  block: { projections: readonly Projection[]; sealed: SealedEntries },
  session: Session,
): Promise<void> {
  for (const projection of block.projections) await projection.apply(base, block.sealed, session);
}

/** Projects the entries of one block by themselves: for a rebuild, where the block stands already. */
export async function projectBlock(
  into: Base,
  block: { projections: readonly Projection[]; sealed: SealedEntries },
): Promise<void> {
  await inTransaction(into, (session) => applyAll(into, block, session));
}

export function collectionsOf(projections: readonly Projection[]): string[] {
  return projections.flatMap((projection) => projection.collections);
}
