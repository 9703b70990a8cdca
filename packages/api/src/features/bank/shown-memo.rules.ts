/** ID number (18, or 15 of before 1999), mobile with or without 86, card or account of 12 to 19 digits; blanks and dashes between. */
const NUMBER = /(?<![A-Za-z\d])\+?\d(?:[\s\p{Cf}\p{Pd}]{0,2}\d){10,20}[Xx]?(?![A-Za-z\d])/gu;
const FULL_WIDTH = /[０-９Ｘｘ＋]/gu;
const ID = /^[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/;
const OLD_ID = /^[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/;
const MOBILE = /^(?:\+?86)?1[3-9]\d{9}$/;

/**
 * A bank's memo as the desk and the exported table show it: ID numbers, mobiles and card numbers are masked, whatever
 * stands between their digits (rule 16). Other long numbers (a batch, an order, a serial) stay.
 */
export function shownMemo(memo: string): string {
  const plain = memo.replace(FULL_WIDTH, (one) => one.normalize('NFKC'));
  const shown = masked(plain);
  return shown === plain ? memo : shown;
}

function masked(text: string): string {
  return text.replace(NUMBER, (found) => {
    const number = found.replace(/[^\d+Xx]/g, '');
    if (ID.test(number) || OLD_ID.test(number)) return `证件号 ${number.slice(0, 2)}****`;
    if (MOBILE.test(number)) return `${number.slice(-11, -8)}****${number.slice(-4)}`;
    return isCard(number) ? `尾号 ${number.slice(-4)}` : found;
  });
}

/** A bank card: 16 to 19 digits whose check digit (Luhn) is right, as all cards' is. */
function isCard(number: string): boolean {
  if (!/^\d{16,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const twice = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}
