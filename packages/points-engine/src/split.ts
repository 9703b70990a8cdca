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
  const usedSum = weightSum === 0 ? weights.length : weightSum;
  const parts: number[] = [];
  const remainders: number[] = [];
  let left = total;
  for (const weight of used) {
    const { quotient, remainder } = mulDiv({ value: total, numerator: weight, denominator: usedSum });
    parts.push(quotient);
    remainders.push(remainder);
    left -= quotient;
  }
  // Fewer units are left than there are parts: each remainder is below the sum of weights.
  const order = remainders.map((_, index) => index).sort((a, b) => remainders[b]! - remainders[a]! || a - b);
  for (const index of order.slice(0, left)) parts[index]! += 1;
  return parts;
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
