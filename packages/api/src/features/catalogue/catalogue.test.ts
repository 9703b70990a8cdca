import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { agreementFixture } from '../../../test/agreement-fixture.js';
import { productFixture } from '../../../test/product-fixture.js';
import { testDatabase } from '../../../test/mongo.js';
import type { Base } from '../../kernel/context.js';
import { systemRandom } from '../../kernel/ids.js';
import { isRefusal } from '../../kernel/refusal.js';
import { ensureCollections } from '../../kernel/store.js';
import { agreementStore, budgetStore, fullBudgets } from '../agreements/index.js';
import { stockStore } from '../stock/index.js';
import { type Catalogue, createCatalogue } from './catalogue.js';
import {
  categoryStore,
  countyStore,
  productStore,
  salesCollection,
  storyStore,
  supplierStore,
} from './catalogue.store.js';
import type { Product } from './catalogue.types.js';
import type { ProductPage, ProductQuery } from './lists.js';

const database = testDatabase('catalogue');
const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-11-01T00:00:00Z');
let nowMs = NOW_MS;
let base: Base;
let shelf: Catalogue;

const agreement = agreementFixture({
  _id: 'a-1',
  capFen: 1_000,
  validFrom: new Date(NOW_MS - DAY_MS),
  validUntil: new Date(NOW_MS + 10 * DAY_MS),
  productIds: ['p-1', 'p-2'],
});

const products: Product[] = [
  productFixture({ _id: 'p-1', rank: 1 }),
  productFixture({
    _id: 'p-2',
    rank: 2,
    title: '城口老腊肉',
    aliases: ['腊腊肉'],
    categoryKey: 'meat',
    priceFen: 9600,
  }),
  productFixture({
    _id: 'p-3',
    rank: 5,
    title: '奉节脐橙',
    countyCode: '500236',
    categoryKey: 'fruit',
    priceFen: 5980,
  }),
  productFixture({ _id: 'p-4', rank: 6, title: '高山香菇', countyCode: '500236', priceFen: 3600 }),
];

beforeAll(async () => {
  const db = await database.connect();
  const log = pino({ level: 'silent' });
  base = { db, clock: () => nowMs, random: systemRandom, log, stopping: new AbortController().signal };
  await ensureCollections(db);
  await supplierStore.collection(base).insertOne({ _id: 's-1', name: '某合作社', countyCode: '500229' });
  await countyStore.collection(base).insertMany([
    { _id: '500236', name: '奉节', fullName: '奉节县', order: 2, color: '#cc7711' },
    { _id: '500229', name: '城口', fullName: '城口县', order: 1, color: '#997733' },
  ]);
  await categoryStore.collection(base).insertOne({ _id: 'honey', name: '蜂产品', order: 1, icon: 'honey-pot' });
  const picture = { icon: 'honeybee', background: '#e8f0ea', alt: '蜜蜂', version: '1' };
  const story = {
    title: '蜜',
    quote: '一年取一次',
    body: '…',
    place: '东安镇',
    countyCode: '500229',
    productId: 'p-1',
  };
  await storyStore.collection(base).insertMany([
    { ...story, _id: 'st-2', picture, order: 2, reviewedAt: new Date(NOW_MS) },
    { ...story, _id: 'st-1', picture, order: 1, reviewedAt: new Date(NOW_MS) },
    { ...story, _id: 'st-3', picture, order: 0, reviewedAt: null },
  ]);
});

beforeEach(async () => {
  nowMs = NOW_MS;
  await Promise.all([
    productStore.collection(base).deleteMany({}),
    stockStore.collection(base).deleteMany({}),
    agreementStore.collection(base).deleteMany({}),
    budgetStore.collection(base).deleteMany({}),
    salesCollection(base).deleteMany({}),
  ]);
  await productStore.collection(base).insertMany(products);
  await stockStore
    .collection(base)
    .insertMany(products.map(({ _id }) => ({ _id, suppliedCount: 10, leftCount: _id === 'p-3' ? 0 : 10 })));
  await agreementStore.collection(base).insertOne(agreement);
  await budgetStore.collection(base).insertMany(fullBudgets(agreement));
  shelf = createCatalogue(base);
  await shelf.start();
});

