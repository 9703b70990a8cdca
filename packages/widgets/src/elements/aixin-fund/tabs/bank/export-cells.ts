import type { CsvCell } from '../../../../console/csv.js';
import type { BankLine, BankLineState } from './bank.documents.js';
import { daysOf } from './desk-months.js';

/** Where the server makes the workbook of what is shown. */
export const workbookPath = (shown: {
  state: BankLineState | null;
  text: string | null;
  month: string | null;
}): string => {
  const { fromDay, toDay } = daysOf(shown.month);
  const named = { state: shown.state, text: shown.text, from: fromDay, to: toDay };
  const query = new URLSearchParams(Object.entries(named).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return `bank/lines.xlsx${query.toString() === '' ? '' : `?${query.toString()}`}`;
};

/** A line as it stands in the exported table. */
export const lineCells = (line: BankLine): readonly CsvCell[] => [
  line.accountName,
  line.day,
  line.counterparty,
  line.counterpartyAccount,
  line.memo,
  { amountFen: line.amountFen },
  { amountFen: line.restFen },
  line.balanceFen === null ? null : { amountFen: line.balanceFen },
  line.stateText,
  line.reason,
  line.allocations
    .filter(({ reversedAt }) => reversedAt === null)
    .map(({ targetName }) => targetName)
    .join(' '),
];
