/** 9,999,999,999.99: more is no amount of a statement. */
const MOST_DIGITS = 10;

/** `1,234.5` → 123450 fen; null for what is no amount. The sign does not matter to a search. */
export function amountOfText(text: string): number | null {
  const found = /^[-+¥]?(\d[\d,]*)(?:\.(\d{1,2}))?$/.exec(text.replaceAll(' ', ''));
  if (!found) return null;
  const yuan = (found[1] ?? '').replaceAll(',', '');
  if (yuan.length > MOST_DIGITS) return null;
  return Number(`${yuan}${(found[2] ?? '').padEnd(2, '0')}`);
}
