import { cleanText, parseFen } from './amounts.rules.js';
import type { StatementFacts } from './formats/raw-rows.js';
import type { FactName, TableProfile } from './profiles.rules.js';

/** What stands between a label and its value: a colon, blanks, the unit in brackets. */
const GAP = /^(?:\((?:元|人民币|笔)\))?[\s:]*/;
/** The value itself: an amount, a count. */
const VALUE = /^[-+(¥]*[\d][\d,.*]*[)-]?/;
/** An account's number, in groups and with what the bank hides: `50-0123 4567`, `6222****1234`. */
const ACCOUNT = /^[\d*](?:[ -]?[\d*]){5,40}/;

/** Labels that mean the same at every bank: read without a profile that names them, where a cell begins with them. */
const KNOWN_LABELS: readonly (readonly [is: FactName, label: RegExp])[] = [
  ['accountNumber', /^(?:本方|我方|查询|客户|银行|交易|结算)?(?:账号|账户号码?|账户|卡号)$/],
  ['openingFen', /^(?:期初|上期|上期期末|期初账户)余额$/],
  ['closingFen', /^(?:期末|期末账户)余额$/],
  ['creditCount', /^(?:总)?(?:贷方|收入|存入|转入)(?:发生)?(?:总|合计)?(?:交易)?笔数$/],
  ['debitCount', /^(?:总)?(?:借方|支出|支取|转出)(?:发生)?(?:总|合计)?(?:交易)?笔数$/],
  [
    'creditFen',
    /^(?:总(?:贷方|收入|存入|转入)金?额|(?:贷方|收入|存入|转入)(?:金额|发生额|发生)?(?:总金?额|合计|合计金额|总计))$/,
  ],
  [
    'debitFen',
    /^(?:总(?:借方|支出|支取|转出)金?额|(?:借方|支出|支取|转出)(?:金额|发生额|发生)?(?:总金?额|合计|合计金额|总计))$/,
  ],
  ['lineCount', /^(?:总笔数|交易总笔数|合计笔数|总记录数|明细总笔数)$/],
];
const LABEL_AND_VALUE = /^([^\s:\d(]{2,12})(\(元\)|\(笔\))?\s*(?::\s*)?(.*)$/s;

/** A cell in the one form that labels are compared in: 帐 and 账 are written either way. */
function readable(cell: string): string {
  return cleanText(cell).normalize('NFKC').replaceAll('帐', '账');
}

/** Facts of the profile and those that every bank writes alike, out of one row. Gives how many were found. */
export function readFacts(cells: readonly string[], wanted: TableProfile['facts'], facts: StatementFacts): number {
  const tidy = cells.map(readable);
  return readWanted(tidy.join('\t'), wanted, facts) + readKnown(tidy, wanted, facts);
}

/** A row of labels with the row of their values below it: `总收入笔数 | 总收入金额`, then `9 | 41631.59`. */
export function readBelow(
  rows: { readonly labels: readonly string[]; readonly values: readonly string[] },
  wanted: TableProfile['facts'],
  facts: StatementFacts,
): number {
  const values = rows.values.map(readable);
  let found = 0;
  for (const [at, cell] of rows.labels.entries()) {
    const label = labelOf(cell);
    const is = wanted.find((one) => readable(one.label) === label)?.is ?? knownFact(label);
    if (is && keep(is, values[at] ?? '', facts)) found += 1;
  }
  return found;
}

/** Whether a row holds labels only, one of them a known one. */
export function isRowOfLabels(cells: readonly string[], wanted: TableProfile['facts']): boolean {
  const labels = cells.map(labelOf).filter((label) => label !== '');
  return (
    labels.length > 0 &&
    labels.every((label) => !/\d/.test(label)) &&
    labels.some((label) => knownFact(label) ?? wanted.some((one) => readable(one.label) === label))
  );
}

function labelOf(cell: string): string {
  return cleanText(cell)
    .normalize('NFKC')
    .replace(/[\s:]|\((?:元|笔|人民币)\)/g, '');
}

function knownFact(label: string): FactName | undefined {
  return KNOWN_LABELS.find(([, pattern]) => pattern.test(label))?.[0];
}

function readWanted(text: string, wanted: TableProfile['facts'], facts: StatementFacts): number {
  let found = 0;
  for (const { label, is } of wanted) {
    const known = label.normalize('NFKC');
    const at = text.indexOf(known);
    if (at >= 0 && keep(is, text.slice(at + known.length), facts)) found += 1;
  }
  return found;
}

/** A cell with label and value, or a label with its value in the next cell. */
function readKnown(cells: readonly string[], wanted: TableProfile['facts'], facts: StatementFacts): number {
  let found = 0;
  for (const [at, cell] of cells.entries()) {
    const [, label = '', , rest = ''] = LABEL_AND_VALUE.exec(cell) ?? [];
    const is = knownFact(label);
    if (!is || wanted.some((one) => one.is === is)) continue;
    if (keep(is, rest === '' ? (cells[at + 1] ?? '') : rest, facts)) found += 1;
  }
  return found;
}

function keep(is: FactName, text: string, facts: StatementFacts): boolean {
  const rest = text.replace(GAP, '');
  if (is === 'accountNumber') {
    const number = ACCOUNT.exec(rest)?.[0];
    if (number === undefined) return false;
    facts.accountNumber = number.replace(/[^\d*]/g, '');
    return true;
  }
  const value = VALUE.exec(rest)?.[0];
  const number = value === undefined ? undefined : is.endsWith('Count') ? countOf(value) : parseFen(value);
  if (typeof number !== 'number') return false;
  facts[is] = number;
  return true;
}

function countOf(text: string): number | undefined {
  const digits = text.replace(/,/g, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}
