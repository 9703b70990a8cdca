import { cleanText, parseFen } from './amounts.rules.js';
import { StatementFault } from './formats/statement-fault.js';
import type { ColumnRef, TableProfile } from './profiles.rules.js';

/** Shown in a refusal, so that the person finds the cell. */
export const MOST_SHOWN = 20;

/** What a row says of its money. */
export interface RowAmount {
  /** Credits positive. */
  readonly amountFen: number;
  /** A reversal in red: it stands below zero in the column, or under the word, of the other direction. */
  readonly isRed: boolean;
}

export interface AmountReader {
  /** The columns that it reads. */
  readonly places: readonly number[];
  readonly read: (cells: readonly string[], lineNo: number) => RowAmount;
}

/** Reads a row's amount as the profile says that it stands there. */
export function amountReader({ amount: kind }: TableProfile, place: (column: ColumnRef) => number): AmountReader {
  if (kind.kind === 'signed') {
    const at = place(kind.amount);
    const read = (cells: readonly string[], lineNo: number): RowAmount => ({
      amountFen: fenOf(cells[at] ?? '', '金额', lineNo) ?? missing(lineNo),
      isRed: false,
    });
    return { places: [at], read };
  }
  if (kind.kind === 'pair') {
    const [credit, debit] = [place(kind.credit), place(kind.debit)];
    const debitSign = kind.debitIsNegative ? -1 : 1;
    return {
      places: [credit, debit],
      read: (cells, lineNo) => pairOf({ credit: cells[credit] ?? '', debit: cells[debit] ?? '', debitSign, lineNo }),
    };
  }
  const [at, flag] = [place(kind.amount), place(kind.flag)];
  const signOf = directionReader(kind.creditWords, kind.debitWords);
  return {
    places: [at, flag],
    read: (cells, lineNo) => {
      const word = cells[flag] ?? '';
      const sign = signOf(word);
      if (sign === undefined) {
        const shown = word.slice(0, MOST_SHOWN);
        throw new StatementFault('FLAG_UNKNOWN', `看不懂借贷标志“${shown}”，请在模板里补上这个写法。`, lineNo);
      }
      const amountFen = fenOf(cells[at] ?? '', '金额', lineNo) ?? missing(lineNo);
      return { amountFen: amountFen === 0 ? 0 : sign * amountFen, isRed: amountFen < 0 };
    },
  };
}

/**
 * Which way a word says that money went: 1 for credits, -1 for debits. Of `贷 Cr` the first word counts, as long as no other
 * says the contrary.
 */
export function directionReader(
  creditWords: readonly string[],
  debitWords: readonly string[],
): (word: string) => 1 | -1 | undefined {
  const signs = new Map<string, 1 | -1>();
  for (const word of creditWords) for (const form of [word, plain(word)]) signs.set(form, 1);
  for (const word of debitWords) for (const form of [word, plain(word)]) signs.set(form, -1);
  return (word) => signs.get(word) ?? signs.get(plain(word)) ?? byFirstWord(plain(word), signs);
}

function byFirstWord(word: string, signs: ReadonlyMap<string, 1 | -1>): 1 | -1 | undefined {
  const parts = word.split(/[\s/|()[\]·、-]+/).filter((part) => part !== '');
  const sign = parts.length > 1 ? signs.get(parts[0] ?? '') : undefined;
  return parts.some((part) => (signs.get(part) ?? sign) !== sign) ? undefined : sign;
}

function plain(word: string): string {
  return cleanText(word).normalize('NFKC').toUpperCase();
}

function pairOf(row: { credit: string; debit: string; debitSign: 1 | -1; lineNo: number }): RowAmount {
  const { lineNo } = row;
  const creditFen = fenOf(row.credit, '贷方金额', lineNo);
  const debitFen = fenOf(row.debit, '借方金额', lineNo);
  if (creditFen === null && debitFen === null) return missing(lineNo);
  if ((creditFen ?? 0) !== 0 && (debitFen ?? 0) !== 0) {
    throw new StatementFault('AMOUNT_INVALID', '借方和贷方都有金额，分不清是收是支，请检查模板的金额列。', lineNo);
  }
  const wentFen = (debitFen ?? 0) === 0 ? 0 : row.debitSign * (debitFen ?? 0);
  return { amountFen: (creditFen ?? 0) - wentFen, isRed: (creditFen ?? 0) < 0 || wentFen < 0 };
}

function missing(lineNo: number): never {
  throw new StatementFault('AMOUNT_MISSING', '没有金额，文件可能不完整，请检查模板的金额列。', lineNo);
}

/** Null for an empty cell. */
export function fenOf(cell: string, name: string, lineNo: number): number | null {
  const amountFen = cell === '' ? null : (parseFen(cell) ?? parseFen(cleanText(cell)));
  if (amountFen !== undefined) return amountFen;
  const shown = cell.slice(0, MOST_SHOWN);
  throw new StatementFault('AMOUNT_INVALID', `看不懂${name}“${shown}”，最多两位小数，请检查这一格。`, lineNo);
}
