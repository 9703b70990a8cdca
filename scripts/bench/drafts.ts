import { type Draft, type Order, derivedId } from '@aixin/api/internals';
import { BENCH_AGREEMENT_ID } from '../seed/agreements.js';
import { newDraft } from './new-draft.js';

const MEMBERS = 5_000;
const TERM_MS = 900_000;
const QUANTITY = 2;
/** Every third product is a charity item, as on the seeded shelf. */
const CHARITY_EVERY = 3;

/** The n-th order of a benchmark: one line of one of `products` products, by one of 5,000 members of 500 branches. */
export function draftOf(n: number, products: number): Draft {
  const nowMs = Date.now();
  const memberId = `m-${n % MEMBERS}`;
  const product = productOf(n % products);
  const { productId, charityItem } = product;
  const term = { fromMs: 0, untilMs: nowMs + TERM_MS };
  return newDraft({
    orderId: derivedId('bench', memberId, String(n)),
    memberId,
    contentHash: derivedId('content', String(n)),
    placedAtMs: nowMs,
    organisationId: `b-${n % 500}`,
    ancestorIds: ['root', `u-${n % 97}`, `c-${n % 250}`],
    lines: [{ product, quantity: QUANTITY }],
    terms: charityItem
      ? [{ agreementId: BENCH_AGREEMENT_ID, unit: 'line', amountFenPerUnit: 100, productIds: [productId], ...term }]
      : [],
  });
}

function productOf(product: number) {
  return {
    productId: `p-${product}`,
    supplierId: `s-${product % 40}`,
    countyCode: '500229',
    categoryKey: 'honey',
    title: '大巴山百花蜂蜜',
    specification: '500 克',
    traceCode: 'CK-2609-0113',
    returnKind: 'SEVEN_DAYS',
    priceFen: 6_800,
    postageFen: 600,
    packagingFen: 0,
    limitPerPerson: 1_000_000,
    charityItem: product % CHARITY_EVERY === 0,
  } as const;
}

/** The same as it stands in the database after placement. */
export function orderOf(draft: Draft): Order {
  const promises = draft.terms.map(({ agreementId, unit, amountFenPerUnit }) => ({
    agreementId,
    unit,
    lineId: '1',
    unitCount: 1,
    amountFen: amountFenPerUnit,
    reason: '每个订单行由配捐方捐出 1.00 元',
  }));
  return { ...draft.order, promises };
}
