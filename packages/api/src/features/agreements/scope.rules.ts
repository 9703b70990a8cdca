import type { Agreement, AgreementScope } from './agreements.store.js';

/** What a scope asks of a product. */
export interface ScopedProduct {
  readonly _id: string;
  readonly countyCode: string;
  readonly categoryKey: string;
  readonly supplierId: string;
}

/** Whether a product is covered: it is listed, or it has every property that is given. */
export function coverageOf(scope: AgreementScope): (product: ScopedProduct) => boolean {
  // Looked up, not searched: a list may be as long as the shelf.
  const listed = new Set(scope.productIds);
  return (product) => listed.has(product._id) || hasProperties(scope, product);
}

function hasProperties({ properties }: AgreementScope, product: ScopedProduct): boolean {
  if (!properties) return false;
  const { countyCodes, categoryKeys, supplierIds } = properties;
  return (
    isOneOf(countyCodes, product.countyCode) &&
    isOneOf(categoryKeys, product.categoryKey) &&
    isOneOf(supplierIds, product.supplierId)
  );
}

/** An empty list asks for nothing. */
function isOneOf(wanted: readonly string[], value: string): boolean {
  return wanted.length === 0 || wanted.includes(value);
}

/** Whether both hold at some moment. An end is the first instant at which it no longer holds. */
export function termsMeet(a: Pick<Agreement, 'validFrom' | 'validUntil'>, b: typeof a): boolean {
  return a.validFrom < b.validUntil && b.validFrom < a.validUntil;
}

/** Products that would carry two promises at once, by the other agreement; only such agreements are in the answer. */
export function overlaps<Product extends ScopedProduct>(input: {
  readonly agreement: Agreement;
  readonly inForce: readonly Agreement[];
  readonly products: readonly Product[];
}): { readonly other: Agreement; readonly products: readonly Product[] }[] {
  const { agreement, inForce } = input;
  const own = input.products.filter(coverageOf(agreement));
  return inForce
    .filter((other) => other._id !== agreement._id && termsMeet(agreement, other))
    .map((other) => ({ other, products: own.filter(coverageOf(other)) }))
    .filter((one) => one.products.length > 0);
}
