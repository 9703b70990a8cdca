import type { Base } from '../../kernel/context.js';
import { coarseCount } from '../../kernel/crowd.rules.js';
import type { Collection } from '../../kernel/store.js';
import { type Agreement, agreementOf, agreementStore, budgetStore } from '../agreements/index.js';
import { stockStore } from '../stock/index.js';
import {
  type ProductSales,
  type ProductScore,
  categoryStore,
  countyStore,
  productStore,
  salesCollection,
  scoreCollection,
  storyStore,
  supplierStore,
} from './catalogue.store.js';
import type { Category, County, Product, Story, Supplier } from './catalogue.types.js';

/** All that the shelf is made of, as it lies in the database: read whole once, then by id as it changes. */
export interface Facts {
  readonly products: Map<string, Product>;
  readonly counties: Map<string, County>;
  readonly categories: Map<string, Category>;
  readonly suppliers: Map<string, Supplier>;
  readonly stories: Map<string, Story>;
  readonly agreements: Map<string, Agreement>;
  /** By budget: an agreement's total, and its months. */
  readonly leftFen: Map<string, number>;
  /** By product. */
  readonly stockLeft: Map<string, number>;
  readonly soldCount: Map<string, number>;
  readonly scores: Map<string, ProductScore>;
}

/** More products than this do not belong into one process's memory: the start fails and says so. */
export const MAX_PRODUCTS = 50_000;

interface Source {
  /** The ids to read again, or all of them. */
  read(base: Base, facts: Facts, ids: readonly string[] | null): Promise<void>;
}

function source<Doc extends { readonly _id: string }, Kept>(
  collectionOf: (base: Base) => unknown,
  target: (facts: Facts) => Map<string, Kept>,
  keep: (doc: Doc) => Kept,
): Source {
  return {
    async read(base, facts, ids) {
      const collection = collectionOf(base) as Collection<Doc>;
      const filter = ids ? { _id: { $in: ids } } : {};
      const docs = (await collection
        .find(filter as object)
        .limit(MAX_PRODUCTS + 1)
        .toArray()) as unknown as Doc[];
      if (docs.length > MAX_PRODUCTS) throw new RangeError(`more than ${MAX_PRODUCTS} documents of the catalogue`);
      const map = target(facts);
      if (!ids) map.clear();
      for (const id of ids ?? []) map.delete(id);
      for (const doc of docs) map.set(doc._id, keep(doc));
    },
  };
}

const same = <Doc>(doc: Doc): Doc => deepFreeze(doc);

/** The collections the shelf follows, by name. */
const SOURCES: Readonly<Record<string, Source>> = {
  products: source<Product, Product>(productStore.collection, (facts) => facts.products, same),
  counties: source<County, County>(countyStore.collection, (facts) => facts.counties, same),
  categories: source<Category, Category>(categoryStore.collection, (facts) => facts.categories, same),
  suppliers: source<Supplier, Supplier>(supplierStore.collection, (facts) => facts.suppliers, same),
  stories: source<Story, Story>(storyStore.collection, (facts) => facts.stories, same),
  agreements: source<Agreement, Agreement>(
    agreementStore.collection,
    (facts) => facts.agreements,
    (doc) => same(agreementOf(doc)),
  ),
  budgets: source<{ _id: string; leftFen: number }, number>(
    budgetStore.collection,
    (facts) => facts.leftFen,
    (doc) => doc.leftFen,
  ),
  stocks: source<{ _id: string; leftCount: number }, number>(
    stockStore.collection,
    (facts) => facts.stockLeft,
    (doc) => doc.leftCount,
  ),
  productSales: source<ProductSales, number>(
    salesCollection,
    (facts) => facts.soldCount,
    (doc) => coarseCount(doc.told?.soldCount ?? 0),
  ),
  productScores: source<ProductScore, ProductScore>(scoreCollection, (facts) => facts.scores, same),
};

export const FOLLOWED_COLLECTIONS: readonly string[] = Object.keys(SOURCES);

export function emptyFacts(): Facts {
  return {
    products: new Map(),
    counties: new Map(),
    categories: new Map(),
    suppliers: new Map(),
    stories: new Map(),
    agreements: new Map(),
    leftFen: new Map(),
    stockLeft: new Map(),
    soldCount: new Map(),
    scores: new Map(),
  };
}

export async function readAllFacts(base: Base): Promise<Facts> {
  const facts = emptyFacts();
  await Promise.all(Object.values(SOURCES).map((one) => one.read(base, facts, null)));
  return facts;
}

/** Reads what changed again, one query per collection however often a document changed meanwhile. */
export async function readChangedFacts(
  base: Base,
  facts: Facts,
  changed: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  await Promise.all([...changed].map(async ([name, ids]) => SOURCES[name]?.read(base, facts, [...ids])));
}

/** Every reader gets the same object, so nobody may change it. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Date || Object.isFrozen(value)) return value;
  for (const one of Object.values(value)) deepFreeze(one);
  return Object.freeze(value);
}
