import type { OrderLine, OrderParts } from './order.documents.js';

/** A line with what may still be asked back. */
export interface ReturnableLine {
  readonly line: OrderLine;
  readonly leftCount: number;
}

type RefundedOrder = Pick<OrderParts, 'parcels' | 'refunds'>;

/** A rejected or failed request frees its pieces; every other one keeps them. */
const FREED = new Set(['REJECTED', 'FAILED']);

export const returnableLines = ({ parcels, refunds }: RefundedOrder): ReturnableLine[] => {
  const claimed = new Map<string, number>();
  for (const refund of refunds) {
    if (FREED.has(refund.state)) continue;
    for (const { lineId, quantity } of refund.lines) claimed.set(lineId, (claimed.get(lineId) ?? 0) + quantity);
  }
  return parcels
    .flatMap(({ lines }) => lines)
    .map((line) => ({
      line,
      leftCount: line.quantity - Math.max(claimed.get(line.lineId) ?? 0, line.returnedQuantity),
    }))
    .filter(({ leftCount }) => leftCount > 0);
};

/** Wanted pieces by line id; a line that is not named is kept. */
export type Wanted = ReadonlyMap<string, number>;

export interface RefundPreview {
  /** Everything that may still be asked back is asked back. */
  readonly whole: boolean;
  /** Goods of the wanted pieces, exact. Packaging and postage come on top and are the server's to say. */
  readonly goodsFen: number;
  /** True where `goodsFen` is all the money of the order: nothing was sent and nothing asked back before. */
  readonly allMoneyFen: number | null;
  /** At most this many points go; exactly this many where the order is returned whole. */
  readonly pointsAtMost: number;
  /** Matched yuan that become void, where the terms say so for certain; the rest by the piece. */
  readonly undoneFen: number;
  readonly undoneByPiece: boolean;
}

/** What a refund would do, as far as it can be said before it is decided. */
export const previewRefund = (order: OrderParts, wanted: Wanted): RefundPreview => {
  const lines = returnableLines(order);
  const taken = (line: OrderLine): number => wanted.get(line.lineId) ?? 0;
  const whole = lines.length > 0 && lines.every(({ line, leftCount }) => taken(line) === leftCount);
  const untouched = order.refunds.length === 0 && order.parcels.every(({ shippedAt }) => shippedAt === null);
  return {
    whole,
    goodsFen: lines.reduce((sum, { line }) => sum + line.unitPriceFen * taken(line), 0),
    allMoneyFen: whole && untouched && order.state === 'PAID' ? order.totalFen : null,
    pointsAtMost: restOf(order, order.effect?.points ?? 0, ({ pointsTakenBack }) => pointsTakenBack),
    ...undone(order, { lines, taken, whole }),
  };
};

const restOf = (order: OrderParts, total: number, goneOf: (refund: OrderParts['refunds'][number]) => number): number =>
  Math.max(
    0,
    order.refunds.reduce((rest, refund) => (refund.state === 'DONE' ? rest - goneOf(refund) : rest), total),
  );

/** A match per line goes with the line's last piece, one per piece with each piece, one per order with the last line. */
const undone = (
  order: OrderParts,
  choice: { lines: readonly ReturnableLine[]; taken: (line: OrderLine) => number; whole: boolean },
): Pick<RefundPreview, 'undoneFen' | 'undoneByPiece'> => {
  const restFen = restOf(order, order.effect?.matchedFen ?? 0, ({ matchUndoneFen }) => matchUndoneFen);
  if (choice.whole) return { undoneFen: restFen, undoneByPiece: false };
  const returnedWhole = new Set(
    choice.lines.filter(({ line, leftCount }) => choice.taken(line) === leftCount).map(({ line }) => line.lineId),
  );
  const touched = new Set(choice.lines.filter(({ line }) => choice.taken(line) > 0).map(({ line }) => line.lineId));
  let undoneFen = 0;
  let undoneByPiece = false;
  for (const { unit, lineId, amountFen } of order.promises) {
    if (lineId === null || restFen === 0) continue;
    if (unit === 'LINE' && returnedWhole.has(lineId)) undoneFen += amountFen;
    if (unit === 'PIECE' && touched.has(lineId)) undoneByPiece = true;
  }
  return { undoneFen: Math.min(undoneFen, restFen), undoneByPiece };
};
