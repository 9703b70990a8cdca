import { nextShanghaiMonthMs } from '../../kernel/shanghai.js';
import type { Agreement } from '../agreements/index.js';
import { badge, offShelfReason } from './catalogue.rules.js';
import type { CatalogueProduct, CharityItem, Product } from './catalogue.types.js';

/** The facts one product's view is made of. */
export interface ViewFacts {
  readonly product: Product;
  readonly stockLeft: number;
  readonly soldCount: number;
  readonly score: { readonly scoreTenths: number; readonly reviewCount: number } | undefined;
  readonly agreements: readonly { readonly agreement: Agreement; readonly leftFen: number }[];
}

/** How a product shows at this moment; null when it is not on the shelf. */
export function viewOf(facts: ViewFacts, nowMs: number): CatalogueProduct | null {
  const { product } = facts;
  if (offShelfReason(product, nowMs)) return null;
  return Object.freeze({
    product,
    stockLeft: facts.stockLeft,
    charityItem: firstBadge(facts, nowMs),
    soldCount: facts.soldCount,
    scoreTenths: facts.score?.scoreTenths ?? null,
    reviewCount: facts.score?.reviewCount ?? 0,
  });
}

/** A product belongs to at most one agreement in force; should two overlap, the first by id is promised, never both. */
function firstBadge({ agreements }: ViewFacts, nowMs: number): CharityItem | null {
  for (const { agreement, leftFen } of agreements) {
    const charityItem = badge(agreement, leftFen, nowMs);
    if (charityItem) return Object.freeze(charityItem);
  }
  return null;
}

export function sameView(a: CatalogueProduct, b: CatalogueProduct): boolean {
  return (
    a.product === b.product &&
    a.stockLeft === b.stockLeft &&
    a.soldCount === b.soldCount &&
    a.scoreTenths === b.scoreTenths &&
    a.reviewCount === b.reviewCount &&
    sameBadge(a.charityItem, b.charityItem)
  );
}

function sameBadge(a: CharityItem | null, b: CharityItem | null): boolean {
  if (!a || !b) return a === b;
  return (
    a.agreementId === b.agreementId &&
    a.amountFen === b.amountFen &&
    a.unit === b.unit &&
    a.sponsorName === b.sponsorName &&
    a.validUntil.getTime() === b.validUntil.getTime()
  );
}

/**
 * The next instant at which something begins or ends by itself: a certificate, an agreement's term, a month of one that has
 * a cap per month; Infinity without one.
 */
export function nextTurnMs(products: Iterable<Product>, agreements: Iterable<Agreement>, nowMs: number): number {
  let nextMs = Infinity;
  const consider = (date: Date | null): void => {
    const atMs = date?.getTime() ?? Infinity;
    if (atMs > nowMs && atMs < nextMs) nextMs = atMs;
  };
  for (const product of products) for (const one of product.certificates) consider(one.validUntil);
  for (const agreement of agreements) {
    consider(agreement.validFrom);
    consider(agreement.validUntil);
    if (agreement.monthlyCapFen !== null) consider(new Date(nextShanghaiMonthMs(nowMs)));
  }
  return nextMs;
}
