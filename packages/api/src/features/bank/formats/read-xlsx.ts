import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { checkZip } from './check-zip.js';
import { type Bytes, MOST_LINES, MOST_ROW_CHARACTERS, type RawRow } from './raw-rows.js';
import { SharedTexts } from './shared-texts.js';
import { SheetRows, unescaped } from './sheet-rows.js';
import { StatementFault } from './statement-fault.js';
import { type Workbook, WorkbookParts, broken, readWorkbook } from './workbook-parts.js';

/** A sheet holds 1,048,576 rows; a compressed one of that size stays below this. */
const MOST_FILE_BYTES = 160 * 1_024 * 1_024;
const ROWS_IN_PART = 1_000;

/** Is told of each hidden sheet that holds rows, once the visible ones are read. */
export type TellHidden = (sheet: { readonly name: string; readonly rowCount: number }) => void;

/**
 * The rows of all visible sheets, in the book's order. A workbook is a zip, and a zip can only be judged by its directory at
 * the end: the bytes go to a temporary file, the directory is checked, then each part is read by its place in it.
 */
export async function* readXlsx(bytes: Bytes, tell: TellHidden = () => undefined): AsyncGenerator<readonly RawRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aixin-statement-'));
  try {
    const file = join(folder, 'statement.xlsx');
    await pipeline(Readable.from(bounded(bytes)), createWriteStream(file, { mode: 0o600 }));
    await checkZip(file);
    const shared = new SharedTexts(join(folder, 'texts'));
    try {
      yield* rowsOf(file, shared, tell);
    } catch (error) {
      throw error instanceof StatementFault ? error : broken();
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

async function* rowsOf(file: string, shared: SharedTexts, tell: TellHidden): AsyncGenerator<readonly RawRow[]> {
  const parts = await WorkbookParts.open(file);
  try {
    const book = await readWorkbook(parts);
    if (book.sharedTextsPath !== null) await readSharedTexts(parts, { path: book.sharedTextsPath, shared });
    let part: RawRow[] = [];
    let count = 0;
    for (const sheet of book.sheets.filter(({ isHidden }) => !isHidden)) {
      const rows = new SheetRows(sheet, book, shared);
      for await (const _piece of parts.read(sheet.path, rows)) {
        part.push(...rows.taken());
        if (part.length < ROWS_IN_PART) continue;
        count += part.length;
        if (count > MOST_LINES) throw new StatementFault('TOO_MANY_LINES', '行数太多，请分段导出。', count);
        yield part;
        part = [];
      }
      part.push(...rows.taken());
    }
    if (part.length > 0) yield part;
    else if (count === 0) refuseHidden(book);
    await tellHidden(parts, { book, shared, tell });
  } finally {
    parts.close();
  }
}

/** Nobody sees them, so they are not read as lines; that they hold something a person should know. */
async function tellHidden(
  parts: WorkbookParts,
  { book, shared, tell }: { book: Workbook; shared: SharedTexts; tell: TellHidden },
): Promise<void> {
  for (const sheet of book.sheets.filter(({ isHidden }) => isHidden)) {
    const rows = new SheetRows(sheet, book, shared);
    let rowCount = 0;
    for await (const _piece of parts.read(sheet.path, rows)) rowCount += rows.taken().length;
    rowCount += rows.taken().length;
    if (rowCount > 0) tell({ name: sheet.name, rowCount });
  }
}

function refuseHidden({ sheets }: Workbook): void {
  if (!sheets.some(({ isHidden }) => isHidden)) return;
  throw new StatementFault('SHEET_HIDDEN', '看得见的工作表都是空的，请把有流水的工作表取消隐藏后另存，再导入。');
}

async function readSharedTexts(
  parts: WorkbookParts,
  { path, shared }: { path: string; shared: SharedTexts },
): Promise<void> {
  let text = '';
  let isInText = false;
  let aids = 0;
  const handler = {
    open: (name: string): void => {
      if (name === 'si') text = '';
      else if (name === 't') isInText = aids === 0;
      else if (name === 'rPh') aids += 1;
    },
    text: (more: string): void => {
      if (!isInText) return;
      text += more;
      if (text.length <= MOST_ROW_CHARACTERS) return;
      throw new StatementFault('ROW_TOO_LONG', '有一格的文字太长，不像银行流水，请检查文件是否正确。');
    },
    close: (name: string): void => {
      if (name === 't') isInText = false;
      else if (name === 'rPh') aids -= 1;
      else if (name === 'si') shared.add(unescaped(text));
    },
  };
  for await (const _piece of parts.read(path, handler));
}
