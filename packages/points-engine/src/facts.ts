/**
 * What can earn love points (rule 4). `purchase` is one paid order (一笔爱心购), the others are one action each:
 * a review, a recommendation, a nomination that was accepted, an activity attended.
 */
export type ActionKind = 'purchase' | 'review' | 'recommendation' | 'nomination' | 'activity';

/** Every kind, in the order in which screens and reports list them. */
export const ACTION_KINDS: readonly ActionKind[] = ['purchase', 'review', 'recommendation', 'nomination', 'activity'];

/** One order line as the order froze it. The engine never asks what the product is today. */
export interface FactLine {
  /** Unique within the order. */
  lineId: string;
  productId: string;
  /** GB/T 2260, six digits, as `500229` for 城口. */
  countyCode: string;
  categoryKey: string;
  /** Pieces, 1 or more. */
  quantity: number;
  /** What the buyer paid for the whole line, fen (rule 8: money is whole fen). */
  amountFen: number;
  /** Whether the product carried the 公益宝贝 badge when it was ordered (rule 5). */
  charityItem: boolean;
}

/** What happened, as far as points and matches depend on it. JSON. */
export interface Facts {
  kind: ActionKind;
  /** Where it happened, as `web`, `wechat`, `offline`; the host's words. */
  channel: string;
  /** A purchase has at least one line; other actions usually have none. */
  lines: readonly FactLine[];
  /** What an action without lines is about: the county, category or product that was reviewed, recommended, nominated. */
  countyCode?: string;
  categoryKey?: string;
  productId?: string;
}

/** The most lines one purchase may have here; the shop allows 50. A bound, so that one decision has one. */
export const MAX_LINES = 200;

/**
 * Throws `RangeError` on facts no order can have. The callers build facts from a frozen order, so a bad one is a
 * programming error and not a refusal for a person.
 */
export function assertFacts(facts: Facts): void {
  const { lines } = facts;
  if (lines.length > MAX_LINES) throw new RangeError(`at most ${MAX_LINES} lines, not ${lines.length}`);
  if (lines.length === 0 && facts.kind === 'purchase') throw new RangeError('a purchase has at least one line');
  for (const line of lines) {
    if (!Number.isSafeInteger(line.quantity) || line.quantity < 1) {
      throw new RangeError(`line ${line.lineId}: quantity must be a whole number from 1, not ${line.quantity}`);
    }
    if (!Number.isSafeInteger(line.amountFen) || line.amountFen < 0) {
      throw new RangeError(`line ${line.lineId}: amountFen must be whole fen, not ${line.amountFen}`);
    }
  }
}
