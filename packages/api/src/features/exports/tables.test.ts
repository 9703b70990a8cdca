import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import exceljs from 'exceljs';
import fc from 'fast-check';
import yauzl from 'yauzl';
import { formatYuan } from '../../kernel/fen.js';
import { downloadHeaders, type Row, tableCsv, tableXlsx, type Workbook } from './index.js';

async function bytesOf(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const CREATED = new Date('2026-11-03T02:00:00Z');
const workbook = (rows: readonly Row[], more: Partial<Workbook['sheets'][number]> = {}): Workbook => ({
  title: '汇款单 & 明细',
  createdAt: CREATED,
  sheets: [{ name: '汇款单', columns: [{ title: '事由', widthChars: 30 }, { title: '金额（元）' }], rows, ...more }],
});

async function sheetOf(book: Workbook): Promise<exceljs.Worksheet> {
  const read = new exceljs.Workbook();
  await read.xlsx.load((await bytesOf(tableXlsx(book))) as unknown as exceljs.Buffer);
  const [sheet] = read.worksheets;
  if (!sheet) throw new Error('no sheet');
  return sheet;
}

/** The parts of a packed workbook by name. */
async function partsOf(bytes: Buffer): Promise<Map<string, string>> {
  const zip = await yauzl.fromBufferPromise(bytes);
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    parts.set(entry.fileName, (await bytesOf(await zip.openReadStreamPromise(entry))).toString('utf8'));
  }
  return parts;
}

