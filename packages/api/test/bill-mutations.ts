import fc from 'fast-check';
import iconv from 'iconv-lite';
import { alipayTexts, alipayZip, type BilledThing, flowLines, textBill, wechatLines } from './bill-fixtures.js';

/** A bill as a provider writes it, before somebody or something spoils it. */
export interface GoodBill {
  readonly layout: 'TRADE' | 'FLOW' | 'ALIPAY';
  readonly things: readonly BilledThing[];
}

/** One thing that happens to files on their way: by hand, by a spreadsheet, by a line that broke. */
export interface Mutation {
  readonly how: (typeof MUTATIONS)[number];
  /** Where: each is taken modulo what there is. */
  readonly line: number;
  readonly cell: number;
  readonly digit: number;
}

const MUTATIONS = [
  ...['none', 'cut bytes', 'cut lines', 'line lost', 'line doubled', 'lines swapped', 'line moved'],
  ...['cell lost', 'cell doubled', 'cells swapped', 'digit changed', 'digit lost', 'comma in amount', 'sign'],
  ...['saved as GBK', 'saved as UTF-16', 'read as Latin', 'line ends', 'no mark', 'half brackets', 'quotes', 'blanks'],
  ...['ticks lost', 'two files in one'],
] as const;

const thing = fc.record({
  refund: fc.boolean(),
  amountFen: fc.integer({ min: 1, max: 9_999_999 }),
  share: fc.integer({ min: 0, max: 100 }),
  second: fc.nat(3_599),
});

export const goodBill: fc.Arbitrary<GoodBill> = fc
  .record({
    layout: fc.constantFrom('TRADE', 'FLOW', 'ALIPAY'),
    things: fc.array(thing, { minLength: 1, maxLength: 6 }),
  })
  .map(({ layout, things }) => ({
    layout,
    things: things.map(({ refund, amountFen, share, second }, index): BilledThing => {
      const clock = `${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`;
      const feeFen = Number((BigInt(amountFen) * BigInt(share)) / 10_000n);
      const names = { transactionId: `42000001${index}`, paymentId: `order000000000000000000${index}` };
      const back = { refundNumber: `50300000${index}`, refundId: `order000000000000000000${index}r` };
      return refund
        ? { kind: 'REFUND', at: `2026-11-22 10:${clock}`, ...names, ...back, amountFen, feeFen: -feeFen || 0 }
        : { kind: 'TRADE', at: `2026-11-22 10:${clock}`, ...names, amountFen, feeFen };
    }),
  }));

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  how: fc.constantFrom(...MUTATIONS),
  line: fc.nat(1_000),
  cell: fc.nat(1_000),
  digit: fc.integer({ min: 1, max: 9 }),
});

/** The bill's bytes after that happened to them. */
export async function spoiled({ layout, things }: GoodBill, how: Mutation): Promise<Buffer> {
  if (layout === 'ALIPAY') {
    const texts = alipayTexts('2026-11-22', things);
    const inTotals = how.digit % 4 === 0;
    const changed = inTotals
      ? { ...texts, totals: lined(texts.totals, how) }
      : { ...texts, detail: lined(texts.detail, how) };
    return cut(await alipayZip(changed), how);
  }
  const lines = lined(layout === 'TRADE' ? wechatLines(things) : flowLines(movementsOf(things), 5_000_000), how);
  return saved(lines, how);
}

function movementsOf(things: readonly BilledThing[]) {
  return things.flatMap(({ kind, at, transactionId: number, refundNumber = '', amountFen, feeFen }) =>
    kind === 'REFUND'
      ? [{ at, business: '退款', number, transactionId: refundNumber, amountFen: -amountFen - feeFen }]
      : [
          { at, business: '交易', number, transactionId: number, amountFen },
          { at, business: '手续费', number, transactionId: number, amountFen: -feeFen },
        ],
  );
}

/** What happens to lines and to the cells within one. */
function lined(lines: readonly string[], { how, line, cell, digit }: Mutation): string[] {
  const changed = [...lines];
  const at = line % lines.length;
  const other = cell % lines.length;
  const text = lines[at] ?? '';
  const inCells = (change: (cells: string[], index: number) => void): void => {
    const cells = text.split(',');
    change(cells, cell % cells.length);
    changed[at] = cells.join(',');
  };
  const inAmount = (change: (amount: string) => string): void => {
    const amounts = [...text.matchAll(/-?\d+\.\d\d(?!\d)/g)];
    const found = amounts[cell % Math.max(amounts.length, 1)];
    if (found) changed[at] = text.slice(0, found.index) + change(found[0]) + text.slice(found.index + found[0].length);
  };
  if (how === 'cut lines') changed.splice(at);
  if (how === 'line lost') changed.splice(at, 1);
  if (how === 'line doubled') changed.splice(at, 0, text);
  if (how === 'lines swapped') [changed[at], changed[other]] = [lines[other] ?? '', text];
  if (how === 'line moved') changed.splice(other, 0, ...changed.splice(at, 1));
  if (how === 'cell lost') inCells((cells, index) => cells.splice(index, 1));
  if (how === 'cell doubled') inCells((cells, index) => cells.splice(index, 0, cells[index] ?? ''));
  if (how === 'cells swapped') {
    inCells((cells, index) => cells.splice(index, 2, ...cells.slice(index, index + 2).reverse()));
  }
  if (how === 'digit changed') inAmount((amount) => amount.replace(/\d/, (one) => String((Number(one) + digit) % 10)));
  if (how === 'digit lost') inAmount((amount) => amount.replace(/\d/, ''));
  if (how === 'comma in amount') inAmount((amount) => amount.replace(/\d(?=\d{3}\.)/, '$&,'));
  if (how === 'sign') inAmount((amount) => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`));
  if (how === 'half brackets') return changed.map((one) => one.replaceAll('（', '(').replaceAll('）', ')'));
  if (how === 'quotes')
    changed[at] = text
      .split(',')
      .map((one) => `"${one}"`)
      .join(',');
  if (how === 'blanks') changed[at] = ` ${text.replaceAll(',', ' ,')} `;
  if (how === 'ticks lost') changed[at] = text.replaceAll('`', '');
  if (how === 'two files in one') changed.push(...lines);
  return changed;
}

/** What happens to a text file as a whole. */
function saved(lines: readonly string[], how: Mutation): Buffer {
  const text = `${lines.join('\r\n')}\r\n`;
  if (how.how === 'saved as GBK') return iconv.encode(text, 'gbk');
  if (how.how === 'saved as UTF-16') return iconv.encode(text, 'utf16le', { addBOM: true });
  if (how.how === 'read as Latin') return Buffer.from(Buffer.from(text, 'utf8').toString('latin1'), 'utf8');
  if (how.how === 'line ends') return Buffer.from(lines.join('\n'), 'utf8');
  if (how.how === 'no mark') return Buffer.from(text, 'utf8');
  return cut(textBill(lines), how);
}

function cut(bytes: Buffer, { how, line, cell }: Mutation): Buffer {
  return how === 'cut bytes' ? bytes.subarray(0, (line * 1_000 + cell) % bytes.length) : bytes;
}
