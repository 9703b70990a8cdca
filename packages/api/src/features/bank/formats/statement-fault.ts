/**
 * A file that cannot be read as a statement: what is wrong, in plain Chinese, and in which line. Thrown from deep inside a
 * stream and caught at one place, where the preview makes it the import's refusal; it never leaves the feature.
 */
export class StatementFault extends Error {
  readonly code: string;
  readonly lineNo: number | null;

  constructor(code: string, message: string, lineNo: number | null = null) {
    super(lineNo === null ? message : `第 ${lineNo} 行：${message}`);
    this.name = 'StatementFault';
    this.code = code;
    this.lineNo = lineNo;
  }
}