/** Whatever a person could type, and what a spreadsheet is fooled with. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .tuple(
      fc.constantFrom('', ' ', '\t', '\r', '\n', '\u00a0', '\u3000', '\u0000'),
      fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'),
      fc.constantFrom("cmd|' /C calc'!A0", 'HYPERLINK("http://x")', '1+1', ''),
    )
    .map((parts) => parts.join('')),
);
const DANGEROUS = /^[\s\u0000-\u001f]*[=+\-@＝＋－＠]|^[\t\r\n]/;

describe('a table as CSV', () => {
  it('opens in a spreadsheet: byte order mark, CRLF, quotes, yuan with two decimals', async () => {
    const rows: Row[] = [
      ['事由', '金额', '笔数'],
      ['他说“好”, "行"', { amountFen: -5 }, 3],
      [null, { amountFen: 12_345_678_905 }, -1],
    ];
    expect((await bytesOf(tableCsv(rows))).toString('utf8')).toBe(
      '\ufeff事由,金额,笔数\r\n"他说“好”, ""行""",-0.05,3\r\n,123456789.05,-1\r\n',
    );
  });

  it('never holds a text that a spreadsheet would run, and keeps every text readable', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(hostile, { minLength: 1, maxLength: 4 }), { minLength: 1 }), async (rows) => {
        const read: string[][] = parse(await bytesOf(tableCsv(rows)), {
          ...{ bom: true, relax_column_count: true, skip_empty_lines: false, record_delimiter: '\r\n' },
        });
        expect(read.length).toBe(rows.length);
        for (const [index, row] of read.entries()) {
          for (const [column, text] of row.entries()) {
            expect(DANGEROUS.test(text)).toBe(false);
            const given = Buffer.from(rows[index]?.[column] ?? '').toString('utf8');
            expect([given, `'${given}`]).toContain(text);
          }
        }
      }),
    );
  });

  it('of many rows goes out in pieces while they come', async () => {
    let made = 0;
    const rows = async function* (): AsyncGenerator<Row> {
      for (; made < 20_000; made += 1) yield await Promise.resolve([`第 ${made} 行`, made]);
    };
    const stream = tableCsv(rows());
    const first = await stream[Symbol.asyncIterator]().next();
    expect(first.done).toBe(false);
    expect(made).toBeLessThan(15_000);
    stream.destroy();
  });
});

describe('a table as XLSX', () => {
  it('holds texts as texts, money as numbers, a header that stays and is printed on each page', async () => {
    const rows: Row[] = [
      ['=HYPERLINK("http://x")', { amountFen: 13_605 }],
      ['－1', { amountFen: -5 }],
    ];
    const sheet = await sheetOf(workbook(rows, { totals: ['合计', { amountFen: 13_600 }] }));
    expect(sheet.getCell('A2').value).toBe('=HYPERLINK("http://x")');
    expect(sheet.getCell('A2').numFmt).toBe('@');
    expect([sheet.getCell('B2').value, sheet.getCell('B3').value, sheet.getCell('B4').value]).toEqual([
      136.05, -0.05, 136,
    ]);
    expect(sheet.getCell('B2').numFmt).toBe('#,##0.00');
    expect(sheet.getCell('A4').font.bold).toBe(true);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.getColumn(1).width).toBe(30);
    expect(sheet.pageSetup).toMatchObject({ paperSize: 9, fitToWidth: 1, printTitlesRow: '1:1' });
    expect(sheet.headerFooter.oddFooter).toContain('第 &P 页');
  });

  it('has no formula in it, whatever the texts are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 6 }), async (texts) => {
        const rows = texts.map((text): Row => [text, null]);
        const bytes = await bytesOf(tableXlsx(workbook(rows)));
        const parts = await partsOf(bytes);
        expect(parts.get('xl/worksheets/sheet1.xml')).not.toMatch(/<f[ >]/);
        const read = new exceljs.Workbook();
        await read.xlsx.load(bytes as unknown as exceljs.Buffer);
        texts.forEach((text, index) => {
          const cell = read.worksheets[0]?.getCell(index + 2, 1);
          expect([exceljs.ValueType.String, exceljs.ValueType.Null]).toContain(cell?.type);
          expect(cell?.formula).toBeUndefined();
          if (text.trim() !== '') expect(cell?.type === exceljs.ValueType.Null || cell?.numFmt === '@').toBe(true);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('says every fen as it is, small and huge', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 20 }), async (amounts) => {
        const sheet = await sheetOf(workbook(amounts.map((amountFen): Row => ['', { amountFen }])));
        amounts.forEach((amountFen, index) => {
          const { value } = sheet.getCell(index + 2, 2);
          const shown = typeof value === 'number' ? value.toFixed(2) : value;
          expect(shown).toBe(amountFen === 0 ? '0.00' : formatYuan(amountFen));
        });
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same bytes whenever it is made, and other bytes for other content', async () => {
    const book = (): Workbook => ({
      ...workbook([['甲', { amountFen: 1 }]]),
      sheets: ['甲', '乙'].map((name) => ({ name, columns: [{ title: name }], rows: [[name], [{ amountFen: 7 }]] })),
    });
    const first = await bytesOf(tableXlsx(book()));
    // The packer's own stamp counts in steps of two seconds.
    await sleep(2_100);
    expect((await bytesOf(tableXlsx(book()))).equals(first)).toBe(true);
    expect((await bytesOf(tableXlsx(workbook([['乙', { amountFen: 1 }]])))).equals(first)).toBe(false);
  });

  it('whose rows fail breaks off instead of ending early', async () => {
    const rows = async function* (): AsyncGenerator<Row> {
      yield ['甲', 1];
      await Promise.reject(new Error('the database went away'));
    };
    await expect(bytesOf(tableXlsx(workbook([], { rows: rows() })))).rejects.toThrow('went away');
    await expect(bytesOf(tableXlsx(workbook([['甲', 0.5]])))).rejects.toThrow('whole numbers');
  });
});

describe('a download', () => {
  it.each<[string, string]>([
    ['2026年10月 汇款单', "filename*=UTF-8''2026%E5%B9%B410%E6%9C%88%20%E6%B1%87%E6%AC%BE%E5%8D%95.xlsx"],
    ["a/b\\c:'(x)*\r\nset-cookie", "filename*=UTF-8''a%20b%20c%20%27%28x%29%20set-cookie.xlsx"],
    ['\u202e', "filename*=UTF-8''%E5%AF%BC%E5%87%BA.xlsx"],
  ])('named %j is saved under a plain name', (fileName, expected) => {
    const headers = downloadHeaders({ fileName, kind: 'xlsx' });
    expect(headers['content-disposition']).toBe(`attachment; filename="export.xlsx"; ${expected}`);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});