afterEach(async () => {
  await shelf.stop();
});

afterAll(async () => {
  await database.drop();
});

function page(query: Partial<ProductQuery>): ProductPage {
  const result = shelf.products({ first: 10, ...query });
  if (isRefusal(result)) throw new Error(result.code);
  return result;
}

function ids(query: Partial<ProductQuery>): string[] {
  return page(query).edges.map((edge) => edge.product.product._id);
}

/** Resolves when the shelf has followed a change to where `holds` is true; fails after a bound. */
async function until(holds: () => boolean): Promise<void> {
  if (holds()) return;
  await new Promise<void>((resolve, reject) => {
    const end = shelf.onChange(() => {
      if (!holds()) return;
      clearTimeout(limit);
      end();
      resolve();
    });
    const limit = setTimeout(() => {
      end();
      reject(new Error('the shelf did not follow within two minutes'));
    }, 120_000);
  });
}

describe('reading', () => {
  it('gives a product with what is left, the promise and nothing invented', () => {
    expect(shelf.product('p-1')).toMatchObject({
      product: { title: '大巴山百花蜂蜜', priceFen: 6800 },
      stockLeft: 10,
      charityItem: { agreementId: 'a-1', amountFen: 100, unit: 'line', sponsorName: '配捐单位甲' },
      soldCount: 0,
      scoreTenths: null,
      reviewCount: 0,
    });
    expect(shelf.product('p-4')?.charityItem).toBeNull();
    expect(shelf.product('p-9')).toBeUndefined();
  });

  it('gives nobody a product to change', () => {
    const product = shelf.product('p-1')?.product as { priceFen: number };
    expect(() => (product.priceFen = 1)).toThrow(TypeError);
  });

  it('gives counties, categories, suppliers and reviewed stories in their order', () => {
    expect(shelf.counties().map((one) => [one.name, one.productCount])).toEqual([
      ['城口', 2],
      ['奉节', 2],
    ]);
    expect(shelf.categories()).toMatchObject([{ _id: 'honey', productCount: 2 }]);
    expect(shelf.supplier('s-1')).toMatchObject({ name: '某合作社', countyName: '城口' });
    expect(shelf.supplier('s-2')).toBeUndefined();
    expect(shelf.stories().map((one) => one._id)).toEqual(['st-1', 'st-2']);
  });

  it('throws before it has started', () => {
    expect(() => createCatalogue(base).product('p-1')).toThrow('before it has started');
  });
});

describe('filters, sorts and search', () => {
  it('recommends what can be bought, the counties taking turns', () => {
    expect(ids({})).toEqual(['p-1', 'p-2', 'p-4', 'p-3']);
  });

  it('filters by county, category and promise', () => {
    expect(ids({ countyCode: '500236', sort: 'PRICE_ASC' })).toEqual(['p-4', 'p-3']);
    expect(ids({ categoryKey: 'meat' })).toEqual(['p-2']);
    expect(ids({ charityItem: true })).toEqual(['p-1', 'p-2']);
    expect(ids({ charityItem: false })).toEqual(['p-4', 'p-3']);
  });

  it('sorts by price both ways', () => {
    expect(ids({ sort: 'PRICE_ASC' })).toEqual(['p-4', 'p-3', 'p-1', 'p-2']);
    expect(ids({ sort: 'PRICE_DESC' })).toEqual(['p-2', 'p-1', 'p-3', 'p-4']);
  });

  it.each([
    ['蜂蜜', ['p-1']],
    ['城口', ['p-1', 'p-2']],
    ['lalarou', ['p-2']],
    ['laolarou', ['p-2']],
    ['dbs', ['p-1']],
    ['fengjie', ['p-4', 'p-3']],
    ['蜂密', ['p-1']],
    ['没有的东西', []],
  ])('finds %s', (text, expected) => {
    expect(ids({ text })).toEqual(expected);
  });
});

