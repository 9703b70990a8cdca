import { describe, expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import iconv from 'iconv-lite';
import yazl from 'yazl';
import { piecesOf } from '../../../test/statement-fixture.js';
import { StatementCheck } from './checks.rules.js';
import { StatementFault } from './formats/statement-fault.js';
import { guessProfile } from './guess-profile.rules.js';
import { READY_PROFILES } from './profiles.data.js';
import { type ProfileBody, checkProfile } from './profiles.rules.js';
import { readStatement } from './read-statement.js';
import type { StatementLine } from './statement-lines.js';

const profile = (id: string): ProfileBody => READY_PROFILES.find((one) => one._id === id)!.body;

/** Read and checked as the preview does it. */
async function read(content: string | Uint8Array, body: ProfileBody) {
  const statement = readStatement(piecesOf(content, 4_096), body);
  const check = new StatementCheck();
  const lines: StatementLine[] = [];
  for await (const part of statement.lines) {
    for (const line of part) {
      lines.push(line);
      const fault = check.add(line);
      if (fault) throw new StatementFault(fault.code, fault.message, fault.lineNo);
    }
  }
  const facts = statement.facts();
  const end = check.finish(facts);
  if ('code' in end) throw new StatementFault(end.code, end.message, end.lineNo);
  return { lines, facts, check, notes: statement.notes(), ...end };
}

const TWO = [
  '巴渝商业银行账户明细',
  '账号：6222000012345678,,期初余额：,"1,000.00"',
  '交易日期,交易流水号,借方发生额（元）,贷方发生额（元）,账户余额（元）,对方户名,对方账号,摘要,附言',
  '20261103,A1,,"1,234.50","2,234.50",重庆甲公司,="0012",转账,"AX202610-01',
  '一元捐"',
  '2026年11月4日,A2,34.50,0.00,"2,200.00",,,手续费,',
  '注：本明细仅供参考',
  '20261105,A3,（１００．００）,,"2,300.00",乙单位,123,冲正,',
  '合计,,-65.50,"1,234.50",,,,借方笔数：2 贷方笔数：1 期末余额：2300.00,',
].join('\r\n');

describe('a table of a bank', () => {
  it('is read through preamble, two columns, quoted newlines, notes and summary', async () => {
    const twoColumns = profile('two-columns') as Extract<ProfileBody, { format: 'csv' }>;
    // The reversal is a debit below zero: money that comes, in the debit column.
    const body = {
      ...twoColumns,
      facts: twoColumns.facts.filter(({ is }) => !is.endsWith('Count')),
      summaryRows: ['合计'],
    };
    const text = TWO.replace('-65.50,"1,234.50"', ',');
    const { lines, facts } = await read(iconv.encode(text, 'gb18030'), body);
    expect(lines.map((line) => [line.lineNo, line.day, line.amountFen, line.balanceFen])).toEqual([
      [4, '2026-11-03', 123_450, 223_450],
      [6, '2026-11-04', -3_450, 220_000],
      [8, '2026-11-05', 10_000, 230_000],
    ]);
    expect(lines[0]).toMatchObject({
      counterparty: '重庆甲公司',
      counterpartyAccount: '0012',
      memo: '转账 AX202610-01 一元捐',
    });
    expect(facts).toMatchObject({ accountNumber: '6222000012345678', openingFen: 100_000, closingFen: 230_000 });
  });

  it('is refused where its totals, its balances or its summary do not agree', async () => {
    const body = profile('two-columns');
    const lines = [
      '交易日期,交易流水号,借方发生额,贷方发生额,账户余额,对方户名,对方账号,摘要,附言',
      '20261103,1,,5.00,5.00,,,,',
      '20261104,2,1.00,,4.00,,,,',
    ];
    const asBytes = (rows: string[]): Buffer => iconv.encode(rows.join('\n'), 'gb18030');
    await expect(read(asBytes([...lines, '合计,,1.00,5.00,,,,,']), body)).resolves.toMatchObject({ closingFen: 400 });
    await expect(read(asBytes([...lines, '合计,,1.00,6.00,,,,,']), body)).rejects.toMatchObject({
      code: 'TOTALS_DIFFER',
    });
    await expect(read(asBytes(lines), body)).rejects.toMatchObject({ code: 'SUMMARY_MISSING' });
    const broken = [lines[0]!, lines[1]!, '20261104,2,1.00,,4.01,,,,', '合计,,1.00,5.00,,,,,'];
    await expect(read(asBytes(broken), body)).rejects.toMatchObject({ code: 'BALANCE_BROKEN', lineNo: 3 });
    await expect(read(asBytes([...lines.slice(0, 2), '20261104,2,1.0']), body)).rejects.toMatchObject({
      code: 'ROW_TOO_SHORT',
      lineNo: 3,
    });
  });

  it('may run from the newest day to the oldest', async () => {
    const rows = [
      '记账日期,流水号,交易金额,余额,对方名称,对方账户,用途',
      '2026-11-05,3,-1,6,,,',
      '2026-11-04,2,2,7,,,',
      '2026-11-04,1,5,5,,,',
    ];
    const up = await read(rows.join('\n'), profile('signed'));
    expect([up.openingFen, up.closingFen, up.check.direction]).toEqual([0, 600, 'down']);
    await expect(read([...rows, '2026-11-06,4,1,1,,,'].join('\n'), profile('signed'))).rejects.toMatchObject({
      code: 'OUT_OF_ORDER',
      lineNo: 5,
    });
  });

  it('tells which cell it does not understand, and never what is personal beyond it', async () => {
    const head = '记账日期,流水号,交易金额,余额,对方名称,对方账户,用途\n';
    const signed = profile('signed');
    await expect(read(`${head}2026-11-05,1,1.234,1,,,\n`, signed)).rejects.toMatchObject({
      code: 'AMOUNT_INVALID',
      lineNo: 2,
    });
    await expect(read(`${head}2026-11-05,1,,1,,,\n`, signed)).rejects.toMatchObject({
      code: 'AMOUNT_MISSING',
      lineNo: 2,
    });
    await expect(read(`${head}明天,1,1,1,,,\n`, signed)).rejects.toMatchObject({ code: 'DAY_INVALID', lineNo: 2 });
    await expect(read(head, signed)).rejects.toMatchObject({ code: 'NO_LINES' });
    await expect(read('随便,什么\n1,2\n', signed)).rejects.toMatchObject({ code: 'HEADER_MISSING' });
    await expect(read(`${head}2026-11-05,1,1,1,\n`, signed)).rejects.toMatchObject({
      code: 'ROW_TOO_SHORT',
      lineNo: 2,
    });
    const doubled = head.replace(/\n$/, `,${head.split(',')[1] ?? ''}\n`);
    await expect(read(`${doubled}2026-11-05,1,1,1,,,,2\n`, signed)).rejects.toMatchObject({
      code: 'COLUMN_DOUBLED',
      lineNo: 1,
    });
  });

  it('gets a profile out of its header', async () => {
    const header = ['交易日期', '借贷标志', '交易金额(元)', '余额', '对方户名', '对方账号', '摘要', '流水号'];
    const guessed = guessProfile([['某银行'], header], { format: 'csv', delimiter: ',' });
    expect(guessed).toMatchObject({ amount: { kind: 'flag' }, memo: [{ name: '摘要' }] });
    expect(checkProfile(guessed)).toHaveProperty('body');
    const csv = `${header.join(',')}\n20261103,贷,5.00,5.00,甲,1,a,1\n20261103,借,2,3,甲,1,b,2\n`;
    expect((await read(csv, guessed!)).lines.map((line) => line.amountFen)).toEqual([500, -200]);
    expect(checkProfile({ ...guessed, day: { pattern: '.*' } })).toEqual({ path: 'day' });
  });
});

async function sheet(rows: unknown[][]): Promise<Buffer> {
  const book = new exceljs.Workbook();
  const page = book.addWorksheet('明细');
  for (const row of rows) page.addRow(row);
  return Buffer.from(await book.xlsx.writeBuffer());
}

const FLAG_HEADER = ['交易时间', '借贷标志', '发生额', '余额', '对方户名', '对方账号', '摘要', '备注', '凭证号'];

describe('a sheet', () => {
  it('is read by its cells: days, numbers with the noise of binary, rich text', async () => {
    const bytes = await sheet([
      ['山城农村银行'],
      FLAG_HEADER,
      [
        new Date(Date.UTC(2026, 10, 3, 9)),
        '贷',
        0.1 + 0.2,
        0.3,
        '甲',
        '1',
        '转账',
        { richText: [{ text: 'AX2026' }, { text: '10-01' }] },
        'x',
      ],
      ['2026-11-04 10:00:00', '借', '0.10', 0.2, '乙', '2', '', '', ''],
      ['合计'],
    ]);
    const { lines } = await read(bytes, profile('flag'));
    expect(lines.map((line) => [line.lineNo, line.day, line.amountFen, line.balanceFen, line.memo])).toEqual([
      [3, '2026-11-03', 30, 30, '转账 AX202610-01'],
      [4, '2026-11-04', -10, 20, ''],
    ]);
  });

  it('tells of a hidden sheet that holds rows, and books none of them', async () => {
    const book = new exceljs.Workbook();
    for (const [name, state] of [
      ['旧明细', 'hidden'],
      ['明细', 'visible'],
      ['空', 'veryHidden'],
    ] as const) {
      const page = book.addWorksheet(name, { state });
      if (name === '空') continue;
      page.addRow(FLAG_HEADER);
      page.addRow(['2026-11-04', '贷', '0.10', 0.1, '甲', '1', '', '', '']);
    }
    const { lines, notes } = await read(Buffer.from(await book.xlsx.writeBuffer()), profile('flag'));
    expect(lines.map(({ amountFen }) => amountFen)).toEqual([10]);
    expect(notes).toEqual([expect.stringContaining('隐藏的工作表“旧明细”有 2 行，没有读取')]);
  });

  it('is refused when it is wide, cut off, no sheet, or a bomb', async () => {
    const flag = profile('flag');
    const wide = await sheet([FLAG_HEADER, Array.from({ length: 400 }, () => 'x')]);
    await expect(read(wide, flag)).rejects.toMatchObject({ code: 'TOO_MANY_COLUMNS', lineNo: 2 });
    await expect(read(wide.subarray(0, wide.length - 300), flag)).rejects.toMatchObject({ code: 'XLSX_BROKEN' });
    await expect(read('a,b\n', flag)).rejects.toMatchObject({ code: 'XLSX_BROKEN' });
    await expect(read(Buffer.alloc(0), flag)).rejects.toMatchObject({ code: 'EMPTY_FILE' });
    const zip = new yazl.ZipFile();
    zip.addBuffer(Buffer.from('<workbook/>'), 'xl/workbook.xml');
    zip.addBuffer(Buffer.alloc(64_000_000), 'xl/worksheets/sheet1.xml');
    zip.end();
    const bomb: Buffer[] = [];
    for await (const piece of zip.outputStream) bomb.push(piece as Buffer);
    await expect(read(Buffer.concat(bomb), flag)).rejects.toMatchObject({ code: 'ZIP_BOMB' });
  });
});

const entry = (way: string, amount: string, more = ''): string =>
  `<Ntry><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>${way}</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-03</Dt></BookgDt>
   <AcctSvcrRef>R1</AcctSvcrRef>${more}</Ntry>`;
const balance = (code: string, amount: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>`;
const details = `<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>甲 &amp; 乙</Nm></Dbtr><DbtrAcct><Id><Othr><Id>62</Id></Othr></Id></DbtrAcct></RltdPties>
  <RmtInf><Ustrd>AX202610-01</Ustrd><Ustrd>一元捐</Ustrd></RmtInf></TxDtls></NtryDtls>`;
const camt = (inside: string, version = '02', head = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${head}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr/><Stmt><Acct><Id><Othr><Id>6222</Id></Othr></Id></Acct>${inside}</Stmt></BkToCstmrStmt></Document>`;

describe('a camt.053 statement', () => {
  const body = profile('camt053');
  const inside = `${balance('OPBD', '10.00')}${balance('CLBD', '13.00')}${entry('CRDT', '5.00', details)}${entry('DBIT', '2.00')}`;

  it.each(['02', '04', '06', '08'])('is read in version %s with its balances and texts', async (version) => {
    const text = version === '08' ? inside.replaceAll('<Sts>BOOK</Sts>', '<Sts><Cd>BOOK</Cd></Sts>') : inside;
    const { lines, openingFen, closingFen, facts } = await read(camt(text, version), body);
    expect([openingFen, closingFen, facts.accountNumber]).toEqual([1_000, 1_300, '6222']);
    expect(lines).toMatchObject([
      {
        amountFen: 500,
        day: '2026-11-03',
        counterparty: '甲 & 乙',
        counterpartyAccount: '62',
        memo: 'AX202610-01 一元捐',
        bankSerial: 'R1',
      },
      { amountFen: -200 },
    ]);
  });

  it('is refused where it is altered, cut off, of another kind, or would define entities', async () => {
    await expect(read(camt(inside.replace('13.00', '14.00')), body)).rejects.toMatchObject({ code: 'CLOSING_DIFFERS' });
    await expect(read(camt(inside).slice(0, -60), body)).rejects.toMatchObject({ code: 'TRUNCATED' });
    await expect(read(camt(inside).replace('camt.053', 'pain.001'), body)).rejects.toMatchObject({
      code: 'HEADER_MISSING',
    });
    const lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>';
    await expect(read(camt(inside, '02', lol), body)).rejects.toMatchObject({ code: 'XML_DOCTYPE' });
    await expect(read(camt(entry('CRDT', '5.00', '<AddtlNtryInf>&b;</AddtlNtryInf>')), body)).rejects.toMatchObject({
      code: 'XML_BROKEN',
    });
    await expect(read(camt(entry('CRDT', '5.00').replace('CNY', 'USD')), body)).rejects.toMatchObject({
      code: 'CURRENCY',
    });
    await expect(read(camt('<a>'.repeat(200)), body)).rejects.toMatchObject({ code: 'XML_TOO_DEEP' });
    await expect(
      read(camt(entry('CRDT', '5.00', `<AddtlNtryInf>${'x'.repeat(100_000)}</AddtlNtryInf>`)), body),
    ).rejects.toMatchObject({ code: 'ROW_TOO_LONG' });
  });

  it.each([
    ['a text', '<AddtlNtryInf>', 'x'],
    ['an attribute', '<AddtlNtryInf a="', 'x'],
    ['attributes', '<AddtlNtryInf', ' a="" '],
    ['a comment', '<!--', 'x'],
    ['a name', '<Addtl', 'x'],
  ])('is refused while %s of it does not end, and names the line', async (_what, begin, more) => {
    let taken = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from(camt('\n<Ntry>', '02').split('</Stmt>')[0]! + begin));
      for (; taken < 2_000; taken += 1) yield Buffer.from(more.repeat(1_000));
    };
    const { lines } = readStatement(endless(), body);
    const all = async (): Promise<void> => {
      for await (const _part of lines);
    };
    await expect(all()).rejects.toMatchObject({ code: 'ROW_TOO_LONG', lineNo: 2 });
    // A good hundred thousand characters, and not the two to twelve million that were to come.
    expect(taken).toBeLessThan(400);
  });

  it('is refused where an entry is of ever more parts', async () => {
    const parts = Array.from({ length: 200_000 }, (_, n) => `<a${n}>1</a${n}>`).join('');
    await expect(read(camt(entry('CRDT', '5.00', parts)), body)).rejects.toMatchObject({ code: 'ROW_TOO_LONG' });
  });
});
