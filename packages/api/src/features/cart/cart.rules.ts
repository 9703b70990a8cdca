/** An order takes fifty lines at most. */
export const MOST_LINES = 50;
/** More of one product is a slip of the finger. */
export const MOST_QUANTITY = 999;

export interface CartLine {
  readonly productId: string;
  readonly quantity: number;
}

/**
 * One thing that a person did to the cart, so told that it can be done after what was done elsewhere meanwhile, and nothing
 * of either is lost: `ADD` and `TAKE` count from what is there then, `AT_LEAST` twice is as once, `SET` is the last word.
 */
export interface CartChange extends CartLine {
  readonly kind: 'ADD' | 'TAKE' | 'SET' | 'AT_LEAST';
}

/** The lines after these changes, in order; what is more than an order takes is left out. */
export function changed(lines: readonly CartLine[], changes: readonly CartChange[]): readonly CartLine[] {
  return changes.reduce(afterOne, lines).slice(0, MOST_LINES);
}

function afterOne(lines: readonly CartLine[], { productId, kind, quantity }: CartChange): readonly CartLine[] {
  const had = lines.find((line) => line.productId === productId)?.quantity ?? 0;
  const wanted = { ADD: had + quantity, TAKE: had - quantity, SET: quantity, AT_LEAST: Math.max(had, quantity) }[kind];
  const line = { productId, quantity: Math.min(wanted, MOST_QUANTITY) };
  if (line.quantity <= 0) return lines.filter((one) => one.productId !== productId);
  if (had === 0) return [...lines, line];
  return lines.map((one) => (one.productId === productId ? line : one));
}
