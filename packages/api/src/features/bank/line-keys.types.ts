/** By what a line is found again. Follows from the line alone, and is written with it. */
export interface LineKeys {
  /** Counterparty, memo and references as they are searched: one case, one width. */
  readonly words: string;
  /** Each character of the words with the one behind it, so that any part of a name is found by an index. */
  readonly pairs: readonly string[];
  /** The counterparty, equal for all lines of one. */
  readonly payer: string;
  /** What the decision about it leans on: see `nameKey`, `outKey`; beside them ids of remittances and spends. */
  readonly near: readonly string[];
}
