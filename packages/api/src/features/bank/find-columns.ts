import { foreignCurrencyOf, isCurrencyColumn } from './currency.rules.js';
import { StatementFault } from './formats/statement-fault.js';
import { type ColumnRef, type TableProfile, columnsOf } from './profiles.rules.js';
import { type AmountReader, amountReader } from './row-amounts.rules.js';

/** Who paid and who was paid, where the bank has columns for both. */
interface Parties {
  readonly name: number;
  readonly account: number;
}

/** Where a profile's columns stand in a file; -1 for a column that there is not. */
export interface Places {
  readonly day: number;
  readonly amount: AmountReader;
  readonly balance: number;
  readonly counterparty: number;
  readonly counterpartyAccount: number;
  readonly payer: Parties;
  readonly payee: Parties;
  readonly bankSerial: number;
  readonly ownAccount: number;
  readonly currencies: readonly number[];
  readonly memo: readonly number[];
  /** The columns of credit and debit, which a row of totals sums; null where there is one column for both. */
  readonly totals: { readonly credit: number; readonly debit: number; readonly debitSign: 1 | -1 } | null;
  /** The one column of amounts, where there is no pair. */
  readonly turnover: number;
  /** A row with fewer cells is no line. */
  readonly leastCells: number;
  /** Cells up to the header's last name; null where the file has no header. */
  readonly namedCells: number | null;
  /** Cells of the header's row, named or not. */
  readonly headerCells: number;
}

/** `交易金额（元）` and `交易金额` are one name, and so are 帐号 and 账号: banks write either. */
export function headerName(cell: string): string {
  return cell
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replaceAll('帐', '账')
    .replace(/\((?:单位:?)?(?:元|人民币|人民币元|RMB|CNY)\)$/i, '');
}

/** Where the profile's columns stand; null when one of its names is not among these. */
export function placesOf(profile: TableProfile, names: readonly string[]): Places | null {
  const place = (column: ColumnRef | null | undefined): number => {
    if (!column) return -1;
    return 'index' in column ? column.index - 1 : names.indexOf(headerName(column.name));
  };
  if (columnsOf(profile).some((column) => place(column) < 0)) return null;
  const [day, balance] = [place(profile.day), place(profile.balance)];
  const amount = amountReader(profile, place);
  const { amount: kind } = profile;
  return {
    day,
    balance,
    amount,
    totals:
      kind.kind === 'pair'
        ? { credit: place(kind.credit), debit: place(kind.debit), debitSign: kind.debitIsNegative ? -1 : 1 }
        : null,
    turnover: kind.kind === 'pair' ? -1 : place(kind.amount),
    counterparty: place(profile.counterparty),
    counterpartyAccount: place(profile.counterpartyAccount),
    payer: { name: place(profile.payer), account: place(profile.payerAccount) },
    payee: { name: place(profile.payee), account: place(profile.payeeAccount) },
    bankSerial: place(profile.bankSerial),
    ownAccount: profile.ownAccount ? place(profile.ownAccount) : ownAccountPlace(names, columnsOf(profile).map(place)),
    currencies: profile.currency ? [place(profile.currency)] : currencyPlaces(names, amount.places),
    memo: profile.memo.map(place),
    leastCells: Math.max(day, balance, ...amount.places) + 1,
    namedCells: names.length === 0 ? null : names.findLastIndex((name) => name !== '') + 1,
    headerCells: names.length,
  };
}

/** A column that surely holds the number of the statement's own account. */
const OWN_ACCOUNT = /^(?:本方|我方|本行|本户|查询|自身)(?:账号|账户|账户号|卡号|银行账号)$/;
/** These do so only beside a column with the other side's number. */
const BARE_ACCOUNT = /^(?:账号|账户|卡号|账户号|银行账号|交易账号|交易卡号)$/;
const OTHERS_ACCOUNT = /^(?:对方|对手|交易对方|交易对手|收\/?付方|往来).*(?:账号|账户|卡号)/;

export function ownAccountPlace(names: readonly string[], taken: readonly number[]): number {
  const isFree = (at: number): boolean => !taken.includes(at);
  const own = names.findIndex((name, at) => OWN_ACCOUNT.test(name) && isFree(at));
  if (own >= 0 || !names.some((name) => OTHERS_ACCOUNT.test(name))) return own;
  return names.findIndex((name, at) => BARE_ACCOUNT.test(name) && isFree(at));
}

/**
 * The columns that say the currency of what is read. Where several do, for the amount of the purchase and for the billed
 * one, those count that begin like the amount's column; where none does, all.
 */
function currencyPlaces(names: readonly string[], amounts: readonly number[]): number[] {
  const places = names.flatMap((name, at) => (isCurrencyColumn(name) ? [at] : []));
  if (places.length < 2) return places;
  const beginning = (name: string): string =>
    name.replace(/(?:币种|币别|货币|币制|金额|发生额|currency|amount).*$/i, '').toLowerCase();
  const read = amounts.map((at) => beginning(names[at] ?? ''));
  const own = places.filter((at) => read.includes(beginning(names[at] ?? '')));
  return own.length > 0 ? own : places;
}

/** Which of two columns of one name is meant, nobody could say: it is money that would be read from the wrong one. */
export function refuseDoubled(profile: TableProfile, header: { names: readonly string[]; lineNo: number }): void {
  const { names, lineNo } = header;
  for (const column of columnsOf(profile)) {
    if (!('name' in column)) continue;
    const wanted = headerName(column.name);
    if (names.indexOf(wanted) === names.lastIndexOf(wanted)) continue;
    const text = `表头里有两列都叫“${column.name}”，分不清该读哪一列，请在模板里改用列号。`;
    throw new StatementFault('COLUMN_DOUBLED', text, lineNo);
  }
}

/** `交易金额(USD)`: the unit of a column of money is another currency's. */
export function refuseForeignUnit(places: Places, header: { names: readonly string[]; lineNo: number }): void {
  for (const at of [...places.amount.places, places.balance]) {
    const foreign = foreignCurrencyOf(header.names[at] ?? '');
    if (foreign !== null) throw foreignFault(foreign, header.lineNo);
  }
}

export function foreignFault(currency: string, lineNo: number): StatementFault {
  const text = `币种是“${currency.slice(0, 8)}”，这里只记人民币账户，请只导出人民币的明细。`;
  return new StatementFault('CURRENCY', text, lineNo);
}

export function headerMissing(profile: TableProfile, lineNo: number | null): StatementFault {
  const names = columnsOf(profile).flatMap((column) => ('name' in column ? [column.name] : []));
  const text = `没有找到含有“${[...new Set(names)].join('、')}”的表头，请检查编码、分隔符，或换一个模板。`;
  return new StatementFault('HEADER_MISSING', text, lineNo);
}
