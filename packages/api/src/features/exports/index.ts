/**
 * Owns how tables and pages leave the zone: CSV and XLSX that a spreadsheet opens without running anything, PDF in the
 * house's layout. The same content gives the same bytes, so that a closed month reprints byte for byte.
 * Never reads the database, never decides who may read what: it is given rows and gives bytes.
 */
export { type Cell, type Row, type Rows } from './cells.rules.js';
export { type Download, downloadHeaders } from './download.rules.js';
export { hasGlyph, printedText } from './page-font.js';
export { type PagesDocument, type PagesSection, type PagesTable, pagesPdf } from './pages-pdf.js';
export { tableCsv } from './table-csv.js';
export { type Sheet, type SheetColumn, tableXlsx, type Workbook } from './table-xlsx.js';
