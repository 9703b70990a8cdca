import { parseFen } from './amounts.rules.js';
import type { StatementFacts } from './formats/raw-rows.js';
import type { TableProfile } from './profiles.rules.js';

/** What stands between a label and its value: a colon, blanks, the unit in brackets. */
const VALUE = /^(?:\((?:元|人民币)\))?[\s:]*([-+(¥]*[\d][\d,.*]*[)-]?)/;

/** Reads the profile's facts out of a row, whether label and value share a cell or not. Gives how many were found. */
export function readFacts(cells: readonly string[], wanted: TableProfile['facts'], facts: StatementFacts): number {
  if (wanted.length === 0) return 0;
  const text = cells.join('\t').normalize('NFKC');
  let found = 0;
  for (const { label, is } of wanted) {
    const at = text.indexOf(label.normalize('NFKC'));
    if (at < 0) continue;
    const value = VALUE.exec(text.slice(at + label.normalize('NFKC').length))?.[1];
    if (value === undefined) continue;
    if (is === 'accountNumber') facts.accountNumber = value.replace(/[^\d*]/g, '');
    else {
      const number = is.endsWith('Count') ? countOf(value) : parseFen(value);
      if (typeof number !== 'number') continue;
      facts[is] = number;
    }
    found += 1;
  }
  return found;
}

function countOf(text: string): number | undefined {
  const digits = text.replace(/,/g, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}
