/**
 * An expected refusal: a sold-out shelf, a limit, a missing right. It is data, never an Error (graphql-js throws a
 * returned Error), and it always tells the person what to do.
 */
export interface Refusal {
  readonly refused: true;
  /** Stable, upper snake case, for programs: `SOLD_OUT`. */
  readonly code: string;
  /** One sentence in plain Chinese: what is wrong and what to do. */
  readonly message: string;
  /** Where in the input the trouble is (`lines.3.quantity`), when it is at one place. */
  readonly path?: string;
  /** Facts a program may act on, e.g. `{ productId, leftCount }`. Never personal data. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

export function refuse(
  code: string,
  message: string,
  more: { path?: string; details?: Refusal['details'] } = {},
): Refusal {
  return {
    refused: true,
    code,
    message,
    ...(more.path === undefined ? {} : { path: more.path }),
    ...(more.details === undefined ? {} : { details: more.details }),
  };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
}