describe('pages', () => {
  it('give everything once, whatever the page size', () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let count = 0; count < 10; count += 1) {
      const one: ProductPage = page({ first: 1, after, sort: 'PRICE_ASC' });
      expect(one.totalCount).toBe(4);
      expect(one.hasPreviousPage).toBe(count > 0);
      seen.push(...one.edges.map((edge) => edge.product.product._id));
      after = one.edges[0]?.cursor ?? null;
      if (!one.hasNextPage) break;
    }
    expect(seen).toEqual(['p-4', 'p-3', 'p-1', 'p-2']);
  });

  it('neither repeat nor skip when the product of the cursor leaves meanwhile', async () => {
    const first = page({ first: 2, sort: 'PRICE_ASC' });
    await productStore.collection(base).updateOne({ _id: 'p-3' }, { $set: { offShelf: true } });
    await until(() => shelf.product('p-3') === undefined);
    expect(ids({ after: first.edges[1]?.cursor ?? null, sort: 'PRICE_ASC' })).toEqual(['p-1', 'p-2']);
  });

  it('refuse a cursor that is none, or of another sort', () => {
    const cursor = page({ sort: 'PRICE_ASC' }).edges[0]?.cursor ?? null;
    expect(shelf.products({ first: 1, after: cursor })).toMatchObject({ code: 'BAD_CURSOR', path: 'after' });
    expect(shelf.products({ first: 1, after: '%%%' })).toMatchObject({ code: 'BAD_CURSOR' });
  });
});

