import { isWholeText } from '../kernel/text.js';
import { requestError } from './errors.js';

/** The most entries of one page. */
export const MAX_PAGE = 100;

/** Every list that takes `first` is bounded by it, whoever asks. Throws a request error. */
export function checkFirst(args: object): void {
  const { first } = args as { first?: number | null };
  if (first === undefined || first === null) return;
  if (first < 1 || first > MAX_PAGE) throw requestError('PAGE_SIZE', `每页可以取 1 到 ${MAX_PAGE} 条，请调整后再试。`);
}

/** How many to give: `first`, or the usual number where a client says null. */
export function firstOf(args: { readonly first?: number | null | undefined }, usual: number): number {
  return Math.min(args.first ?? usual, MAX_PAGE);
}

export interface Page<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A Relay page. `cursorOf` gives the key that the next page starts after; it goes out as it is, so it must be opaque. */
export function pageOf<Node>(input: {
  readonly nodes: readonly Node[];
  readonly cursorOf: (node: Node, index: number) => string;
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}): Page<Node> {
  const edges = input.nodes.map((node, index) => ({ cursor: input.cursorOf(node, index), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: input.hasNextPage,
      hasPreviousPage: input.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A cursor that holds a few plain values, and the way back; undefined for one that we did not write. */
export function encodeCursor(...parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

export function decodeCursor(cursor: string | null | undefined): (string | number)[] | undefined {
  if (!cursor) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.every(isOfCursor)) return parts;
  } catch {
    // Not even JSON: the same answer as for any other text that is no cursor of ours.
  }
  throw requestError('CURSOR_INVALID', '翻页位置无效，请回到第一页再试。');
}

/** The furthest moment that a date can hold, and more than any number in a list. */
const MOST_IN_CURSOR = 8_640_000_000_000_000;

/** We write whole texts, instants and places in a list; anything else would be a fault deeper inside. */
function isOfCursor(part: unknown): part is string | number {
  if (typeof part === 'string') return isWholeText(part);
  return Number.isSafeInteger(part) && Math.abs(part as number) <= MOST_IN_CURSOR;
}
