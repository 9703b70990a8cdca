import { expect, it } from '@jest/globals';
import yazl from 'yazl';
import { type Good, type Mutation, type Pick, silentOf } from '../../../test/mutated-statements.js';
import { TRUE_LINES, yuan } from '../../../test/statement-layouts.js';
import { guessProfile } from './guess-profile.rules.js';

/** Workbooks a run; with the texts of `read-mutated.test.ts` ten thousand files. */
const FILES = Number(process.env['AIXIN_MUTATED_WORKBOOKS'] ?? 400);

const HEADER = ['交易日期', '收入金额', '支出金额', '账户余额', '对方户名', '对方账号', '摘要'];
const ROWS: readonly (readonly string[])[] = [
  HEADER,
  ...TRUE_LINES.map(({ day, amountFen, balanceFen, name, account, memo }) => {
    const ways = amountFen > 0 ? [yuan(amountFen), ''] : ['', yuan(-amountFen)];
    return [day, ...ways, yuan(balanceFen), name, account, memo];
  }),
];

/** A workbook, part by part, as it is altered. */
interface Book {
  readonly rows: readonly (readonly string[])[];
  /** Behind the rows of the sheet: merged ranges and the like. */
  readonly behind?: string;
  readonly hiddenRows?: readonly number[];
  readonly areTextsShared?: boolean;
  /** Cells without the place that they stand at, as some writers leave it out. */
  readonly isWithoutPlaces?: boolean;
  readonly order?: (names: readonly string[]) => readonly string[];
}

const letter = (column: number): string => String.fromCharCode(65 + column);
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const isMoney = (cell: string): boolean => /^\d+\.\d\d$/.test(cell);

function partsOf(book: Book): Record<string, string> {
  const shared: string[] = [];
  const cellOf = (cell: string, row: number, column: number): string => {
    if (cell === '') return '';
    const place = book.isWithoutPlaces ? '' : ` r="${letter(column)}${row}"`;
    if (isMoney(cell)) return `<c${place}><v>${cell}</v></c>`;
    if (!book.areTextsShared) return `<c${place} t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
    shared.push(`<si><t>${escaped(cell)}</t></si>`);
    return `<c${place} t="s"><v>${shared.length - 1}</v></c>`;
  };
  const rows = book.rows.map((cells, at) => {
    const hidden = book.hiddenRows?.includes(at) ? ' hidden="1"' : '';
    return `<row r="${at + 1}"${hidden}>${cells.map((cell, column) => cellOf(cell, at + 1, column)).join('')}</row>`;
  });
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${type}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${type}.sharedStrings+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}"><sheets><sheet name="明细" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${rows.join('')}</sheetData>${book.behind ?? ''}</worksheet>`,
    'xl/sharedStrings.xml': `<sst ${main}>${shared.join('')}</sst>`,
  };
}

async function bytesOf(book: Book): Promise<Buffer> {
  const parts = partsOf(book);
  const names = Object.keys(parts);
  const zip = new yazl.ZipFile();
  for (const name of book.order?.(names) ?? names) zip.addBuffer(Buffer.from(parts[name] ?? ''), name);
  zip.end();
  const pieces: Buffer[] = [];
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Texts beside their cells, or all together behind, as Excel writes them. */
const shared = (pick: Pick): { readonly areTextsShared: boolean } => ({ areTextsShared: pick(2) === 0 });

/** The workbook with its rows altered. */
const altered =
  (change: (rows: readonly (readonly string[])[], pick: Pick) => readonly (readonly string[])[]): Mutation =>
  (_bytes, pick) =>
    bytesOf({ ...shared(pick), rows: change(ROWS, pick) });
const at = (pick: Pick): number => pick(ROWS.length);
const inRow = (change: (cells: readonly string[], pick: Pick) => readonly string[]): Mutation =>
  altered((rows, pick) => {
    const place = at(pick);
    return rows.map((cells, index) => (index === place ? change(cells, pick) : cells));
  });

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'cut zip': (bytes, pick) => bytes.subarray(0, pick(bytes.length)),
  'a byte written over': (bytes, pick) => {
    const copy = Buffer.from(bytes);
    copy[pick(copy.length)] = pick(256);
    return copy;
  },
  'a row twice': altered((rows, pick) => {
    const place = at(pick);
    return [...rows.slice(0, place + 1), ...rows.slice(place)];
  }),
  'a row left out': altered((rows, pick) => rows.toSpliced(at(pick), 1)),
  'rows in another order': altered((rows, pick) => {
    const from = at(pick);
    return rows.toSpliced(from, 1).toSpliced(at(pick), 0, rows[from] ?? []);
  }),
  'cells moved to the right': inRow((cells, pick) => cells.toSpliced(pick(cells.length), 0, '')),
  'cells moved to the left': inRow((cells, pick) => cells.toSpliced(pick(cells.length), 1)),
  'two cells in one': inRow((cells, pick) => {
    const place = pick(cells.length - 1);
    return cells.toSpliced(place, 2, `${cells[place] ?? ''}${cells[place + 1] ?? ''}`);
  }),
  'merged cells': (_bytes, pick) => {
    const [row, column] = [at(pick), pick(HEADER.length - 1)];
    const last = Math.min(ROWS.length, row + 1 + pick(2));
    const range = `${letter(column)}${row + 1}:${letter(column + 1)}${last}`;
    const rows = ROWS.map((cells, index) =>
      index >= row && index < last
        ? cells.map((cell, each) => {
            const isIn = each === column || each === column + 1;
            return isIn && (index !== row || each !== column) ? '' : cell;
          })
        : cells,
    );
    return bytesOf({ ...shared(pick), rows, behind: `<mergeCells><mergeCell ref="${range}"/></mergeCells>` });
  },
  'a hidden row': (_bytes, pick) => bytesOf({ ...shared(pick), rows: ROWS, hiddenRows: [at(pick)] }),
  'cells without their places': (_bytes, pick) => bytesOf({ ...shared(pick), rows: ROWS, isWithoutPlaces: true }),
  'parts in another order': (_bytes, pick) =>
    bytesOf({ rows: ROWS, areTextsShared: true, order: (names) => [...names].reverse().toSpliced(pick(3), 0) }),
};

it(`of ${FILES} good workbooks that were altered none loses, doubles or changes money without a word`, async () => {
  const profile = guessProfile(ROWS, { format: 'xlsx', delimiter: ',' })!;
  const good: Good = { name: 'XLSX', bytes: await bytesOf({ rows: ROWS, areTextsShared: true }), profile };
  expect(await silentOf({ good: [good], mutations: MUTATIONS, files: FILES })).toEqual([]);
}, 120_000);
