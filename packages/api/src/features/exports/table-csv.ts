import { Readable } from 'node:stream';
import { formatYuan } from '../../kernel/fen.js';
import { type Cell, countText, inertText, type Row, type Rows } from './cells.rules.js';

/** Rows that go out in one piece. */
const ROWS_AT_ONCE = 500;

/**
 * Rows as CSV (RFC 4180) in UTF-8 with a byte order mark, lines ended by CRLF; the header is the first row. A text that
 * could run as a formula is made inert. Numbers and money are ours and cannot be formulas, so a negative one stays a
 * number that can be summed: a library's `escape_formulas` would turn every refund into a text.
 */
export function tableCsv(rows: Rows): Readable {
  return Readable.from(pieces(rows), { objectMode: false });
}

async function* pieces(rows: Rows): AsyncGenerator<Buffer> {
  let text = '\ufeff';
  let count = 0;
  for await (const row of rows) {
    text += rowText(row);
    count += 1;
    if (count % ROWS_AT_ONCE > 0) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

function rowText(row: Row): string {
  return `${row.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return formatYuan(cell.amountFen);
  const text = typeof cell === 'number' ? countText(cell) : inertText(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
