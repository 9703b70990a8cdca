/** Sums are searched among so many; a person does not see through more either. */
export const MOST_SUMMANDS = 50;
/** With so many ways a sum says nothing: it is not searched further. */
const MOST_WAYS = 8;

/** All ways, `MOST_WAYS` at most, in which two or three of the amounts make the sum; as positions, ascending. */
export function waysToSum(amountsFen: readonly number[], sumFen: number): number[][] {
  const amounts = amountsFen.slice(0, MOST_SUMMANDS);
  const places = new Map<number, number[]>();
  amounts.forEach((amount, index) => {
    const known = places.get(amount);
    if (known) known.push(index);
    else places.set(amount, [index]);
  });
  const ways: number[][] = [];
  for (let i = 0; i < amounts.length; i += 1) {
    for (let j = i + 1; j < amounts.length; j += 1) {
      const restFen = sumFen - (amounts[i] ?? 0) - (amounts[j] ?? 0);
      if (restFen === 0) ways.push([i, j]);
      else if (restFen > 0) {
        for (const k of places.get(restFen) ?? []) if (k > j && ways.length < MOST_WAYS) ways.push([i, j, k]);
      }
      if (ways.length >= MOST_WAYS) return ways;
    }
  }
  return ways;
}
