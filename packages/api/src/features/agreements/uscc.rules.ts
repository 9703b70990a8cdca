/**
 * 统一社会信用代码 (USCC) by GB 32100-2015: 18 characters of this alphabet (no I, O, S, V, Z), of which the last is a check
 * character: C18 = 31 − (Σ Cᵢ · 3^(i−1) mod 31), where 31 is written as 0. As 31 is a prime and 3 one of its primitive
 * roots, one wrong character and two neighbours that changed places are always found.
 */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 18;

/** As the standard writes it: capitals, ordinary width, no blanks or hyphens. It may still be wrong. */
export function normalUscc(text: string): string {
  return text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
}

/** The check character that belongs to the first 17; null when one of them is not of the alphabet. */
export function usccCheckCharacter(body: string): string | null {
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

export type UsccFault = 'LENGTH' | 'CHARACTER' | 'CHECK';

/** What is wrong with a normalised code; null: nothing. */
export function usccFault(code: string): UsccFault | null {
  if (code.length !== LENGTH) return 'LENGTH';
  if ([...code].some((character) => !ALPHABET.includes(character))) return 'CHARACTER';
  return usccCheckCharacter(code.slice(0, -1)) === code.at(-1) ? null : 'CHECK';
}

const FAULT_TEXTS: Readonly<Record<UsccFault, string>> = {
  LENGTH: '统一社会信用代码应为 18 位，请核对证照后重新填写。',
  CHARACTER: '统一社会信用代码只含数字和大写字母，且不含 I、O、S、V、Z，请核对证照。',
  CHECK: '统一社会信用代码的校验位不对，可能有一位填错或两位颠倒，请对照证照逐位核对。',
};

export function usccFaultText(fault: UsccFault): string {
  return FAULT_TEXTS[fault];
}
