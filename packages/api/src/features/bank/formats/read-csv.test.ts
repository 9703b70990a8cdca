import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { piecesOf } from '../../../../test/statement-fixture.js';
import { decodeText } from './decode-text.js';
import { type RawRow } from './raw-rows.js';
import { readCsv } from './read-csv.js';

async function rowsOf(
  text: string | Uint8Array,
  options: { size?: number; delimiter?: string } = {},
): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  const decoded = decodeText(piecesOf(text, options.size), 'utf-8');
  for await (const part of readCsv(decoded, options.delimiter ?? ',')) rows.push(...part);
  return rows;
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const needsQuotes = /[",\r\n]/;
const cell = fc.string({ unit: fc.constantFrom('a', '甲', ' ', '"', ',', '\n', '0', '😀'), maxLength: 6 });
const written = fc.tuple(cell, fc.boolean()).map(([text, always]) => ({
  text,
  source: always || needsQuotes.test(text) ? quoted(text) : text,
}));
const table = fc.array(fc.array(written, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });

describe('a table in text', () => {
  it('is read as csv-parse reads it, wherever its pieces are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (rows, size, end, closed) => {
          const text = rows.map((row) => row.map((one) => one.source).join(',')).join(end) + (closed ? end : '');
          const read = (await rowsOf(text, { size })).map((row) => row.cells);
          expect(read).toEqual(parse(text, { relax_column_count: true }));
          expect(read).toEqual(rows.map((row) => row.map((one) => one.text)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tells in which line a row begins, blank lines and quoted newlines counted', async () => {
    const rows = await rowsOf('a,b\n\n"x\ny",2\r\nc,d\n', { size: 3 });
    expect(rows.map((row) => [row.lineNo, ...row.cells])).toEqual([
      [1, 'a', 'b'],
      [3, 'x\ny', '2'],
      [5, 'c', 'd'],
    ]);
  });

  it('takes a quote in the middle of a plain cell for what it is', async () => {
    const rows = await rowsOf('a,b\n5" 钢管,2\n');
    expect(rows[1]).toEqual({ lineNo: 2, cells: ['5" 钢管', '2'] });
  });

  it('takes it so beside a quoted cell too, and never takes two rows for one', async () => {
    const rows = await rowsOf('a,b\n"x",="0012"\n"""z",1\n"y, y",2\n');
    expect(rows.slice(1).map((row) => row.cells)).toEqual([
      ['x', '="0012"'],
      ['"z', '1'],
      ['y, y', '2'],
    ]);
    const pipes = await rowsOf('a,b\n"x",5" 钢管\n"y",6" 钢管\n');
    expect(pipes.slice(1).map((row) => row.cells)).toEqual([
      ['x', '5" 钢管'],
      ['y', '6" 钢管'],
    ]);
    await expect(rowsOf('a,b\n="1","2"3\n')).rejects.toMatchObject({ code: 'BROKEN_QUOTE', lineNo: 2 });
  });

  it('refuses a quote that is never closed, with the line where it began', async () => {
    await expect(rowsOf('a,b\n1,"2\n3,4\n')).rejects.toMatchObject({ code: 'TRUNCATED', lineNo: 2 });
    await expect(rowsOf('a,b\n1,"2"3\n')).rejects.toMatchObject({ code: 'BROKEN_QUOTE', lineNo: 2 });
  });

  it('refuses 10^6 columns and endless lines while they are read', async () => {
    await expect(rowsOf(`a,b\n${','.repeat(1_000_000)}\n`)).rejects.toMatchObject({ code: 'ROW_TOO_LONG', lineNo: 2 });
    await expect(rowsOf(`a\n${','.repeat(300)}\n`)).rejects.toMatchObject({ code: 'TOO_MANY_COLUMNS', lineNo: 2 });
    await expect(rowsOf(`a\n"${'",'.repeat(300)}\n`)).rejects.toThrow(/第 2 行/);
    let taken = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,b\n');
      for (; taken < 200; taken += 1) yield await Promise.resolve(Buffer.alloc(1_000_000, 'x'));
    };
    const reading = async (): Promise<void> => {
      for await (const rows of readCsv(decodeText(endless(), 'utf-8'), ',')) expect(rows.length).toBeLessThan(2);
    };
    await expect(reading()).rejects.toMatchObject({ code: 'ROW_TOO_LONG', lineNo: 2 });
    expect(taken).toBeLessThan(3);
  });

  it('refuses a quote that stays open over ever so many lines without looking through all that follows for each', async () => {
    const text = `a,b\n"${'\n'.repeat(65_000)}${'x'.repeat(4_000_000)}`;
    const startedMs = performance.now();
    await expect(rowsOf(text, { size: text.length })).rejects.toMatchObject({ code: 'ROW_TOO_LONG', lineNo: 2 });
    // Some milliseconds; it were seconds in which nobody else is served.
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});
