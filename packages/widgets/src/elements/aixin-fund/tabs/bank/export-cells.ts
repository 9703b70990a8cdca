import type { CsvCell } from '../../../../console/csv.js';
import type { BankLine } from './bank.documents.js';

/** A line as it stands in the exported table. */
export const lineCells = (line: BankLine): readonly CsvCell[] => [
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
