/** A line of the year's bank account, as the bank knows it. */
export interface YearLine {
  readonly day: string;
  /** Credits positive. */
  readonly amountFen: number;
  readonly counterparty: string;
  readonly memo: string;
}

export const PAYERS: Readonly<Record<string, string>> = { a1: '配捐单位甲', a2: '配捐单位乙' };

/** The fund's account at its bank through the year: lines in the order of their days, and the files cut out of them. */
export interface YearBank {
  readonly lines: YearLine[];
  add(line: YearLine): void;
  /** All lines of these days as a statement, `2026-05-15` to `2026-06-30`. */
  file(fromDay: string, toDay: string): Buffer;
  /** What the bank has at the end. */
  balanceFen(): number;
}

const OPENING_FEN = 50_000;
export const YEAR_OPENING_FEN = OPENING_FEN;

export function createYearBank(): YearBank {
  const lines: YearLine[] = [];
  const inOrder = (): YearLine[] => lines.toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
  return {
    lines,
    add(line) {
      lines.push(line);
    },
    file(fromDay, toDay) {
      let balanceFen = OPENING_FEN;
      const rows: string[] = [];
      inOrder().forEach((line, index) => {
        balanceFen += line.amountFen;
        if (line.day < fromDay || line.day > toDay) return;
        const cells = [line.day, yuan(line.amountFen), yuan(balanceFen), line.counterparty, '', line.memo];
        rows.push([...cells, `S${String(index + 1).padStart(6, '0')}`].join(','));
      });
      return Buffer.from(`\ufeff记账日期,交易金额,余额,对方名称,对方账户,用途,流水号\r\n${rows.join('\r\n')}\r\n`);
    },
    balanceFen: () => lines.reduce((sum, line) => sum + line.amountFen, OPENING_FEN),
  };
}

function yuan(amountFen: number): string {
  const digits = String(Math.abs(amountFen)).padStart(3, '0');
  return `${amountFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
