import { HEADER_WORDS } from './profiles.data.js';
import type { ColumnRef, TableProfile } from './profiles.rules.js';

/** A header stands near the beginning. */
const MOST_PREAMBLE_ROWS = 50;

/** A table's profile out of its header's names, for a person to look at and correct; null when no row looks like a header. */
export function guessProfile(
  rows: readonly (readonly string[])[],
  file: { format: 'csv' | 'xlsx'; delimiter: ',' | '\t' | ';' | '|' },
): TableProfile | null {
  for (const cells of rows.slice(0, MOST_PREAMBLE_ROWS)) {
    const names = cells.map((cell) => cell.replace(/\s/g, ''));
    const named = (words: readonly string[]): ColumnRef | null => {
      // A name that is the word before one that holds it: 余额 before 可用余额.
      const found =
        words.find((one) => names.includes(one)) ?? names.find((name) => words.some((one) => name.startsWith(one)));
      return found === undefined ? null : { name: found };
    };
    const day = named(HEADER_WORDS.day);
    const amount = day ? amountOf(named) : null;
    if (!day || !amount) continue;
    const form =
      file.format === 'csv'
        ? { format: 'csv' as const, encoding: 'auto' as const, delimiter: file.delimiter }
        : { format: 'xlsx' as const };
    return {
      ...form,
      day,
      amount,
      balance: named(HEADER_WORDS.balance),
      counterparty: named(HEADER_WORDS.counterparty),
      counterpartyAccount: named(HEADER_WORDS.counterpartyAccount),
      memo: HEADER_WORDS.memo.filter((one) => names.includes(one)).map((name) => ({ name })),
      bankSerial: named(HEADER_WORDS.bankSerial),
      skipRows: [],
      summaryRows: ['合计', '总计', '小计'],
      requiresSummary: false,
      facts: [
        { label: '期初余额', is: 'openingFen' },
        { label: '期末余额', is: 'closingFen' },
      ],
    };
  }
  return null;
}

function amountOf(named: (words: readonly string[]) => ColumnRef | null): TableProfile['amount'] | null {
  const credit = named(HEADER_WORDS.credit);
  const debit = named(HEADER_WORDS.debit);
  if (credit && debit) return { kind: 'pair', credit, debit };
  const amount = named(HEADER_WORDS.amount);
  if (!amount) return null;
  const flag = named(HEADER_WORDS.flag);
  if (!flag) return { kind: 'signed', amount };
  return {
    ...{ kind: 'flag', amount, flag },
    creditWords: ['贷', '收', '收入', 'C', 'CR', '+'],
    debitWords: ['借', '支', '支出', 'D', 'DR', '-'],
  };
}

/** The delimiter that parts the first rows of a text into most cells. */
export function guessDelimiter(text: string): ',' | '\t' | ';' | '|' {
  const sample = text.slice(0, 8_192);
  const counts = ([',', '\t', ';', '|'] as const).map((one) => [one, sample.split(one).length] as const);
  return counts.sort((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
}
