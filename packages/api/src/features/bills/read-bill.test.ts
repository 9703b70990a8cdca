import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ZipFile } from 'yazl';
import {
  type BilledThing,
  alipayTexts,
  alipayZip,
  flowLines,
  type Movement,
  textBill,
  wechatBill,
  wechatLines,
  zipped,
} from '../../../test/bill-fixtures.js';
import { isRefusal, type Refusal } from '../../kernel/refusal.js';
import type { BillSummary } from './bill-format.rules.js';
import type { BillLine } from './bill-line.rules.js';
import { readBill } from './read-bill.js';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size = 1_000): Promise<{ lines: BillLine[]; end: BillSummary | Refusal }> {
  const lines: BillLine[] = [];
  const bill = readBill(inPieces(bytes, size));
  for (let next = await bill.next(); ; next = await bill.next()) {
    if (next.done) return { lines, end: next.value };
    lines.push(...next.value);
  }
}

async function whyNot(bytes: Buffer): Promise<string> {
  const { end } = await read(bytes);
  return isRefusal(end) ? `${end.code} ${end.message}` : 'it was read';
}

const THINGS: readonly BilledThing[] = [
  {
    ...{ kind: 'TRADE', at: '2026-11-22 10:34:56', transactionId: '4200001', paymentId: 'order0000000000000000000a01' },
    ...{ amountFen: 13_605, feeFen: 82, title: '蜂蜜, "特级", 500 克' },
  },
  {
    ...{ kind: 'TRADE', at: '2026-11-22 23:59:59', transactionId: '4200002', paymentId: 'order0000000000000000000b01' },
    ...{ amountFen: 1, feeFen: 0 },
  },
  {
    ...{
      kind: 'REFUND',
      at: '2026-11-22 11:00:00',
      transactionId: '4200001',
      paymentId: 'order0000000000000000000a01',
    },
    ...{ refundNumber: '5000001', refundId: 'order0000000000000000000arx', amountFen: 3_605, feeFen: -22 },
  },
];

const MOVEMENTS: readonly Movement[] = [
  { at: '2026-11-22 10:34:56', business: '交易', number: '19001', transactionId: '4200001', amountFen: 13_605 },
  { at: '2026-11-22 10:34:56', business: '扣除交易手续费', number: '19002', transactionId: '4200001', amountFen: -82 },
  { at: '2026-11-22 18:00:00', business: '提现', number: '19003', transactionId: '77', amountFen: -13_000 },
];

