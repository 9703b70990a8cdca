import type mongoose from 'mongoose';
import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import type { ScopedProduct } from './scope.rules.js';

export interface NamedProduct extends ScopedProduct {
  readonly title: string;
}

/** As many as a zone's shelf holds at most. */
const MAX_PRODUCTS = 50_000;
const FIELDS = { title: 1, countyCode: 1, categoryKey: 1, supplierId: 1 } as const;

/** The catalogue stands on the agreements, so its products are read by their collection's name. */
function productsOf(base: Base): mongoose.mongo.Collection<NamedProduct> {
  return base.db.collection<NamedProduct>('products');
}

/** All products, on the shelf or not: one that is off today may be back tomorrow. By id. */
export async function readScopedProducts(base: Base, session?: Session): Promise<NamedProduct[]> {
  const options = { projection: FIELDS, ...(session ? { session } : {}) };
  return productsOf(base).find({}, options).sort({ _id: 1 }).limit(MAX_PRODUCTS).toArray();
}

/** The first of these ids that no document of the catalogue's collection has. */
export async function firstUnknown(
  base: Base,
  collection: 'products' | 'counties' | 'categories' | 'suppliers',
  ids: readonly string[],
): Promise<string | undefined> {
  if (ids.length === 0) return undefined;
  const found = await base.db
    .collection<{ _id: string }>(collection)
    .find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } })
    .toArray();
  const known = new Set(found.map(({ _id }) => _id));
  return ids.find((id) => !known.has(id));
}
