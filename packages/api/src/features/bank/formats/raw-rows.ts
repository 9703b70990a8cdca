/** A row as the file has it. `lineNo` is the line of the text, or the row of the sheet, where it begins; from 1. */
export interface RawRow {
  readonly lineNo: number;
  readonly cells: readonly string[];
  /** Of a workbook: the sheet on which it stands. */
  readonly sheet?: string;
  /** Of a text: the file ends in this row without a newline, perhaps because it was cut off. */
  readonly isUnended?: boolean;
}

/** Rows in parts of some thousands: a promise for each row would cost more than reading it. */
export type RawRows = AsyncIterable<readonly RawRow[]>;

/** Bytes as they come: a stream of a stored file, or a list of buffers in a test. */
export type Bytes = AsyncIterable<Uint8Array>;

/** What a statement says of itself beside its lines. Absent where the file does not say it. */
export interface StatementFacts {
  accountNumber?: string;
  openingFen?: number;
  closingFen?: number;
  lineCount?: number;
  creditCount?: number;
  creditFen?: number;
  debitCount?: number;
  debitFen?: number;
  /** A total of one column for both directions: net or of all lines, as banks write either. */
  turnoverFen?: number;
}

/** No bank's row is as wide; 10^6 columns are an attack or not a table. */
export const MOST_COLUMNS = 256;
/** Characters of one row. Refused while it is read: a line of 200 MB is never held. */
export const MOST_ROW_CHARACTERS = 65_536;
/** Lines of one file; more go in two files. Bounds time, memory and what one posting may take. */
export const MOST_LINES = 2_000_000;
