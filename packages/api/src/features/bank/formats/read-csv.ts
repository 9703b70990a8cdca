import { CsvError, parse } from 'csv-parse/sync';
import { MOST_COLUMNS, MOST_ROW_CHARACTERS, type RawRow } from './raw-rows.js';
import { StatementFault } from './statement-fault.js';

/**
 * Rows of a table in text: RFC 4180, any one-character delimiter, quoted newlines, blank lines left out. csv-parse reads
 * every row that has a quoted cell. A row without one, nearly every row of a bank, has nothing to be parsed: the engine
 * splits it at the delimiter, several times as fast. What is ours is only where a row ends, so that each row knows its
 * line, and an endless one is refused while it is read.
 */
export async function* readCsv(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<readonly RawRow[]> {
  let rest = '';
  let lineNo = 1;
  for await (const piece of text) {
    const part = takeRows(rest === '' ? piece : rest + piece, { delimiter, lineNo, isLast: false });
    rest = part.rest;
    lineNo = part.lineNo;
    if (part.rows.length > 0) yield part.rows;
  }
  const last = takeRows(rest, { delimiter, lineNo, isLast: true });
  if (last.rows.length > 0) yield last.rows;
}

interface Taken {
  readonly rows: RawRow[];
  readonly rest: string;
  readonly lineNo: number;
}

function takeRows(text: string, at: { delimiter: string; lineNo: number; isLast: boolean }): Taken {
  const { delimiter, isLast } = at;
  const rows: RawRow[] = [];
  let quoted: QuotedRow[] = [];
  let { lineNo } = at;
  let from = 0;
  const parseQuoted = (): void => {
    if (quoted.length > 0) rows.push(...parsedRows(quoted, delimiter));
    quoted = [];
  };
  while (from < text.length) {
    const newline = text.indexOf('\n', from);
    const line = lineOf(text, from, newline);
    if (line.length > MOST_ROW_CHARACTERS) throw tooLong(lineNo);
    if (hasQuotedCell(line, delimiter)) {
      const row = takeQuoted(text, { from, lineNo, isLast });
      if (!row) break;
      quoted.push(row);
      lineNo += row.lines;
      from = row.next;
      continue;
    }
    if (newline < 0 && !isLast) break;
    parseQuoted();
    if (line !== '') rows.push(notTooWide({ lineNo, cells: line.split(delimiter) }));
    lineNo += 1;
    from = newline < 0 ? text.length : newline + 1;
  }
  parseQuoted();
  return { rows, rest: text.slice(from), lineNo };
}

/** Without the end of its line. */
function lineOf(text: string, from: number, newline: number): string {
  const end = newline < 0 ? text.length : newline;
  return text.slice(from, end > from && text[end - 1] === '\r' ? end - 1 : end);
}

/** A quote elsewhere than at the beginning of a cell is a character like any other: 5" 钢管. */
function hasQuotedCell(line: string, delimiter: string): boolean {
  return line.startsWith(QUOTE) || line.includes(delimiter + QUOTE);
}

const QUOTE = '"';

interface QuotedRow {
  readonly text: string;
  readonly lineNo: number;
  readonly lines: number;
  readonly next: number;
}

/** A row with quoted cells: it goes on as long as a quote is open. Null when its end has not come yet. */
function takeQuoted(text: string, at: { from: number; lineNo: number; isLast: boolean }): QuotedRow | null {
  const { from, lineNo, isLast } = at;
  let quotes = 0;
  for (let start = from, lines = 1; ; lines += 1) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    quotes += quotesIn(text.slice(start, end));
    if (end - from > MOST_ROW_CHARACTERS) throw tooLong(lineNo);
    const isWhole = quotes % 2 === 0;
    if (newline < 0 && !isLast) return null;
    if (isWhole) return { text: lineOf(text, from, end), lineNo, lines, next: end + 1 };
    if (newline < 0) {
      throw new StatementFault('TRUNCATED', '引号没有结束，文件可能被截断，请重新下载完整的文件。', lineNo);
    }
    start = newline + 1;
  }
}

function quotesIn(line: string): number {
  let count = 0;
  for (let at = line.indexOf(QUOTE); at >= 0; at = line.indexOf(QUOTE, at + 1)) count += 1;
  return count;
}

/** Rows that follow each other go to the parser together; only where it refuses them one by one, to name the row. */
function parsedRows(quoted: readonly QuotedRow[], delimiter: string): RawRow[] {
  const cells =
    cellsOf(quoted, { delimiter, relax_quotes: false }) ?? cellsOf(quoted, { delimiter, relax_quotes: true });
  if (cells) return quoted.map(({ lineNo }, index) => notTooWide({ lineNo, cells: cells[index] ?? [] }));
  if (quoted.length > 1) return quoted.flatMap((row) => parsedRows([row], delimiter));
  throw new StatementFault('BROKEN_QUOTE', '引号用得不对，不是有效的表格，请重新导出。', quoted[0]?.lineNo ?? null);
}

/**
 * Null where they are no rows of a table. Relaxed, for a quote within a plain cell beside a quoted one (`="0012"`, as banks
 * write numbers); a cell whose own quotes are broken keeps them, and is no cell then either.
 */
function cellsOf(
  quoted: readonly QuotedRow[],
  how: { delimiter: string; relax_quotes: boolean },
): readonly string[][] | null {
  try {
    const cells = parse(quoted.map((row) => row.text).join('\n'), { ...how, relax_column_count: true });
    const isBroken = how.relax_quotes && cells.some((row) => row.some((cell) => cell.startsWith(QUOTE)));
    return isBroken || cells.length !== quoted.length ? null : cells;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

function notTooWide(row: RawRow): RawRow {
  if (row.cells.length <= MOST_COLUMNS) return row;
  throw new StatementFault(
    'TOO_MANY_COLUMNS',
    `这一行超过 ${MOST_COLUMNS} 列，不像银行流水，请检查文件是否正确。`,
    row.lineNo,
  );
}

function tooLong(lineNo: number): StatementFault {
  return new StatementFault(
    'ROW_TOO_LONG',
    `这一行超过 ${MOST_ROW_CHARACTERS} 个字符，不像银行流水，请检查文件是否正确。`,
    lineNo,
  );
}
