import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { type Cell, countText, groupedYuan, type Row } from './cells.rules.js';
import { PAGE_FONT, printedText } from './page-font.js';

export interface PagesTable {
  readonly columns: readonly {
    readonly title: string;
    /** Points, a share of what is left (`*`, the usual), or as wide as the content. */
    readonly width?: number | '*' | 'auto';
  }[];
  readonly rows: readonly Row[];
  readonly totals?: Row;
}

export interface PagesSection {
  readonly heading?: string;
  readonly paragraphs?: readonly string[];
  /** Pairs of a name and what it is, e.g. `['基金', '共产党员一元捐']`. */
  readonly facts?: readonly (readonly [string, Cell])[];
  readonly table?: PagesTable;
}

export interface PagesDocument {
  readonly title: string;
  readonly subtitle?: string;
  /** Of the content, not of the printing: the same content gives the same bytes whenever it is asked for. */
  readonly createdAt: Date;
  /** The hash of what the pages were made from; on the foot of each page. */
  readonly hash?: string;
  readonly landscape?: boolean;
  readonly sections: readonly PagesSection[];
}

/** Of a page's height between its margins: below it there is no room for a heading, a table's header and its first row. */
const LOWEST_HEADING = 0.9;

/** Pages are laid out in memory; longer lists belong into a workbook. */
const MOST_ROWS = 10_000;

const INK = '#2a2620';
const QUIET = '#6f675a';
const RULE = '#d9d2c3';
const RED = '#b3261e';
const SHADE = '#f4f1e8';

/**
 * Pages in the house's layout: title, sections with facts and tables whose header is repeated on each page, on the foot
 * "page n of m" and the hash of the content. The same content gives the same bytes.
 */
export async function pagesPdf(document: PagesDocument): Promise<Buffer> {
  const rows = document.sections.reduce((sum, section) => sum + (section.table?.rows.length ?? 0), 0);
  if (rows > MOST_ROWS) throw new RangeError(`pages hold ${MOST_ROWS} rows at most, not ${rows}`);
  // The library is heavy: a zone that prints nothing starts without it.
  const { printPages } = await import('./print-pages.js');
  return await printPages(definitionOf(document));
}

function definitionOf(document: PagesDocument): TDocumentDefinitions {
  const { title, createdAt, landscape, sections } = document;
  return {
    pageSize: 'A4',
    pageOrientation: landscape ? 'landscape' : 'portrait',
    pageMargins: [48, 52, 48, 56],
    // The file's own id is made of these, so it is as fixed as they are.
    info: { title: printedText(title), creationDate: createdAt, modDate: createdAt },
    language: 'zh-CN',
    defaultStyle: { font: PAGE_FONT, fontSize: 9, color: INK, lineHeight: 1.25 },
    content: [...headOf(document), ...sections.flatMap(sectionOf)],
    footer: (page, pages) => footOf(document, page, pages),
    // A heading with no room for the first lines below it goes over to the next page with them.
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel === 1 && startPosition.verticalRatio > LOWEST_HEADING,
  };
}

function headOf({ title, subtitle, createdAt }: PagesDocument): Content[] {
  const day = shanghaiDay(createdAt.getTime());
  const line = subtitle === undefined ? day : `${subtitle} · ${day}`;
  return [
    { text: printedText(title), fontSize: 18, bold: true },
    { text: printedText(line), color: QUIET, margin: [0, 2, 0, 6] },
    { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 48, y2: 0, lineWidth: 2, lineColor: RED }], margin: [0, 0, 0, 10] },
  ];
}

function footOf({ hash }: PagesDocument, page: number, pages: number): Content {
  return {
    margin: [48, 14, 48, 0],
    fontSize: 7,
    color: QUIET,
    columns: [
      { width: '*', text: hash === undefined ? '' : `内容校验值 ${hash}` },
      { width: 'auto', text: `第 ${page} 页，共 ${pages} 页` },
    ],
  };
}

function sectionOf({ heading, paragraphs, facts, table }: PagesSection): Content[] {
  const content: Content[] = [];
  if (heading !== undefined) {
    content.push({ text: printedText(heading), fontSize: 12, bold: true, margin: [0, 10, 0, 4], headlineLevel: 1 });
  }
  for (const text of paragraphs ?? []) content.push({ text: printedText(text), margin: [0, 0, 0, 4] });
  if (facts && facts.length > 0) content.push(factsOf(facts));
  if (table) content.push(tableOf(table));
  return content;
}

function factsOf(facts: readonly (readonly [string, Cell])[]): Content {
  return {
    table: {
      widths: ['auto', '*'],
      body: facts.map(([name, value]) => [
        { text: printedText(name), color: QUIET, noWrap: true },
        { text: cellText(value), ...breaking(value) },
      ]),
    },
    layout: {
      ...NO_LINES,
      paddingLeft: (index) => (index === 0 ? 0 : 12),
      paddingTop: () => 1,
      paddingBottom: () => 1,
    },
    margin: [0, 0, 0, 8],
  };
}

const NO_LINES = { hLineWidth: () => 0, vLineWidth: () => 0 };

function tableOf({ columns, rows, totals }: PagesTable): Content {
  const isMoney = columns.map((_column, index) => rows.some((row) => isNumeric(row[index] ?? null)));
  const align = (index: number) => (isMoney[index] ? ('right' as const) : ('left' as const));
  const header = columns.map(({ title }, index): TableCell => {
    return { text: printedText(title), bold: true, fillColor: SHADE, alignment: align(index) };
  });
  const lineOf = (row: Row, isTotal: boolean): TableCell[] =>
    columns.map((_column, index) => ({
      text: cellText(row[index] ?? null),
      bold: isTotal,
      alignment: align(index),
      ...breaking(row[index]),
    }));
  const body = [header, ...rows.map((row) => lineOf(row, false)), ...(totals ? [lineOf(totals, true)] : [])];
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: columns.map(({ width }) => width ?? '*'),
      body,
    },
    layout: {
      vLineWidth: () => 0,
      hLineWidth: (line) => (line === 0 ? 0 : 0.5),
      hLineColor: (line) => (totals && line === rows.length + 1 ? INK : RULE),
    },
    margin: [0, 0, 0, 8],
  };
}

/** A hash or a number has no blank to break at, and would run over the edge of the paper. */
function breaking(cell: Cell | undefined): { wordBreak?: 'break-all' } {
  return typeof cell === 'string' && /[^\s\p{Script=Han}]{16}/u.test(cell) ? { wordBreak: 'break-all' } : {};
}

function isNumeric(cell: Cell): boolean {
  return cell !== null && typeof cell !== 'string';
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return groupedYuan(cell.amountFen);
  return typeof cell === 'number' ? countText(cell) : printedText(cell);
}
