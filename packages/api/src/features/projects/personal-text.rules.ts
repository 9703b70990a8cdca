/** Eleven digits of a mobile of the mainland, or an area code and a number. */
const TELEPHONE = /(?<!\d)(?:(?:86)?1[3-9]\d{9}|0\d{2,3}\d{7,8})(?!\d)/;
/** Region, day of birth, sequence, check digit; the fifteen digits of before 1999 have a short year and no check. */
const ID_NUMBER =
  /(?<![\dA-Za-z])[1-8]\d{5}(?:(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?![\dA-Za-z])/;

/**
 * Whether a text holds what looks like an ID number or a telephone number, also in full-width digits or with blanks and
 * dashes between: who was helped stays unnamed.
 */
export function looksPersonal(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/(?<=\d)(?:[\s\-‐-―·]+(?=[\dXx])|\.(?=\d{3}))/gu, '');
  return ID_NUMBER.test(plain) || TELEPHONE.test(plain);
}
