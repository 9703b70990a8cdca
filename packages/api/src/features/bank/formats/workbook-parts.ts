import { posix } from 'node:path';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type Entry, type ZipFile, open } from 'yauzl';
import { StatementFault } from './statement-fault.js';

/** A workbook's elements lie some ten deep; each open one is held. */
const MOST_DEPTH = 64;

/** The archive by its own directory: whatever it names can be read, in any order. */
export class WorkbookParts {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  static async open(file: string): Promise<WorkbookParts> {
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      open(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, opened) => {
        if (error) reject(error);
        else resolve(opened);
      });
    });
    const entries = await new Promise<Map<string, Entry>>((resolve, reject) => {
      const found = new Map<string, Entry>();
      zip.on('entry', (entry: Entry) => {
        if (found.has(entry.fileName)) reject(broken());
        found.set(entry.fileName, entry);
        zip.readEntry();
      });
      zip.on('end', () => resolve(found));
      zip.on('error', reject);
      zip.readEntry();
    });
    return new WorkbookParts(zip, entries);
  }

  names(): string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** A part's elements and texts, after each piece of it a turn for the caller. Throws where it is no whole XML. */
  async *read(name: string, handler: XmlHandler): AsyncGenerator<undefined> {
    const entry = this.#entries.get(name);
    if (!entry) throw broken();
    const parser = parserOf(handler);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const piece of await this.#zip.openReadStreamPromise(entry)) {
      parser.write(decoder.decode(piece as Buffer, { stream: true }));
      yield;
    }
    parser.write(decoder.decode());
    parser.close();
  }

  close(): void {
    this.#zip.close();
  }
}

export interface XmlHandler {
  /** Names come without their prefix. */
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
}

function parserOf(handler: XmlHandler): SaxesParser {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  const refuse = (): never => {
    throw broken();
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('opentag', (tag: SaxesTagPlain) => {
    depth += 1;
    if (depth > MOST_DEPTH) refuse();
    handler.open(localName(tag.name), tag.attributes);
  });
  parser.on('text', handler.text);
  parser.on('cdata', handler.text);
  parser.on('closetag', (tag) => {
    depth -= 1;
    handler.close(localName(tag.name));
  });
  return parser;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export interface SheetPart {
  readonly name: string;
  readonly path: string;
  readonly isHidden: boolean;
}

export interface Workbook {
  readonly sheets: readonly SheetPart[];
  /** Days are counted from 1904 instead of 1900. */
  readonly is1904: boolean;
  /** By the number of a cell's style: whether its number is shown as a day. */
  readonly dayStyles: readonly boolean[];
  readonly sharedTextsPath: string | null;
}

const BOOK = 'xl/workbook.xml';

/** Which sheets there are, in the book's order, and how numbers are shown. Throws where a part that is named is missing. */
export async function readWorkbook(parts: WorkbookParts): Promise<Workbook> {
  const targets = new Map<string, { type: string; path: string }>();
  await all(parts, 'xl/_rels/workbook.xml.rels', (name, { Id, Type = '', Target = '' }) => {
    if (name !== 'Relationship' || Id === undefined) return;
    const path = Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target);
    targets.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), path });
  });
  const sheets: SheetPart[] = [];
  let is1904 = false;
  await all(parts, BOOK, (name, attributes) => {
    if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
    if (name !== 'sheet') return;
    const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
    const target = targets.get(id);
    if (!target || !parts.has(target.path)) throw broken();
    if (target.type !== 'worksheet') return;
    const isHidden = /^(?:hidden|veryHidden)$/.test(attributes['state'] ?? '');
    sheets.push({ name: attributes['name'] ?? '', path: target.path, isHidden });
  });
  const unnamed = parts
    .names()
    .filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    .find((name) => !sheets.some(({ path }) => path === name));
  // What the archive holds and the book does not list would be lost without a word.
  if (sheets.length === 0 || unnamed !== undefined) throw broken();
  const pathOf = (type: string): string | null =>
    [...targets.values()].find((one) => one.type === type && parts.has(one.path))?.path ?? null;
  const styles = pathOf('styles');
  return {
    sheets,
    is1904,
    dayStyles: styles === null ? [] : await readDayStyles(parts, styles),
    sharedTextsPath: pathOf('sharedStrings'),
  };
}

async function readDayStyles(parts: WorkbookParts, path: string): Promise<boolean[]> {
  const own = new Map<number, string>();
  const styles: boolean[] = [];
  let isOfCells = false;
  await all(
    parts,
    path,
    (name, { numFmtId = '0', formatCode = '' }) => {
      if (name === 'numFmt') own.set(Number(numFmtId), formatCode);
      if (name === 'cellXfs') isOfCells = true;
      if (name === 'xf' && isOfCells) styles.push(isDayFormat(Number(numFmtId), own.get(Number(numFmtId))));
    },
    (name) => {
      if (name === 'cellXfs') isOfCells = false;
    },
  );
  return styles;
}

/** Formats that every sheet program knows by number: 27 to 36 and 50 to 58 are the days of Chinese and Japanese Excel. */
function isDayFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  }
  const shown = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '');
  return /[ymdhs]/i.test(shown) && !/general/i.test(shown);
}

async function all(
  parts: WorkbookParts,
  path: string,
  open: XmlHandler['open'],
  close: XmlHandler['close'] = () => undefined,
): Promise<void> {
  for await (const _piece of parts.read(path, { open, text: () => undefined, close }));
}

export function broken(lineNo: number | null = null): StatementFault {
  return new StatementFault(
    'XLSX_BROKEN',
    'XLSX 文件读不完整，可能被截断或损坏。请重新下载，或用表格软件打开后另存为标准的 .xlsx 再导入。',
    lineNo,
  );
}
