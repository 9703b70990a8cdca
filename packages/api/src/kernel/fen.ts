/**
 * Money is integer fen (1 yuan = 100 fen), everywhere and without exception (rule 8). These helpers are the only way
 * money is checked, added and shown; nothing here rounds.
 */

/** Throws on anything that is not a whole, safe number of fen: a fraction of a fen is a programming error. */
export function assertFen(amountFen: number, what = 'amountFen'): number {
  if (!Number.isSafeInteger(amountFen)) throw new RangeError(`${what} is not whole fen: ${String(amountFen)}`);
  return amountFen;
}

/** Adds amounts, checking each and the sum. */
export function sumFen(amountsFen: Iterable<number>): number {
  let totalFen = 0;
  for (const amountFen of amountsFen) totalFen += assertFen(amountFen);
  return assertFen(totalFen, 'sum');
}

/** `13605` → `"136.05"`, `-5` → `"-0.05"`. Text only: never parsed back. */
export function formatYuan(amountFen: number): string {
  const digits = String(Math.abs(assertFen(amountFen))).padStart(3, '0');
  return `${amountFen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
