import { type Agreement, coverageOf, leftFenOf } from '../agreements/index.js';
import type { CatalogueProduct, Product, ProductSort } from './catalogue.types.js';
import type { Facts } from './facts.store.js';
import { type Haystack, haystackOf } from './search.rules.js';
import { pinyinOf } from './pinyin.js';
import { PRODUCT_SORTS } from './sorts.rules.js';
import { type TypoIndex, createTypoIndex } from './typo-index.js';
import { nextTurnMs, sameView, viewOf } from './view.rules.js';

/** One product on the shelf. The holder stays, its view is replaced, so that lists need not be made again. */
export interface Item {
  readonly id: string;
  view: CatalogueProduct;
  turn: number;
  haystack: Haystack;
}

/** What an update did, so that the lists know what to forget. */
export interface ShelfChange {
  /** Any view is another than before. */
  readonly visible: boolean;
  /** A product came, went, or something it is filtered or searched by changed. */
  readonly membership: boolean;
  /** The orders that may be others than before: by stock when a product is sold out or back, by sales, by score. */
  readonly sorts: ReadonlySet<ProductSort>;
}

/** The products on the shelf, made from facts. It knows no database and no lists. */
export interface Shelf {
  readonly items: ReadonlyMap<string, Item>;
  readonly typos: TypoIndex;
  /** Makes everything anew from these facts. */
  rebuild(nowMs: number): ShelfChange;
  /** Makes these products' views anew: stock, sales, badge. Their product documents must be the same as before. */
  refresh(ids: Iterable<string>, nowMs: number): ShelfChange;
  /** The products that an agreement in force covers. */
  coveredBy(agreementId: string): readonly string[];
  /** When the next certificate or agreement begins or ends by itself. */
  nextTurnMs(): number;
}

export function createShelf(facts: Facts): Shelf {
  const items = new Map<string, Item>();
  const typos = createTypoIndex();
  let covered: Coverage = { agreementsOf: new Map(), productsOf: new Map() };
  let turnMs = Infinity;

  const makeView = (product: Product, nowMs: number): CatalogueProduct | null => {
    const agreements = covered.agreementsOf.get(product._id) ?? [];
    return viewOf(
      {
        product,
        stockLeft: facts.stockLeft.get(product._id) ?? 0,
        soldCount: facts.soldCount.get(product._id) ?? 0,
        score: facts.scores.get(product._id),
        agreements: agreements.map((agreement) => ({
          agreement,
          leftFen: leftFenOf(agreement, facts.leftFen, nowMs),
        })),
      },
      nowMs,
    );
  };

  return {
    items,
    typos,
    rebuild(nowMs) {
      covered = indexAgreements(facts);
      turnMs = nextTurnMs(facts.products.values(), facts.agreements.values(), nowMs);
      for (const id of items.keys()) {
        const product = facts.products.get(id);
        if (product && makeView(product, nowMs)) continue;
        items.delete(id);
        typos.drop(id);
      }
      for (const product of facts.products.values()) {
        const view = makeView(product, nowMs);
        if (view) putItem({ items, typos, facts }, view);
      }
      takeTurns(items.values());
      return { visible: true, membership: true, sorts: new Set(PRODUCT_SORTS) };
    },
    refresh(ids, nowMs) {
      const change = { visible: false, membership: false, sorts: new Set<ProductSort>() };
      for (const id of ids) {
        const item = items.get(id);
        const view = item && makeView(item.view.product, nowMs);
        if (!view || sameView(item.view, view)) continue;
        change.visible = true;
        change.membership ||= (view.charityItem === null) !== (item.view.charityItem === null);
        for (const sort of sortsMoved(item.view, view)) change.sorts.add(sort);
        item.view = view;
      }
      return change;
    },
    coveredBy: (agreementId) => covered.productsOf.get(agreementId) ?? [],
    nextTurnMs: () => turnMs,
  };
}

/** A count that falls but does not reach zero moves a product in no order: a hot sale costs little sorting. */
function sortsMoved(before: CatalogueProduct, after: CatalogueProduct): ProductSort[] {
  const moved: ProductSort[] = [];
  if (before.stockLeft > 0 !== after.stockLeft > 0) moved.push('RECOMMENDED');
  if (before.soldCount !== after.soldCount) moved.push('SALES');
  if (before.scoreTenths !== after.scoreTenths || before.reviewCount !== after.reviewCount) moved.push('SCORE');
  return moved;
}

/** Which product belongs to which agreement in force, both ways. */
interface Coverage {
  readonly agreementsOf: ReadonlyMap<string, Agreement[]>;
  readonly productsOf: ReadonlyMap<string, string[]>;
}

function indexAgreements({ agreements, products }: Facts): Coverage {
  const agreementsOf = new Map<string, Agreement[]>();
  const productsOf = new Map<string, string[]>();
  const all = [...products.values()];
  const inForce = [...agreements.values()].filter((one) => one.state === 'IN_FORCE');
  for (const agreement of inForce.sort((a, b) => (a._id < b._id ? -1 : 1))) {
    const covered = all.filter(coverageOf(agreement)).map((product) => product._id);
    productsOf.set(agreement._id, covered);
    for (const id of covered) agreementsOf.set(id, [...(agreementsOf.get(id) ?? []), agreement]);
  }
  return { agreementsOf, productsOf };
}

interface Rooms {
  readonly items: Map<string, Item>;
  readonly typos: TypoIndex;
  readonly facts: Facts;
}

function putItem({ items, typos, facts }: Rooms, view: CatalogueProduct): void {
  const { product } = view;
  const item = items.get(product._id);
  const haystack = haystackFor(product, facts);
  if (item?.view.product !== product) typos.put(product._id, product.pinyin);
  if (item) Object.assign(item, { view, haystack });
  else items.set(product._id, { id: product._id, view, turn: 0, haystack });
}

function haystackFor(product: Product, facts: Facts): Haystack {
  const county = facts.counties.get(product.countyCode);
  const category = facts.categories.get(product.categoryKey);
  const supplier = facts.suppliers.get(product.supplierId);
  // Names of places and kinds are few, so their pinyin is computed once each and not kept in every product.
  const places = [county?.name, category?.name].filter((name) => name !== undefined);
  const words = [product.title, product.subtitle, ...product.aliases, county?.fullName, ...places, supplier?.name];
  return haystackOf(
    words.filter((word) => word !== undefined),
    [product.pinyin, ...places.map(pinyinOfName)].join(' / '),
  );
}

const namePinyin = new Map<string, string>();
const MAX_NAMES = 1_000;

function pinyinOfName(name: string): string {
  const known = namePinyin.get(name);
  if (known !== undefined) return known;
  if (namePinyin.size >= MAX_NAMES) namePinyin.clear();
  const made = pinyinOf([name]);
  namePinyin.set(name, made);
  return made;
}

/** The place of each product within its county, by the operator's order: what RECOMMENDED lets the counties take turns by. */
function takeTurns(items: Iterable<Item>): void {
  const byCounty = new Map<string, Item[]>();
  for (const item of items) {
    const county = byCounty.get(item.view.product.countyCode);
    if (county) county.push(item);
    else byCounty.set(item.view.product.countyCode, [item]);
  }
  for (const county of byCounty.values()) {
    county.sort((a, b) => a.view.product.rank - b.view.product.rank || (a.id < b.id ? -1 : 1));
    for (const [turn, item] of county.entries()) item.turn = turn;
  }
}
