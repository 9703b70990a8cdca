import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import exceljs from 'exceljs';
import { checkZip } from './check-zip.js';
import { type Bytes, MOST_COLUMNS, MOST_LINES, MOST_ROW_CHARACTERS, type RawRow } from './raw-rows.js';
import { SharedTexts } from './shared-texts.js';
import { StatementFault } from './statement-fault.js';

/** A sheet holds 1,048,576 rows; a compressed one of that size stays below this. */
const MOST_FILE_BYTES = 160 * 1_024 * 1_024;
const ROWS_IN_PART = 1_000;

/**
 * The rows of the first sheet that has some. A sheet is a zip, and a zip can only be judged by its directory at the end: the
 * bytes go to a temporary file, the directory is checked, then the sheet is read as a stream.
 */
export async function* readXlsx(bytes: Bytes): AsyncGenerator<readonly RawRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aixin-statement-'));
  try {
    const file = join(folder, 'statement.xlsx');
    await pipeline(Readable.from(bounded(bytes)), createWriteStream(file, { mode: 0o600 }));
    await checkZip(file);
    const shared = new SharedTexts(join(folder, 'texts'));
    try {
      yield* rowsOf(file, shared);
    } finally {
      shared.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* bounded(bytes: Bytes): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > MOST_FILE_BYTES) throw new StatementFault('FILE_TOO_LARGE', 'XLSX 文件太大，请分段导出，或导出 CSV。');
    yield piece;
  }
  if (size === 0) throw new StatementFault('EMPTY_FILE', '文件是空的，请重新从银行下载。');
}

async function* rowsOf(file: string, shared: SharedTexts): AsyncGenerator<readonly RawRow[]> {
  let part: RawRow[] = [];
  let count = 0;
  try {
    for await (const sheet of sheetsOf(file, shared)) {
      for await (const row of sheet) {
        count += 1;
        if (count > MOST_LINES) throw new StatementFault('TOO_MANY_LINES', '行数太多，请分段导出。', row.number);
        const cells = cellsOf(row, shared);
        if (cells) part.push({ lineNo: row.number, cells });
        if (part.length >= ROWS_IN_PART) {
          yield part;
          part = [];
        }
      }
      if (count > 0) break;
    }
  } catch (error) {
    if (error instanceof StatementFault) throw error;
    throw new StatementFault('XLSX_BROKEN', 'XLSX 文件读不完整，可能被截断或损坏，请重新下载。', count + 1);
  }
  if (part.length > 0) yield part;
}

interface SharedText {
  readonly text: exceljs.CellValue;
}

interface Sheet {
  readonly value: AsyncIterable<exceljs.Row>;
}

/**
 * The sheets in turn, the texts that their cells share laid in `shared` before the first: exceljs puts the sheets aside
 * until it has passed the whole archive, and leaves numbers in the cells.
 */
async function* sheetsOf(file: string, shared: SharedTexts): AsyncGenerator<AsyncIterable<exceljs.Row>> {
  const workbook = new exceljs.stream.xlsx.WorkbookReader(file, {
    worksheets: 'emit',
    sharedStrings: 'emit',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  for await (const part of workbook.parse() as AsyncGenerator<SharedText | Sheet>) {
    if ('value' in part) yield part.value;
    else shared.add(sharedText(part));
  }
}

function sharedText({ text: value }: SharedText): string {
  const text = textOf(value);
  if (text.length > MOST_ROW_CHARACTERS) throw new StatementFault('ROW_TOO_LONG', TOO_LONG);
  return text;
}

const TOO_LONG = '有一格的文字太长，不像银行流水，请检查文件是否正确。';

function cellsOf(row: exceljs.Row, shared: SharedTexts): string[] | null {
  const values = row.values as exceljs.CellValue[];
  // exceljs counts columns from 1 and leaves place 0 empty.
  if (values.length - 1 > MOST_COLUMNS) {
    throw new StatementFault(
      'TOO_MANY_COLUMNS',
      `这一行超过 ${MOST_COLUMNS} 列，不像银行流水，请检查文件是否正确。`,
      row.number,
    );
  }
  const cells: string[] = [];
  let characters = 0;
  for (let at = 1; at < values.length; at += 1) {
    const value = values[at];
    const text = isShared(value) ? shared.at(value.sharedString) : textOf(value);
    characters += text.length;
    cells.push(text);
  }
  if (characters > MOST_ROW_CHARACTERS) {
    throw new StatementFault('ROW_TOO_LONG', '这一行的文字太长，不像银行流水，请检查文件是否正确。', row.number);
  }
  return characters === 0 ? null : cells;
}

function isShared(value: exceljs.CellValue): value is exceljs.CellValue & { readonly sharedString: number } {
  return typeof value === 'object' && value !== null && 'sharedString' in value;
}

/** A sheet keeps 15 digits of a number and shows no more: beyond them lies the noise of its binary form. */
const SHEET_DIGITS = 15;

function textOf(value: exceljs.CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  // exceljs gives a day without zone as midnight of UTC.
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? '' : value.toISOString().replace('T', ' ').slice(0, 19);
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  if ('text' in value) return textOf(value.text);
  if ('result' in value) return textOf(value.result);
  return '';
}

function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  const text = value.toPrecision(SHEET_DIGITS);
  return text.includes('e') ? String(value) : text.replace(/0+$/, '').replace(/\.$/, '');
}