describe('following', () => {
  it('shows what placement leaves, and what comes back', async () => {
    const before = shelf.version;
    await stockStore.collection(base).updateOne({ _id: 'p-1' }, { $inc: { leftCount: -10 } });
    await until(() => shelf.product('p-1')?.stockLeft === 0);
    expect(shelf.version).toBeGreaterThan(before);
    expect(ids({})).toEqual(['p-2', 'p-4', 'p-1', 'p-3']);
    await stockStore.collection(base).updateOne({ _id: 'p-1' }, { $inc: { leftCount: 3 } });
    await until(() => shelf.product('p-1')?.stockLeft === 3);
    expect(ids({})[0]).toBe('p-1');
  });

  it('gathers a burst into few changes', async () => {
    const before = shelf.version;
    for (let count = 0; count < 9; count += 1) {
      await stockStore.collection(base).updateOne({ _id: 'p-1' }, { $inc: { leftCount: -1 } });
    }
    await until(() => shelf.product('p-1')?.stockLeft === 1);
    expect(shelf.version - before).toBeLessThan(9);
  });

  it('takes the badge away in the moment the cap is reached, and from the filter too', async () => {
    await budgetStore.collection(base).updateOne({ _id: 'a-1' }, { $set: { leftFen: 99 } });
    await until(() => shelf.product('p-1')?.charityItem === null);
    expect(ids({ charityItem: true })).toEqual([]);
    await budgetStore.collection(base).updateOne({ _id: 'a-1' }, { $set: { leftFen: 100 } });
    await until(() => shelf.product('p-1')?.charityItem !== null);
    expect(ids({ charityItem: true })).toEqual(['p-1', 'p-2']);
  });

  it('follows an agreement by properties: what it covers, and its cap', async () => {
    const properties = { countyCodes: [], categoryKeys: [], supplierIds: ['s-new'] };
    const byProperty = agreementFixture({ _id: 'a-2', productIds: [], properties, capFen: 100 });
    await budgetStore.collection(base).insertMany(fullBudgets(byProperty));
    await agreementStore.collection(base).insertOne({ ...byProperty, state: 'SUBMITTED' });
    await productStore.collection(base).insertOne(productFixture({ _id: 'p-6', supplierId: 's-new' }));
    await until(() => shelf.product('p-6') !== undefined);
    expect(shelf.product('p-6')?.charityItem).toBeNull();
    await agreementStore.collection(base).updateOne({ _id: 'a-2' }, { $set: { state: 'IN_FORCE' } });
    await until(() => shelf.product('p-6')?.charityItem?.agreementId === 'a-2');
    expect(shelf.product('p-4')?.charityItem).toBeNull();
    await budgetStore.collection(base).updateOne({ _id: 'a-2' }, { $set: { leftFen: 0 } });
    await until(() => shelf.product('p-6')?.charityItem === null);
  });

  it('takes the badge away when the month is used up, and brings it back at its turn', async () => {
    await agreementStore.collection(base).updateOne({ _id: 'a-1' }, { $set: { monthlyCapFen: 200 } });
    const month = { capFen: 200, leftFen: 200 };
    await budgetStore.collection(base).insertMany([
      { _id: 'a-1|2026-10', ...month },
      { _id: 'a-1|2026-11', ...month },
    ]);
    nowMs = Date.parse('2026-10-31T12:00:00+08:00');
    await until(() => shelf.product('p-1')?.charityItem?.monthlyCap === true);
    await budgetStore.collection(base).updateOne({ _id: 'a-1|2026-10' }, { $set: { leftFen: 99 } });
    await until(() => shelf.product('p-1')?.charityItem === null);
    nowMs = Date.parse('2026-10-31T23:59:59.999+08:00');
    expect(shelf.product('p-1')?.charityItem).toBeNull();
    nowMs += 1;
    expect(shelf.product('p-1')?.charityItem?.agreementId).toBe('a-1');
  });

  it('sorts by what was sold as the projection tells it', async () => {
    await salesCollection(base).insertOne({ _id: 'p-4', told: { soldCount: 7 } });
    await until(() => shelf.product('p-4')?.soldCount === 5);
    expect(ids({ sort: 'SALES' })[0]).toBe('p-4');
  });

  it('takes in new and renamed products', async () => {
    await productStore.collection(base).insertOne(productFixture({ _id: 'p-5', title: '巫溪洋芋' }));
    await until(() => shelf.product('p-5') !== undefined);
    expect(ids({ text: 'wxyy' })).toEqual(['p-5']);
    await productStore.collection(base).deleteOne({ _id: 'p-5' });
    await until(() => shelf.product('p-5') === undefined);
  });

  it('stops with an end to following', async () => {
    await shelf.stop();
    const { version } = shelf;
    await stockStore.collection(base).updateOne({ _id: 'p-1' }, { $inc: { leftCount: -1 } });
    expect(shelf.version).toBe(version);
    expect(shelf.product('p-1')?.stockLeft).toBe(10);
  });

  it('reads everything again after the collections were dropped under it', async () => {
    await productStore.collection(base).drop();
    await until(() => shelf.product('p-1') === undefined);
    await productStore.collection(base).insertMany(products);
    await until(() => shelf.product('p-1') !== undefined);
  });
});

describe('what happens by the clock alone', () => {
  it('ends the promise with the term of its agreement', () => {
    const before = shelf.version;
    nowMs = agreement.validUntil.getTime();
    expect(shelf.product('p-1')?.charityItem).toBeNull();
    expect(shelf.version).toBeGreaterThan(before);
    expect(ids({ charityItem: true })).toEqual([]);
  });

  it('takes a product off the shelf when its recognition expires', async () => {
    const validUntil = new Date(NOW_MS + DAY_MS);
    const recognition = { kind: 'HELP_RECOGNITION', name: '帮扶产品认定', number: 'A1', validUntil } as const;
    await productStore.collection(base).insertOne(productFixture({ _id: 'p-6', certificates: [recognition] }));
    await until(() => shelf.product('p-6') !== undefined);
    nowMs = validUntil.getTime();
    expect(shelf.product('p-6')).toBeUndefined();
    expect(page({}).totalCount).toBe(4);
  });
});