describe('a trade bill of WeChat Pay', () => {
  it('gives payments and refunds in fen, whatever the title holds and wherever the pieces are cut', async () => {
    for (const size of [1, 7, 4_096, 100_000]) {
      const { lines, end } = await read(wechatBill(THINGS), size);
      expect(end).toEqual({ provider: 'WECHAT', covers: ['TRADE', 'REFUND'], days: [], merchantIds: ['1900000001'] });
      expect(lines).toEqual([
        expect.objectContaining({ line: 2, kind: 'TRADE', number: '4200001', amountFen: 13_605, feeFen: 82 }),
        expect.objectContaining({ line: 3, kind: 'TRADE', number: '4200002', at: '2026-11-22 23:59:59', amountFen: 1 }),
        expect.objectContaining({
          ...{ line: 4, kind: 'REFUND', number: '5000001', refundId: 'order0000000000000000000arx' },
          ...{ amountFen: -3_605, feeFen: -22, providerState: 'SUCCESS' },
        }),
      ]);
    }
  });

  it('reads every bill that can be written, to the fen', async () => {
    const thing = fc.record({ amountFen: fc.integer({ min: 1, max: 99_999_999 }), feeFen: fc.nat(600_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(thing, { maxLength: 12 }), async (amounts) => {
        const things = amounts.map((one, index): BilledThing => ({
          ...{ kind: 'TRADE', at: '2026-11-22 10:00:00', transactionId: `t${index}`, paymentId: `order${index}` },
          ...one,
        }));
        const { lines, end } = await read(wechatBill(things));
        expect(isRefusal(end)).toBe(false);
        expect(lines.map(({ amountFen, feeFen }) => ({ amountFen, feeFen }))).toEqual(amounts);
      }),
      { numRuns: 50 },
    );
  });

  it('a refund that failed moved nothing', async () => {
    const failed = { ...THINGS[2]!, state: 'FAIL' };
    expect((await read(wechatBill([failed]))).lines).toEqual([expect.objectContaining({ amountFen: 0, feeFen: 0 })]);
  });

  it('also comes of payments alone and of refunds alone', async () => {
    const header = wechatLines([])[0]!.split(',');
    const cells = wechatLines(THINGS)
      .slice(1, 4)
      .map((line) => line.split(',`'));
    const refundOnly = header.slice(14, 20).concat('申请退款金额');
    const payments = [header, ...cells.slice(1, 2)].map((row) =>
      row.filter((_, index) => !refundOnly.includes(header[index] ?? '')),
    );
    const bill = textBill([
      payments[0]!.join(','),
      payments[1]!.join(',`'),
      wechatLines([])[1]!,
      '`1,`0.01,`0.00,`0.00,`0.00000,`0.01,`0.00',
    ]);
    expect((await read(bill)).end).toEqual({
      provider: 'WECHAT',
      covers: ['TRADE'],
      days: [],
      merchantIds: ['1900000001'],
    });
    const times = ['2026-11-23 08:00:00', '2026-11-23 08:00:05'];
    const refund = [...cells[2]!.slice(0, 14), ...times, ...cells[2]!.slice(14)];
    const refunds = textBill([
      [...header.slice(0, 14), '退款申请时间', '退款成功时间', ...header.slice(14)].join(','),
      refund.join(',`'),
      wechatLines([])[1]!,
      '`1,`0.00,`36.05,`0.00,`-0.22000,`136.05,`36.05',
    ]);
    const read2 = await read(refunds);
    expect(read2.end).toEqual({ provider: 'WECHAT', covers: ['REFUND'], days: [], merchantIds: ['1900000001'] });
    expect(read2.lines).toEqual([expect.objectContaining({ at: '2026-11-23 08:00:00', amountFen: -3_605 })]);
  });

  it('is refused when it was cut, altered or saved anew, with a sentence that names what and where', async () => {
    const lines = wechatLines(THINGS);
    const without = (index: number): Buffer => textBill(lines.filter((_, at) => at !== index));
    const changed = (index: number, from: string, to: string): Buffer =>
      textBill(lines.map((line, at) => (at === index ? line.replace(from, to) : line)));
    expect(await whyNot(textBill(lines.slice(0, 3)))).toMatch(/BILL_UNREADABLE 账单不完整：到第 3 行就没有了/);
    expect(await whyNot(textBill(lines.slice(0, 5)))).toMatch(/账单不完整/);
    expect(await whyNot(without(2))).toMatch(/第 5 行：汇总写着共 3 笔，账单里有 2 笔/);
    expect(await whyNot(changed(1, '136.05', '136.04'))).toMatch(
      /第 6 行：汇总的“应结订单总金额”是 136.06，与各行相加不一致/,
    );
    expect(await whyNot(changed(3, '-0.22', '-0.21'))).toMatch(/“手续费总金额”/);
    expect(await whyNot(changed(2, '`0.01', '`0.015'))).toMatch(/第 3 行：“应结订单金额”的金额“0.015”看不懂/);
    expect(await whyNot(changed(2, '`CNY', '`USD'))).toMatch(/第 3 行：货币不是人民币/);
    expect(await whyNot(textBill(lines.map((line) => line.replaceAll('`', ''))))).toMatch(/第 2 行：每一格前面都应有/);
    expect(await whyNot(changed(1, ',`wx', '`wx'))).toMatch(/第 2 行：有 26 列，应为 27 列/);
    expect(await whyNot(textBill([...lines.slice(0, 2), lines[1]!, ...lines.slice(2)]))).toMatch(
      /第 3 行：这一笔在账单里出现了两次/,
    );
    expect(await whyNot(textBill([...lines, lines[1]!]))).toMatch(/第 7 行：汇总之后不应再有内容/);
  });

  it('is refused when it is something else, or bytes that are no text', async () => {
    expect(await whyNot(Buffer.from('a,b\n1,2\n'))).toMatch(/^BILL_UNKNOWN 这不是微信支付或支付宝的账单/);
    expect(await whyNot(Buffer.alloc(0))).toMatch(/^BILL_UNKNOWN/);
    const bytes = wechatBill(Array.from({ length: 60 }, (_, n) => ({ ...THINGS[0]!, transactionId: `t${n}` })));
    const spoiled = Buffer.from(bytes);
    spoiled[spoiled.length - 300] = 0xff;
    expect(await whyNot(spoiled)).toMatch(/^BILL_NOT_TEXT 第 \d+ 行起的文字编码不对/);
    const endless = Buffer.concat([textBill(wechatLines([]).slice(0, 1)), Buffer.alloc(9_000_000, '`a,')]);
    expect(await whyNot(endless)).toMatch(/^BILL_UNREADABLE 第 2 行：这一行太长/);
    const empty = Buffer.concat([textBill(wechatLines(THINGS).slice(0, 2)), Buffer.alloc(9_000_000, ',`')]);
    expect(await whyNot(empty)).toMatch(/^BILL_UNREADABLE 第 3 行：这一行太长/);
  });
});

describe('a fund bill of WeChat Pay', () => {
  it('gives what came and went, in either order of time', async () => {
    const lines = flowLines(MOVEMENTS, 500);
    const { lines: read1, end } = await read(textBill(lines));
    expect(end).toEqual({ provider: 'WECHAT', covers: ['FLOW'], days: [], merchantIds: [] });
    expect(read1.map((one) => [one.amountFen, one.balanceFen, one.providerState])).toEqual([
      [13_605, 14_105, '交易'],
      [-82, 14_023, '扣除交易手续费'],
      [-13_000, 1_023, '提现'],
    ]);
    const newestFirst = [lines[0]!, ...lines.slice(1, 4).reverse(), ...lines.slice(4)];
    expect(isRefusal((await read(textBill(newestFirst))).end)).toBe(false);
  });

  it('is refused when sums or balances do not follow', async () => {
    const lines = flowLines(MOVEMENTS, 500);
    expect(await whyNot(textBill(lines.filter((_, at) => at !== 2)))).toMatch(/第 3 行的账户结余与上下行接不上/);
    const last = lines.filter((_, at) => at !== 3);
    expect(await whyNot(textBill(last))).toMatch(/第 5 行：汇总写着收入 1 笔、支出 2 笔，账单里有收入 1 笔、支出 1 笔/);
    const total = lines.map((line, at) => (at === 5 ? line.replace('136.05', '136.04') : line));
    expect(await whyNot(textBill(total))).toMatch(/第 6 行：汇总的收入 136.04/);
    expect(await whyNot(textBill(lines.map((line) => line.replace('支出', '转出'))))).toMatch(
      /“收支类型”应为收入或支出|不是微信/,
    );
  });
});

describe('an Alipay bill', () => {
  const texts = alipayTexts('2026-11-22', THINGS);

  it('is a zip of two files in GBK, and gives payments and refunds in fen', async () => {
    const { lines, end } = await read(
      await alipayZip({
        ...texts,
        detail: texts.detail.map((line) => line.replace('蜂蜜, "特级", 500 克', '蜂蜜 500 克')),
      }),
    );
    expect(end).toEqual({
      ...{ provider: 'ALIPAY', covers: ['TRADE', 'REFUND'], days: ['2026-11-22'] },
      merchantIds: ['2088123456789012', '20881234567890120156'],
    });
    expect(lines).toEqual([
      expect.objectContaining({ kind: 'TRADE', number: '4200001', amountFen: 13_605, feeFen: 82 }),
      expect.objectContaining({ kind: 'TRADE', number: '4200002', amountFen: 1, feeFen: 0 }),
      expect.objectContaining({
        ...{ kind: 'REFUND', number: '4200001.order0000000000000000000arx', amountFen: -3_605, feeFen: -22 },
        refundId: 'order0000000000000000000arx',
      }),
    ]);
  });

  it('is refused when it was cut or altered, or when one of its files is missing', async () => {
    const plain = alipayTexts(
      '2026-11-22',
      THINGS.map((one) => ({ ...one, title: '蜂蜜' })),
    );
    const why = async (change: (file: { detail: string[]; totals: string[] }) => void): Promise<string> => {
      const file = { detail: [...plain.detail], totals: [...plain.totals] };
      change(file);
      return whyNot(await alipayZip(file));
    };
    expect(await why(({ detail }) => detail.splice(6, 1))).toMatch(
      /第 9 行：交易合计写着 2 笔 136.06 元，与明细相加不一致（明细 1 笔）/,
    );
    expect(await why(({ detail }) => detail.splice(8))).toMatch(/业务明细不完整/);
    expect(await why(({ totals }) => totals.splice(5, 1))).toMatch(/缺少业务明细\(汇总\)/);
    expect(await why((file) => (file.totals[5] = file.totals[5]!.replace('-0.60', '-0.61')))).toMatch(
      /“服务费（元）”是 -0.61/,
    );
    expect(await why(({ detail }) => (detail[5] = detail[5]!.replaceAll('2026-11-22', '2026-11-23')))).toMatch(
      /第 6 行：完成时间 2026-11-23 不在账单的起止日期之内/,
    );
    expect(await why(({ detail }) => (detail[5] = detail[5]!.replace(',交易,', ',转账,')))).toMatch(
      /“业务类型”应为交易或退款/,
    );
  });

  it('bombs, locked and broken archives are not unpacked', async () => {
    const bomb = new ZipFile();
    bomb.addBuffer(Buffer.alloc(50_000_000, 48), '业务明细.csv');
    bomb.end();
    expect(await whyNot(await zipped(bomb))).toMatch(/^BILL_ZIP 压缩包解开后过大/);
    const many = new ZipFile();
    for (let n = 0; n < 9; n += 1) many.addBuffer(Buffer.from('x'), `${n}.csv`);
    many.end();
    expect(await whyNot(await zipped(many))).toMatch(/^BILL_ZIP 压缩包里有 9 个文件/);
    const empty = new ZipFile();
    empty.end();
    expect(await whyNot(await zipped(empty))).toMatch(/^BILL_ZIP 压缩包是空的/);
    const whole = await alipayZip(alipayTexts('2026-11-22', []));
    expect(await whyNot(whole.subarray(0, whole.length - 40))).toMatch(/^BILL_ZIP 压缩包已损坏/);
    const lying = Buffer.from(whole);
    lying.writeUInt32LE(10, lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    expect(await whyNot(lying)).toMatch(/^BILL_ZIP 压缩包已损坏/);
    const spoiled = Buffer.from(whole);
    spoiled.fill(0xff, 120, 160);
    expect(await whyNot(spoiled)).toMatch(/^BILL_ZIP 压缩包已损坏/);
  });
});
