/** Statements of an invented bank for tests: lines with amounts in, a CSV of the ready profile `signed` out. */
export interface FixtureLine {
  readonly day: string;
  readonly amountFen: number;
  readonly memo?: string;
  readonly counterparty?: string;
  readonly serial?: string;
}

const HEADER = '记账日期,流水号,交易金额,余额,对方名称,对方账户,用途';

export function yuan(amountFen: number): string {
  const digits = String(Math.abs(amountFen)).padStart(3, '0');
  return `${amountFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The lines with their running balance; `openingFen` stood before the first. */
export function signedCsv(lines: readonly FixtureLine[], openingFen = 0): string {
  let balanceFen = openingFen;
  const rows = lines.map(({ day, amountFen, memo = '转账', counterparty = '某单位', serial = '' }) => {
    balanceFen += amountFen;
    return [day, serial, yuan(amountFen), yuan(balanceFen), counterparty, '6222020000001234', memo].join(',');
  });
  return `${[HEADER, ...rows].join('\n')}\n`;
}

/** The text as bytes in small pieces, so that characters, quotes and lines are cut anywhere. */
export async function* piecesOf(content: string | Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
