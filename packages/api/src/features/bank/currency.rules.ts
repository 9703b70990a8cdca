/** What a file says of its currency: a column, a unit in the header, a line of the preamble. Only yuan are booked. */

/** A column of this name says of each row in which currency it is. */
const COLUMN =
  /^(?:交易|账户|记账|结算|账单)?(?:币种|币别|货币|币制|货币种类|货币名称|币种名称|币种代码)$|currency$|^ccy$/i;
/** Codes of the yuan: ISO 4217 by letters and by number, and those that banks of the country use. */
const YUAN_CODES = new Set(['CNY', 'RMB', 'CNH', '156', '01', '001', '10', '¥', '元', '']);
const FOREIGN =
  /美元|美金|港币|港元|欧元|日元|英镑|澳元|加元|瑞士法郎|新加坡元|韩元|澳门元|台币|卢布|泰铢|\b(?:USD|HKD|EUR|JPY|GBP|AUD|CAD|CHF|SGD|KRW|MOP|TWD|RUB|THB|NZD|SEK)\b/i;

export function isCurrencyColumn(name: string): boolean {
  return COLUMN.test(name);
}

/** `人民币`, `CNY`, `RMB`, `156`, `人民币元 CNY`; an empty cell says nothing. */
export function isYuan(cell: string): boolean {
  const text = cell
    .normalize('NFKC')
    .replace(/[\s\-()]/g, '')
    .toUpperCase();
  return YUAN_CODES.has(text) || (/人民币|CNY|RMB/.test(text) && !FOREIGN.test(cell));
}

/** A text that names another currency: the unit of a header, a line of the preamble. */
export function foreignCurrencyOf(text: string): string | null {
  return FOREIGN.exec(text.normalize('NFKC'))?.[0] ?? null;
}
