import type { Book } from './book.js';
import type { FaultTable } from './faults.js';
import type { ProviderKeys } from './keys.js';
import type { Notices } from './notices.js';

/** What one running provider has: the first argument of everything a merchant or a buyer may do. */
export interface Desk {
  readonly book: Book;
  readonly keys: ProviderKeys;
  readonly faults: FaultTable;
  readonly notices: Notices;
  /** How long a refund is PROCESSING. */
  readonly refundDelayMs: number;
  /** Bills that wait under the address that was given out, by its token. */
  readonly bills: Map<string, Buffer>;
  /** How often the merchant asked for what the provider wants asked rarely. */
  readonly counts: { certificateReads: number };
  /** Refunds under way. */
  readonly timers: Set<NodeJS.Timeout>;
}

/** The provider says no: an HTTP status and one of its official codes. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
