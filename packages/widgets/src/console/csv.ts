import { saveBlob } from '../kit/files.js';

/** A cell: a text is made inert, a number stands as it is, money is written as yuan that a spreadsheet can sum. */
export type CsvCell = string | number | { amountFen: number } | null | undefined;

/**
 * What a spreadsheet takes for the beginning of a formula. The full-width forms are read as the plain ones by Chinese
 * and Japanese versions, and a tab or a line break before the sign is skipped.
 */
const FORMULA_START = /^[\s\u0000-\u001f]*[=+\-@＝＋－＠]/;

/** A tab or a line break at the beginning moves what follows into a cell of its own in some programs. */
const CONTROL_START = /^[\t\r\n]/;

/** A text that a spreadsheet might run becomes a text that it shows: a product may be named by anybody. */
export function inertText(text: string): string {
  return FORMULA_START.test(text) || CONTROL_START.test(text) ? `'${text}` : text;
}

/**
 * Rows as CSV (RFC 4180), with a byte order mark so that Chinese opens rightly in a spreadsheet. Numbers are ours and
 * cannot be formulas, so a negative one stays a number that can be summed.
 */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
}

function cellText(cell: CsvCell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return plainYuan(cell.amountFen);
  const text = typeof cell === 'number' ? String(cell) : inertText(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** 13605 → `136.05`, by its digits: no division, so no fraction that is not there. */
function plainYuan(amountFen: number): string {
  const digits = String(Math.abs(amountFen)).padStart(3, '0');
  return `${amountFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Hands the table to the browser as a file to save. */
export function saveCsv(fileName: string, rows: readonly (readonly CsvCell[])[]): void {
  saveBlob(new Blob([toCsv(rows)], { type: 'text/csv;charset=utf-8' }), fileName);
}
