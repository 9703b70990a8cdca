import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import type { Entry } from './journal.types.js';

/**
 * Something counted from the journal. Its writes go through the session of the block they belong to, so each entry has
 * its effect exactly once; they must follow from the entries and the projection's own documents alone, so that a rebuild
 * gives the same bytes.
 */
export interface Projection {
  readonly name: string;
  /** The collections it alone writes. A rebuild empties them. */
  readonly collections: readonly string[];
  apply(base: Base, entries: readonly Entry[], session: Session): Promise<void>;
}
