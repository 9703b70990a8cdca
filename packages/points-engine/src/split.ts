/**
 * The one place where a whole is split (rule 8: no float, no rounding elsewhere).
 *
 * Splits `total` (a whole number, 0 or more: points, fen) in proportion to `weights` by the largest remainder: each
 * part is first rounded down, what is left goes one by one to the largest remainders, the earlier part first where two
 * are equal. The parts always sum to `total`; weights that are all 0 count as equal. No weights: an empty list, and
 * then `total` must be 0. Throws `RangeError` on anything that is not a whole number from 0.
 */
export function splitByLargestRemainder(total: number, weights: readonly number[]): number[] {
  assertWhole(total, 'total');
  let weightSum = 0;
  for (const weight of weights) weightSum += assertWhole(weight, 'weight');
  assertWhole(weightSum, 'sum of weights');
  if (weights.length === 0) {
    if (total !== 0) throw new RangeError(`nothing to split ${total} over`);
    return [];
  }
  const used = weightSum === 0 ? weights.map(() => 1) : weights;
  const denominator = weightSum === 0 ? weights.length : weightSum;
  const parts = used.map((numerator) => mulDiv({ value: total, numerator, denominator }));
  let left = total;
  for (const part of parts) left -= part.quotient;
  // Fewer units are left than there are parts, as each remainder is below the denominator. The sort is stable: of two
  // equal remainders the earlier part stays first.
  const byRemainder = [...parts].sort((a, b) => b.remainder - a.remainder);
  for (const part of byRemainder.slice(0, left)) part.quotient += 1;
  return parts.map((part) => part.quotient);
}

/**
 * `value × numerator ÷ denominator` rounded down, with the remainder, exact for all safe whole numbers: products beyond
 * 2^53 take the slower road through BigInt.
 */
export function mulDiv(input: { value: number; numerator: number; denominator: number }): {
  quotient: number;
  remainder: number;
} {
  const { value, numerator, denominator } = input;
  const product = value * numerator;
  if (Number.isSafeInteger(product)) {
    const remainder = product % denominator;
    return { quotient: (product - remainder) / denominator, remainder };
  }
  const big = BigInt(value) * BigInt(numerator);
  const divisor = BigInt(denominator);
  return { quotient: Number(big / divisor), remainder: Number(big % divisor) };
}

function assertWhole(value: number, what: string): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`${what} must be a whole number from 0: ${value}`);
  return value;
}
