import type { StatementFacts } from './formats/raw-rows.js';

/** A line of a statement in one form, whichever bank and format it came from. */
export interface StatementLine {
  readonly lineNo: number;
  readonly day: string;
  /** Credits positive, debits negative; never 0. */
  readonly amountFen: number;
  /** A reversal in red: below zero in the column of the other direction, where the bank counts it. */
  readonly isRed?: boolean;
  readonly balanceFen: number | null;
  readonly counterparty: string;
  readonly counterpartyAccount: string;
  readonly memo: string;
  readonly bankSerial: string;
}

/** What comes out of a file: its lines in parts and, once they are read to the end, what it says of itself. */
export interface Statement {
  readonly lines: AsyncIterable<readonly StatementLine[]>;
  facts(): StatementFacts;
  /** In Chinese: what a person should know of rows that became no lines. */
  notes(): readonly string[];
}
