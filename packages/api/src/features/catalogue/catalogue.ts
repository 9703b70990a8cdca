import type { Base } from '../../kernel/context.js';
import type { Refusal } from '../../kernel/refusal.js';
import { slot } from '../../kernel/slot.js';
import { agreementIdOfBudget } from '../agreements/index.js';
import type {
  CatalogueCategory,
  CatalogueCounty,
  CatalogueProduct,
  CatalogueSupplier,
  Story,
} from './catalogue.types.js';
import { type Changed, followChanges } from './changes.store.js';
import { type Facts, readAllFacts, readChangedFacts } from './facts.store.js';
import { type Lists, type ProductPage, type ProductQuery, createLists } from './lists.js';
import { type Shelf, type ShelfChange, createShelf } from './shelf.js';

/** The public shelf in this process's memory. Reads are synchronous and cost microseconds. */
export interface Catalogue {
  /** Loads everything and follows the changes from then on. Reads before it has resolved throw. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A product on the shelf; undefined when it is unknown, taken off, or a certificate has expired. */
  product(id: string): CatalogueProduct | undefined;
  products(query: ProductQuery): ProductPage | Refusal;
  /** In the operator's order, those without products too. */
  counties(): readonly CatalogueCounty[];
  county(code: string): CatalogueCounty | undefined;
  categories(): readonly CatalogueCategory[];
  category(key: string): CatalogueCategory | undefined;
  supplier(id: string): CatalogueSupplier | undefined;
  /** Reviewed stories in the editor's order. */
  stories(): readonly Story[];
  story(id: string): Story | undefined;
  /**
   * Grows with every visible change. It belongs to this process: an ETag made of it needs something of the process
   * beside it, as another process counts by itself.
   */
  readonly version: number;
  /** Calls the listener after every visible change; gives back what ends it. */
  onChange(listener: (version: number) => void): () => void;
}

/** The catalogue of this zone. `zone.ts` starts and stops it. */
export const catalogue = slot<Catalogue>('catalogue', createCatalogue);

/** Everything that is thrown away together when all is read again. */
interface Loaded {
  readonly facts: Facts;
  readonly shelf: Shelf;
  readonly lists: Lists;
  directory: Directory;
}

interface Directory {
  readonly counties: ReadonlyMap<string, CatalogueCounty>;
  readonly categories: ReadonlyMap<string, CatalogueCategory>;
  readonly stories: readonly Story[];
}

/** Changes of these alone only renew views; of any other collection, the shelf is made anew. */
const VIEW_COLLECTIONS = new Set(['stocks', 'budgets', 'productSales', 'productScores']);

export function createCatalogue(base: Base): Catalogue {
  let loaded: Loaded | null = null;
  let version = 0;
  let stopping: AbortController | null = null;
  let following: { readonly done: Promise<void> } | null = null;
  const listeners = new Set<(version: number) => void>();

  const settled = (held: Loaded, change: ShelfChange): void => {
    held.lists.forget(change);
    if (change.membership) held.directory = directoryOf(held);
    if (!change.visible) return;
    version += 1;
    for (const listener of listeners) listener(version);
  };

  const reload = async (): Promise<void> => {
    const facts = await readAllFacts(base);
    const shelf = createShelf(facts);
    const change = shelf.rebuild(base.clock());
    const made = { facts, shelf, lists: createLists(shelf) };
    loaded = { ...made, directory: directoryOf(made) };
    settled(loaded, change);
  };

  const apply = async (changed: Changed): Promise<void> => {
    const held = loaded;
    if (!held) return;
    await readChangedFacts(base, held.facts, changed);
    const viewsOnly = [...changed.keys()].every((name) => VIEW_COLLECTIONS.has(name));
    const { shelf } = held;
    settled(held, viewsOnly ? shelf.refresh(touched(shelf, changed), base.clock()) : shelf.rebuild(base.clock()));
  };

  /** What is due by the clock alone happens before anything is read, however long nobody asked. */
  const current = (): Loaded => {
    if (!loaded) throw new Error('the catalogue is read before it has started');
    const nowMs = base.clock();
    if (nowMs >= loaded.shelf.nextTurnMs()) settled(loaded, loaded.shelf.rebuild(nowMs));
    return loaded;
  };

  return {
    async start() {
      if (stopping) throw new Error('the catalogue is started twice');
      stopping = new AbortController();
      following = await followChanges(base, { reload, apply }, stopping.signal);
    },
    async stop() {
      stopping?.abort();
      await following?.done;
      stopping = null;
    },
    ...createReads(current),
    get version() {
      current();
      return version;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type Reads = Omit<Catalogue, 'start' | 'stop' | 'version' | 'onChange'>;

function createReads(current: () => Loaded): Reads {
  return {
    product: (id) => current().shelf.items.get(id)?.view,
    products: (query) => current().lists.page(query),
    counties: () => [...current().directory.counties.values()],
    county: (code) => current().directory.counties.get(code),
    categories: () => [...current().directory.categories.values()],
    category: (key) => current().directory.categories.get(key),
    supplier(id) {
      const { facts } = current();
      const supplier = facts.suppliers.get(id);
      if (!supplier) return undefined;
      return { ...supplier, countyName: facts.counties.get(supplier.countyCode)?.name ?? '' };
    },
    stories: () => current().directory.stories,
    story: (id) => current().directory.stories.find((one) => one._id === id),
  };
}

/** The products whose view depends on what changed. */
function touched(shelf: Shelf, changed: Changed): Set<string> {
  const ids = new Set<string>();
  for (const [name, changedIds] of changed) {
    for (const id of changedIds) {
      if (name !== 'budgets') ids.add(id);
      else for (const productId of shelf.coveredBy(agreementIdOfBudget(id))) ids.add(productId);
    }
  }
  return ids;
}

function directoryOf({ facts, shelf }: Pick<Loaded, 'facts' | 'shelf'>): Directory {
  const counts = new Map<string, number>();
  for (const { view } of shelf.items.values()) {
    for (const name of [view.product.countyCode, view.product.categoryKey]) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const counted = <T extends { readonly _id: string; readonly order: number }>(all: Iterable<T>) =>
    new Map(inOrder(all).map((one) => [one._id, Object.freeze({ ...one, productCount: counts.get(one._id) ?? 0 })]));
  return {
    counties: counted(facts.counties.values()),
    categories: counted(facts.categories.values()),
    stories: inOrder(facts.stories.values()).filter((one) => one.reviewedAt !== null),
  };
}

function inOrder<T extends { readonly _id: string; readonly order: number }>(all: Iterable<T>): T[] {
  return [...all].sort((a, b) => a.order - b.order || (a._id < b._id ? -1 : 1));
}
