/** A row that could not be read: what is wrong, in plain Chinese with what to do, and where. */
export interface RowFault {
  readonly code: string;
  readonly message: string;
  readonly lineNo: number | null;
}

/**
 * A file that cannot be read as a statement: what is wrong, in plain Chinese, and in which line. Thrown from deep inside a
 * stream and caught at one place, where the preview makes it the import's refusal; it never leaves the feature.
 */
export class StatementFault extends Error {
  readonly code: string;
  readonly lineNo: number | null;
  /** All strange rows, the first of them this one, as far as they are listed; and how many there are. */
  readonly rows: readonly RowFault[];
  readonly rowCount: number;

  constructor(
    code: string,
    message: string,
    lineNo: number | null = null,
    found: { readonly rows: readonly RowFault[]; readonly rowCount: number } = { rows: [], rowCount: 0 },
  ) {
    super(lineNo === null ? message : `第 ${lineNo} 行：${message}`);
    this.name = 'StatementFault';
    this.code = code;
    this.lineNo = lineNo;
    this.rows = found.rows;
    this.rowCount = found.rowCount;
  }
}
