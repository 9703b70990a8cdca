/** A line of the demo fund's bank account. */
export interface SeedLine {
  readonly day: string;
  /** Credits positive. */
  readonly amountFen: number;
  readonly counterparty: string;
  readonly memo: string;
}

/** What stood on the account before the first statement. */
export const OPENING_FEN = 120_455;
const HEADER = '记账日期,交易金额,余额,对方名称,对方账户,用途,流水号';

/** The lines of some days as the bank writes its statement: running balance, one signed column. */
export function statementOf(
  lines: readonly SeedLine[],
  days: { readonly from: string; readonly until: string },
  openingFen = OPENING_FEN,
): Buffer {
  let balanceFen = openingFen;
  const rows: string[] = [];
  lines
    .toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)))
    .forEach((line, index) => {
      balanceFen += line.amountFen;
      if (line.day < days.from || line.day > days.until) return;
      const money = [line.amountFen, balanceFen].map(yuan);
      rows.push(
        [line.day, ...money, line.counterparty, '', line.memo, `D${String(index + 1).padStart(6, '0')}`].join(','),
      );
    });
  return Buffer.from(`\ufeff${[HEADER, ...rows].join('\r\n')}\r\n`);
}

function yuan(amountFen: number): string {
  const digits = String(Math.abs(amountFen)).padStart(3, '0');
  return `${amountFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
