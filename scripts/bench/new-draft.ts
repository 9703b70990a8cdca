import { type Draft, boughtTallyId, priceOrder, purchaseFacts, shanghaiMonth } from '@aixin/api/internals';

const HOLD_MS = 900_000;

export interface DraftFacts {
  readonly orderId: string;
  readonly memberId: string;
  readonly contentHash: string;
  readonly placedAtMs: number;
  readonly organisationId: string;
  readonly ancestorIds: readonly string[];
  readonly lines: Parameters<typeof priceOrder>[0];
  readonly terms: Draft['terms'];
}

/** An order as `placeOrder` hands it to the queue, made without a shelf, an address or a portal: for tests and measurements. */
export function newDraft(facts: DraftFacts): Draft {
  const { orderId, memberId, contentHash, placedAtMs, organisationId, ancestorIds, lines, terms } = facts;
  const order: Draft['order'] = {
    _id: orderId,
    memberId,
    contentHash,
    number: '20261122 0931 0417',
    state: 'PLACED',
    revision: 1,
    channel: 'ONLINE',
    placedAt: new Date(placedAtMs),
    expiresAt: new Date(placedAtMs + HOLD_MS),
    organisationId,
    ancestorIds,
    ...priceOrder(lines),
    refundedFen: 0,
    address: null,
    payments: [],
    refunds: [],
  };
  const month = shanghaiMonth(placedAtMs);
  const limited = lines.flatMap(({ product: { productId, limitPerPerson }, quantity }) =>
    limitPerPerson === null
      ? []
      : [
          [
            boughtTallyId({ memberId, productId, month }),
            { productId, count: quantity, limit: limitPerPerson },
          ] as const,
        ],
  );
  return {
    order,
    pieces: new Map(lines.map(({ product, quantity }) => [product.productId, quantity])),
    limited: new Map(limited),
    facts: purchaseFacts(order),
    terms,
    expectedMatchFen: null,
  };
}
