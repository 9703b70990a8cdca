import type { Places } from './find-columns.js';
import type { RawRow } from './formats/raw-rows.js';
import { StatementFault } from './formats/statement-fault.js';

/** `1,234.00` without quotes becomes two cells: up to three digits, then three more. */
const FRONT_OF_NUMBER = /^\s*[-+(¥￥]?\d{1,3}$/;
const BACK_OF_NUMBER = /^\d{3}(?:\.\d{1,2})?\)?\s*$/;

/** Holds the width of each line against the header's: a cell too many shifts all behind it, one too few was cut off. */
export class RowWidths {
  #lineBefore: readonly string[] | null = null;
  #headlessCells = 0;
  #unendedLineNo: number | null = null;

  notes(): string[] {
    if (this.#unendedLineNo === null) return [];
    return [`文件没有以换行结束，第 ${this.#unendedLineNo} 行的金额可能被截断，请与银行页面核对。`];
  }

  check(row: RawRow, at: Places): void {
    const { cells, lineNo } = row;
    const width = at.namedCells ?? (this.#headlessCells ||= cells.length);
    if (cells.length < at.leastCells) throw tooShort(lineNo);
    if (cells.length > width && cells.findLastIndex((cell) => cell.trim() !== '') >= width) throw tooWide(lineNo);
    if (row.sheet === undefined) this.#checkText(row, { at, width });
    this.#lineBefore = cells;
  }

  /** A bank that leaves empty cells at the end of a row out never ends a row with one; a sheet leaves them out always. */
  #checkText(row: RawRow, { at, width }: { at: Places; width: number }): void {
    const { cells, lineNo } = row;
    if (cells.length < width && (row.isUnended || cells.at(-1)?.trim() === '')) throw tooShort(lineNo);
    const isOdd = cells.length > Math.max(width, at.headerCells) || (cells.length < width && at.balance < 0);
    if (isOdd && at.amount.places.some((place) => isSplit(cells, place))) throw tooWide(lineNo);
    if (row.isUnended) this.#checkEnd(row, at);
  }

  /** The last line, cut off within its last cell: where that is money, fewer decimals than before tell it. */
  #checkEnd({ cells, lineNo }: RawRow, at: Places): void {
    const last = cells.length - 1;
    if (![...at.amount.places, at.balance].includes(last)) return;
    const decimals = decimalsOf(cells[last]);
    if (this.#lineBefore && decimals < decimalsOf(this.#lineBefore[last])) {
      throw new StatementFault('TRUNCATED', '最后一行的金额没有写完，文件可能被截断，请重新下载完整的文件。', lineNo);
    }
    if (decimals < 2) this.#unendedLineNo = lineNo;
  }
}

function isSplit(cells: readonly string[], place: number): boolean {
  return FRONT_OF_NUMBER.test(cells[place] ?? '') && BACK_OF_NUMBER.test(cells[place + 1] ?? '');
}

function decimalsOf(cell: string | undefined): number {
  return /\.(\d*)/.exec(cell ?? '')?.[1]?.length ?? 0;
}

function tooShort(lineNo: number): StatementFault {
  return new StatementFault('ROW_TOO_SHORT', '这一行的列数不够，文件可能被截断，请重新下载完整的文件。', lineNo);
}

function tooWide(lineNo: number): StatementFault {
  const text =
    '这一行的格子比表头多，可能有没加引号的逗号（如 1,234.00），后面的列都会错位，请改用 XLSX 导出，或请银行修正后重新下载。';
  return new StatementFault('ROW_TOO_WIDE', text, lineNo);
}
