import { PassThrough, type Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import type exceljs from 'exceljs';
import { formatYuan } from '../../kernel/fen.js';
import { type Cell, countText, printableText, type Row, type Rows } from './cells.rules.js';

export interface SheetColumn {
  readonly title: string;
  /** In characters of the sheet's font; a Chinese one counts two. */
  readonly widthChars?: number;
}

export interface Sheet {
  /** On the tab, at most 31 characters. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: Rows;
  /** Below the rows, in bold. */
  readonly totals?: Row;
  readonly landscape?: boolean;
}

export interface Workbook {
  /** On top of every printed page. */
  readonly title: string;
  /** Of the content, not of the printing: the same content gives the same bytes whenever it is asked for. */
  readonly createdAt: Date;
  readonly sheets: readonly Sheet[];
}

/** The format's own bounds: beyond them a spreadsheet offers to repair the file. */
const MOST_ROWS = 1_048_575;
const LONGEST_TEXT = 32_767;
/** A spreadsheet keeps fifteen digits of a number; money beyond that goes in as text rather than changed. */
const MOST_DIGITS = 15;
/** After so many rows the others of this process get a turn, and the packer takes what is written. */
const ROWS_AT_ONCE = 500;
const USUAL_WIDTH_CHARS = 14;

/** Typed loosely: the library names the sizes in an enum that is there for its compiler alone. */
const A4: object = { paperSize: 9 };
const YUAN_FORMAT = '#,##0.00';
/** "Text": what is typed over it stays a text too. */
const TEXT_FORMAT = '@';
const HEADER_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF4F1E8' } } as const;
const THIN_RULE = { style: 'thin', color: { argb: 'FFBFB8A5' } } as const;

/**
 * A workbook, as a stream: a header that stays in sight and is printed on each page, texts as texts (never formulas),
 * money as numbers with two decimals that can be summed. The same content gives the same bytes.
 */
export function tableXlsx(workbook: Workbook): Readable {
  const out = new PassThrough();
  writeWorkbook(workbook, out).catch((error: unknown) => out.destroy(error as Error));
  return out;
}

async function writeWorkbook({ title, createdAt, sheets }: Workbook, out: PassThrough): Promise<void> {
  // The library is heavy: a zone that packs no workbook starts without it.
  const { DatedWriter } = await import('./dated-writer.js');
  const dates = { created: createdAt, modified: createdAt };
  const writer = new DatedWriter({ stream: out, useStyles: true, useSharedStrings: false, ...dates });
  Object.assign(writer, { creator: '', lastModifiedBy: '' });
  for (const sheet of sheets) await writeSheet(writer, sheet, title);
  await writer.commit();
}

async function writeSheet(writer: exceljs.stream.xlsx.WorkbookWriter, sheet: Sheet, title: string): Promise<void> {
  const page = writer.addWorksheet(sheet.name.replace(/[\\/*?:[\]]/g, ' ').slice(0, 31), {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: {
      ...A4,
      ...{ orientation: sheet.landscape ? 'landscape' : 'portrait', printTitlesRow: '1:1' },
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    },
    headerFooter: {
      oddHeader: `&C&"-,Bold"${printableText(title).replaceAll('&', '&&')}`,
      oddFooter: '&L&A&R第 &P 页，共 &N 页',
    },
  });
  page.columns = sheet.columns.map(({ widthChars }) => ({ width: widthChars ?? USUAL_WIDTH_CHARS }));
  const header = page.addRow(sheet.columns.map((column) => textValue(column.title)));
  header.eachCell((cell) => {
    cell.font = { bold: true };
    cell.fill = HEADER_FILL;
    cell.border = { bottom: THIN_RULE };
    cell.alignment = { vertical: 'middle', wrapText: true };
  });
  header.commit();
  let count = 0;
  for await (const row of sheet.rows) {
    count += 1;
    if (count > MOST_ROWS) throw new RangeError(`a sheet holds ${MOST_ROWS} rows at most`);
    writeRow(page, row, false);
    if (count % ROWS_AT_ONCE === 0) await breathe();
  }
  if (sheet.totals) writeRow(page, sheet.totals, true);
  page.commit();
}

function writeRow(page: exceljs.Worksheet, cells: Row, isTotal: boolean): void {
  const row = page.addRow([]);
  cells.forEach((content, index) => {
    if (content === null) return;
    const cell = row.getCell(index + 1);
    const { value, format } = valueOf(content);
    cell.value = value;
    cell.numFmt = format;
    if (typeof content === 'object') cell.alignment = { horizontal: 'right' };
    if (isTotal) Object.assign(cell, { font: { bold: true }, border: { top: THIN_RULE } });
  });
  row.commit();
}

function valueOf(content: Exclude<Cell, null>): { value: string | number; format: string } {
  if (typeof content === 'string') return { value: textValue(content), format: TEXT_FORMAT };
  if (typeof content === 'number') return { value: Number(countText(content)), format: '0' };
  const yuan = formatYuan(content.amountFen);
  // Built from its text: up to fifteen digits, number and text are one and the same.
  if (yuan.replace(/\D/g, '').length <= MOST_DIGITS) return { value: Number(yuan), format: YUAN_FORMAT };
  return { value: yuan, format: TEXT_FORMAT };
}

function textValue(text: string): string {
  return printableText(text).slice(0, LONGEST_TEXT);
}
