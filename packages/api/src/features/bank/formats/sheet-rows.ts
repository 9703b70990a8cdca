import { MOST_COLUMNS, MOST_ROW_CHARACTERS, type RawRow } from './raw-rows.js';
import type { SharedTexts } from './shared-texts.js';
import { StatementFault } from './statement-fault.js';
import { type SheetPart, type Workbook, type XmlHandler, broken } from './workbook-parts.js';

const WIDE = `这一行超过 ${MOST_COLUMNS} 列，不像银行流水，请检查文件是否正确。`;
const LONG = '这一行的文字太长，不像银行流水，请检查文件是否正确。';

/** Reads one sheet's elements into rows of texts. */
export class SheetRows implements XmlHandler {
  readonly #sheet: SheetPart;
  readonly #book: Workbook;
  readonly #shared: SharedTexts;
  #rows: RawRow[] = [];
  #lineNo = 0;
  #cells: string[] = [];
  #characters = 0;
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';
  #isInText = false;
  /** Inside of a reading aid, which stands beside a text and is none. */
  #aids = 0;

  constructor(sheet: SheetPart, book: Workbook, shared: SharedTexts) {
    this.#sheet = sheet;
    this.#book = book;
    this.#shared = shared;
  }

  /** The rows that have ended since it was asked last. */
  taken(): RawRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  readonly open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    if (name === 'row') this.#beginRow(attributes['r']);
    else if (name === 'c') this.#beginCell(attributes);
    else if (name === 'v' || name === 't') this.#isInText = this.#aids === 0;
    else if (name === 'rPh') this.#aids += 1;
  };

  readonly text = (text: string): void => {
    if (!this.#isInText) return;
    this.#value += text;
    if (this.#value.length > MOST_ROW_CHARACTERS) throw new StatementFault('ROW_TOO_LONG', LONG, this.#lineNo);
  };

  readonly close = (name: string): void => {
    if (name === 'v' || name === 't') this.#isInText = false;
    else if (name === 'rPh') this.#aids -= 1;
    else if (name === 'c') this.#endCell();
    else if (name === 'row') this.#endRow();
  };

  /** A row may leave its number out: then it follows the one before. */
  #beginRow(place: string | undefined): void {
    const lineNo = place === undefined ? this.#lineNo + 1 : Number(place);
    if (!Number.isSafeInteger(lineNo) || lineNo <= this.#lineNo) throw broken(this.#lineNo + 1);
    this.#lineNo = lineNo;
    this.#cells = [];
    this.#characters = 0;
    this.#column = -1;
  }

  #beginCell({ r: place, t: type = 'n', s: style = '0' }: Readonly<Record<string, string>>): void {
    const column = place === undefined ? this.#column + 1 : columnOf(place);
    if (column <= this.#column) throw broken(this.#lineNo);
    this.#column = column;
    this.#type = type;
    this.#style = Number(style);
    this.#value = '';
  }

  #endCell(): void {
    if (this.#value === '') return;
    if (this.#column >= MOST_COLUMNS) throw new StatementFault('TOO_MANY_COLUMNS', WIDE, this.#lineNo);
    const text = this.#textOf(this.#value);
    while (this.#cells.length < this.#column) this.#cells.push('');
    this.#cells.push(text);
    this.#characters += text.length;
    if (this.#characters > MOST_ROW_CHARACTERS) throw new StatementFault('ROW_TOO_LONG', LONG, this.#lineNo);
  }

  #endRow(): void {
    if (this.#characters === 0) return;
    this.#rows.push({ lineNo: this.#lineNo, cells: this.#cells, sheet: this.#sheet.name });
  }

  #textOf(value: string): string {
    if (this.#type === 's') {
      const text = this.#shared.at(Number(value));
      if (text === null) throw broken(this.#lineNo);
      return text;
    }
    if (this.#type === 'inlineStr' || this.#type === 'str') return unescaped(value);
    if (this.#type === 'd') return value.replace('T', ' ').replace(/Z$|\.\d+Z?$/, '');
    if (this.#type !== 'n') return value;
    return this.#book.dayStyles[this.#style] ? dayText(value, this.#book.is1904) : numberText(value);
  }
}

/** `AB12` → 27, from 0. */
function columnOf(place: string): number {
  let column = 0;
  for (let at = 0; at < place.length; at += 1) {
    const code = place.charCodeAt(at);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > 100_000) break;
  }
  return column - 1;
}

/** Excel writes characters that XML cannot hold as `_x000D_`. */
export function unescaped(text: string): string {
  return text.includes('_x00')
    ? text.replace(/_x00(09|0[ADad])_/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text;
}

/** A sheet keeps 15 digits of a number and shows no more: beyond them lies the noise of its binary form. */
const SHEET_DIGITS = 15;

function numberText(written: string): string {
  if (/^-?\d+$/.test(written)) return written;
  const value = Number(written);
  if (written.trim() === '' || !Number.isFinite(value)) return written;
  if (Number.isSafeInteger(value)) return String(value);
  const text = value.toPrecision(SHEET_DIGITS);
  return text.includes('e') ? String(value) : text.replace(/0+$/, '').replace(/\.$/, '');
}

const DAY_MS = 86_400_000;
/** Day 0 of a sheet that counts from 1900, which it takes for a leap year. */
const FIRST_1900_MS = Date.UTC(1899, 11, 30);
const FIRST_1904_MS = Date.UTC(1904, 0, 1);
/** 9999-12-31. */
const LAST_DAY = 2_958_466;

/** A day without zone: `2026-11-03 09:30:00`. What is no day of a sheet stays as it is written. */
function dayText(written: string, is1904: boolean): string {
  const days = Number(written);
  if (!(days >= 1 && days < LAST_DAY)) return written;
  const time = new Date((is1904 ? FIRST_1904_MS : FIRST_1900_MS) + Math.round(days * DAY_MS));
  return time.toISOString().replace('T', ' ').slice(0, 19);
}
