/**
 * Finds the references of remittances (`AX202610-02`) in what people and banks made of them: `AX2026 10-02`,
 * `ax202610—02`, `ＡＸ２０２６１０－０２`. One walk over the characters, no pattern that could turn back.
 */

/** A memo of a bank is a line; what is longer is not read to its end. */
const MOST_CHARACTERS = 2_000;
/** No line pays more remittances than this at once. */
const MOST_REFERENCES = 8;
const MONTH_DIGITS = 6;
const LEAST_DIGITS = 2;
const MOST_DIGITS = 7;

/** The references in a text as they are kept, each once, in order. */
export function findReferences(text: string): string[] {
  const found: string[] = [];
  const end = Math.min(text.length, MOST_CHARACTERS);
  let endOfLast = 0;
  for (let at = 0; at < end && found.length < MOST_REFERENCES; at += 1) {
    if (!isLetter(text.charCodeAt(at), LETTER_A) || (at > endOfLast && isWord(text.charCodeAt(at - 1)))) continue;
    const letterX = skipGaps(text, at + 1, end);
    if (letterX >= end || !isLetter(text.charCodeAt(letterX), LETTER_X)) continue;
    const month = readMonth(text, letterX + 1, end);
    if (!month) continue;
    const number = readNumber(text, month.next, end);
    // What was passed holds no other beginning, so the walk never goes back.
    at = (number?.next ?? month.next) - 1;
    endOfLast = number?.next ?? endOfLast;
    const reference = number ? `AX${month.digits}-${number.digits}` : undefined;
    if (reference && !found.includes(reference)) found.push(reference);
  }
  return found;
}

interface Digits {
  readonly digits: string;
  readonly next: number;
}

/** Six digits that are a month, whatever gaps a narrow field put between them. */
function readMonth(text: string, from: number, end: number): Digits | undefined {
  let digits = '';
  let at = from;
  while (at < end && digits.length < MONTH_DIGITS) {
    const code = text.charCodeAt(at);
    const digit = digitOf(code);
    if (digit >= 0) digits += String(digit);
    else if (!isGap(code)) return undefined;
    at += 1;
  }
  const month = Number(digits.slice(4));
  return digits.length === MONTH_DIGITS && month >= 1 && month <= 12 ? { digits, next: at } : undefined;
}

/**
 * The number behind the month: digits that stand together; gaps are passed only while there are fewer than two, as `10-02 3`
 * is number 02 and something else. A longer run is an account or a date, not a number of ours; and so is one that a letter
 * goes on: `AX202610-02X` is somebody else's contract, unless the letter begins the next reference.
 */
function readNumber(text: string, from: number, end: number): Digits | undefined {
  let digits = '';
  let at = from;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const digit = digitOf(code);
    if (digit >= 0) digits += String(digit);
    else if (digits.length >= LEAST_DIGITS || !isGap(code)) break;
    if (digits.length > MOST_DIGITS) return undefined;
  }
  if (at < end && isWord(text.charCodeAt(at)) && !beginsReference(text, at, end)) return undefined;
  return digits.length >= LEAST_DIGITS ? { digits, next: at } : undefined;
}

function beginsReference(text: string, at: number, end: number): boolean {
  const letterX = skipGaps(text, at + 1, end);
  return isLetter(text.charCodeAt(at), LETTER_A) && letterX < end && isLetter(text.charCodeAt(letterX), LETTER_X);
}

function skipGaps(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isGap(text.charCodeAt(at))) at += 1;
  return at;
}

const LETTER_A = 0x41;
const LETTER_X = 0x58;
const TO_LOWER = 0x20;
/** From a plain character to its full-width form. */
const TO_WIDE = 0xfee0;

function isLetter(code: number, upper: number): boolean {
  const plain = code > TO_WIDE ? code - TO_WIDE : code;
  return plain === upper || plain === upper + TO_LOWER;
}

function digitOf(code: number): number {
  const digit = (code > TO_WIDE ? code - TO_WIDE : code) - 0x30;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** A letter or digit before it: the text says something else that ends like us. */
function isWord(code: number): boolean {
  const plain = code > TO_WIDE ? code - TO_WIDE : code;
  return digitOf(code) >= 0 || (plain >= 0x41 && plain <= 0x5a) || (plain >= 0x61 && plain <= 0x7a);
}

/**
 * Blanks, and dashes of all kinds: hyphens, figure, en and em dashes, minus, full-width and small ones, the underscore, and
 * two that an input method gives for a dash: ー and 一.
 */
const GAPS = new Set([
  ...[0x09, 0x0a, 0x0d, 0x20, 0xa0, 0x1680, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff],
  ...[0x2d, 0x5f, 0xad, 0x058a, 0x2043, 0x207b, 0x208b, 0x2212, 0x2e3a, 0x2e3b, 0x301c, 0x3030],
  ...[0x30fc, 0x4e00, 0xfe58, 0xfe63, 0xff0d, 0xff3f, 0xff70, 0x2500, 0x2501],
]);

function isGap(code: number): boolean {
  return GAPS.has(code) || (code >= 0x2000 && code <= 0x200d) || (code >= 0x2010 && code <= 0x2015);
}
