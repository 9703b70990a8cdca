import { formatYuan } from '../../kernel/fen.js';

/** A text, a count, money, or nothing. Money is shown as yuan with two decimals, by its digits and not by division. */
export type Cell = string | number | { readonly amountFen: number } | null;
export type Row = readonly Cell[];
/** Rows as they come: a long table is never held whole. */
export type Rows = Iterable<Row> | AsyncIterable<Row>;

/**
 * What a spreadsheet takes for the beginning of a formula. The full-width forms are read as the plain ones by Chinese
 * and Japanese versions, and blanks or control characters before the sign are skipped.
 */
const FORMULA_START = /^[\s\u0000-\u001f]*[=+\-@＝＋－＠]/;
/** A tab or a line break at the beginning moves what follows into a cell of its own in some programs. */
const CONTROL_START = /^[\t\r\n]/;

/** A text that a spreadsheet might run becomes a text that it shows: a project may be named by anybody. */
export function inertText(text: string): string {
  return FORMULA_START.test(text) || CONTROL_START.test(text) ? `'${text}` : text;
}

/** Characters that no XML may hold, and halves of a character, become the sign for "unreadable". */
export function printableText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '\ufffd');
}

/** A whole number as it stands; a count that is none is a programming error. */
export function countText(count: number): string {
  if (!Number.isSafeInteger(count)) throw new RangeError(`a cell holds whole numbers, not ${count}`);
  return String(count);
}

/** `123456789` → `1,234,567.89`: for people to read; never in a cell that is summed. */
export function groupedYuan(amountFen: number): string {
  return formatYuan(amountFen).replace(/\B(?=(\d{3})+\.)/g, ',');
}
