import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** References have a month and up to four digits: a million of them are some hundred months of this many. */
const REFERENCES_IN_MONTH = 9_999;
const FIRST_YEAR = 2_000;

/** The reference that the nth remittance asks for, `AX200001-0001`. */
export function referenceOf(n: number): string {
  const month = Math.floor(n / REFERENCES_IN_MONTH);
  const year = FIRST_YEAR + Math.floor(month / 12);
  return `AX${year}${String((month % 12) + 1).padStart(2, '0')}-${String((n % REFERENCES_IN_MONTH) + 1).padStart(4, '0')}`;
}

/** 1 to 1,000 yuan, to the fen. */
export function amountOf(n: number): number {
  return 100 + ((n * 7_919) % 99_900);
}

const HEADER = '记账日期,交易时间,流水号,交易金额,余额,币种,对方名称,对方账户,对方开户行,用途,渠道,附言';
const DAYS = 28;

/** A month of a busy account: twelve columns as banks export them, thousands separated, the text of a remittance in each. */
export async function writeStatementFile(file: string, count: number): Promise<void> {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 });
  out.write(`${HEADER}\n`);
  let balanceFen = 0;
  for (let n = 0; n < count; n += 1) {
    balanceFen += amountOf(n);
    if (!out.write(rowOf(n, { balanceFen, day: 1 + Math.floor((n * DAYS) / count) }))) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

function rowOf(n: number, { balanceFen, day }: { balanceFen: number; day: number }): string {
  const time = `${pad(9 + (n % 9))}:${pad(n % 60)}:${pad(n % 59)}`;
  const serial = `SN202611${pad(day)}${String(n).padStart(9, '0')}`;
  const party = `重庆市渝中区爱心农产品产业发展有限公司第${n % 977}分公司`;
  const account = `62220219${String(n % 9_999_999).padStart(11, '0')}`;
  const cells = [
    `2026-11-${pad(day)}`,
    time,
    serial,
    `"${grouped(amountOf(n))}"`,
    `"${grouped(balanceFen)}"`,
    '人民币',
  ];
  cells.push(party, account, '中国工商银行股份有限公司重庆渝中支行营业部', '消费扶贫献爱心一元捐配捐款', '企业网银');
  cells.push(`"${referenceOf(n)} 二〇二六年十月一元捐配捐款，请查收"`);
  return `${cells.join(',')}\n`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/** `123456789` → `1,234,567.89` */
function grouped(amountFen: number): string {
  const digits = String(amountFen).padStart(3, '0');
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`;
}
