/**
 * Amounts and days as banks write them, read without floats: digits go one by one into whole fen. What is not surely an
 * amount is none; nothing is rounded.
 */

const ZERO = 48;
const NINE = 57;
const DOT = 46;
const COMMA = 44;
/** Whole fen beyond this are no safe integers, and no bank line. */
const MOST_DIGITS = 15;

/**
 * `1,234.00` → 123400; `(5.00)`, `5.00-`, `-5`, `（５．００）` → −500. Signs of currency and blanks around are left out; a third
 * decimal must be a zero. Null for an empty cell or a lone dash; undefined for what is no amount.
 */
export function parseFen(text: string): number | null | undefined {
  return parsePlain(text) ?? parseDecorated(text);
}

/** `1234.5`, `1,234.50`: nearly every amount of a file. Undefined for all else. */
function parsePlain(text: string): number | undefined {
  const { length } = text;
  if (length === 0 || length > 24) return undefined;
  let yuan = 0;
  let at = 0;
  let digits = 0;
  let sinceComma = -1;
  for (; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      yuan = yuan * 10 + (code - ZERO);
      digits += 1;
      if (sinceComma >= 0) sinceComma += 1;
    } else if (code === COMMA) {
      // A comma parts thousands and nothing else: `1,5` may be one and a half in another country.
      if (digits === 0 || (sinceComma >= 0 ? sinceComma !== 3 : digits > 3)) return undefined;
      sinceComma = 0;
    } else break;
  }
  if ((sinceComma >= 0 && sinceComma !== 3) || digits > MOST_DIGITS - 2) return undefined;
  if (at === length) return digits === 0 ? undefined : yuan * 100;
  if (text.charCodeAt(at) !== DOT) return undefined;
  let cents = 0;
  let decimals = 0;
  for (at += 1; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) return undefined;
    decimals += 1;
    if (decimals <= 2) cents = cents * 10 + (code - ZERO);
    // A part of a fen is not money: it would have to be rounded.
    else if (code !== ZERO) return undefined;
  }
  if (digits + decimals === 0 || decimals === 0) return undefined;
  return yuan * 100 + (decimals === 1 ? cents * 10 : cents);
}

/** Full-width forms, signs, brackets, currency; each at most once, and only where people write them. */
function parseDecorated(text: string): number | null | undefined {
  if (text.length > 64) return undefined;
  let rest = text
    .normalize('NFKC')
    .replace(/[−–—]/g, '-')
    .replace(/\s+/g, '')
    .replace(/^(?:RMB|CNY|¥)|(?:元|RMB|CNY)$/gi, '');
  if (rest === '' || rest === '-' || rest === '--') return null;
  let sign = 1;
  if (rest.startsWith('(') && rest.endsWith(')')) {
    rest = rest.slice(1, -1);
    sign = -1;
  } else if (rest.startsWith('-') || rest.startsWith('+')) {
    sign = rest.startsWith('-') ? -1 : 1;
    rest = rest.slice(1);
  } else if (rest.endsWith('-') || rest.endsWith('+')) {
    sign = rest.endsWith('-') ? -1 : 1;
    rest = rest.slice(0, -1);
  }
  const amountFen = parsePlain(rest.replace(/^¥/, ''));
  return amountFen === undefined ? undefined : amountFen === 0 ? 0 : sign * amountFen;
}

const DAY =
  /^(\d{4})(?:(\d{2})(\d{2})|[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:$|[ T].*|\d{6}$|-\d{2}[.:]\d{2}[.:].*|(?<=日)\d{1,2}:.*)/;
const FIRST_YEAR = 1990;
const LAST_YEAR = 2200;

/** `20240101`, `2024-1-1`, `2024/01/01 09:30`, `2024年1月1日` → `2024-01-01`; undefined for what is no day of the calendar. */
export function parseDay(text: string): string | undefined {
  const found = DAY.exec(text.length > 40 ? '' : text.normalize('NFKC').trim());
  if (!found) return undefined;
  const year = Number(found[1]);
  const month = Number(found[2] ?? found[4] ?? found[6]);
  const day = Number(found[3] ?? found[5] ?? found[7]);
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined;
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Blanks that a table's export leaves around and inside of cells. */
const UNTIDY = /^[\s'=]|\s$|\s\s|[\t\r\n\u00a0\u3000]/;

/** Text as it is kept and compared: blanks single, Excel's `="123"` and leading ' taken off. The bank's words stay. */
export function cleanText(text: string): string {
  if (!UNTIDY.test(text)) return text;
  const tidy = text.replace(/\s+/g, ' ').trim();
  return (/^="([^"]*)"$/.exec(tidy)?.[1] ?? tidy.replace(/^'/, '')).trim();
}

/** What banks write where there is nothing to write. */
const NOTHING = /^(?:[-—–_/]+|无|null)$/i;

/** A text of a line as it is kept; `--` is none. */
export function lineText(cell: string | undefined): string {
  const text = cleanText(cell ?? '');
  return NOTHING.test(text) ? '' : text;
}
