import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Base,
  agreementStore,
  catalogue,
  createLogger,
  ensureCollections,
  isRefusal,
  pictureStore,
  productStore,
  stockStore,
  systemRandom,
} from '@aixin/api/internals';
import { testDatabase } from '../../packages/api/test/mongo.js';
import { CATEGORIES } from './categories.js';
import { COUNTIES } from './counties.js';
import { benchProductId, seedBench, seedZone } from './index.js';
import { seedProducts, seedSuppliers } from './product-documents.js';
import { STORIES } from './stories.js';

const NOW_MS = Date.parse('2026-11-22T04:00:00Z');
const products = seedProducts(NOW_MS);

describe('the shelf as it is written', () => {
  it('has twelve products of each of the 18 counties, and every category', () => {
    expect(products).toHaveLength(216);
    for (const { code } of COUNTIES) {
      expect(products.filter((one) => one.product.countyCode === code)).toHaveLength(12);
    }
    for (const { key } of CATEGORIES) {
      expect(products.filter((one) => one.product.categoryKey === key).length).toBeGreaterThan(8);
    }
  });

  it('begins with the honey of 城口, stock rich, at 68 yuan', () => {
    expect(products[0]?.product).toMatchObject({ _id: 'p-50022901', title: '大巴山百花蜂蜜', priceFen: 6800 });
    expect(products[0]?.stock.leftCount).toBeGreaterThan(1_000);
    expect(products[0]?.product.supplierId).toBe('supplier-001');
  });

  it('has no title and no story twice', () => {
    expect(new Set(products.map((one) => one.product._id)).size).toBe(216);
    expect(new Set(products.map((one) => one.product.title)).size).toBe(216);
    expect(new Set(products.map((one) => one.product.story)).size).toBe(216);
  });

  it('knows each supplier it names, in the product’s own county', () => {
    const suppliers = new Map(seedSuppliers().map((one) => [one._id, one]));
    expect(suppliers.size).toBeGreaterThanOrEqual(40);
    for (const { product } of products) {
      expect(suppliers.get(product.supplierId)?.countyCode).toBe(product.countyCode);
    }
  });

  it('costs whole fen, online more than at home but by less than half', () => {
    for (const { product } of products) {
      const { priceFen, localPriceFen, postageFen, packagingFen, netWeightGrams } = product;
      for (const value of [priceFen, localPriceFen, postageFen, packagingFen, netWeightGrams]) {
        expect(Number.isSafeInteger(value)).toBe(true);
      }
      expect(localPriceFen).toBeLessThan(priceFen);
      expect(priceFen * 2).toBeLessThan(localPriceFen * 3);
    }
  });

  it.each([
    ['superlatives and claims', /最|第一|顶级|极品|绝佳|首选|唯一|国家级|特级|治疗|养生|疗效/],
    ['prices', /[¥￥]|\d\s*元|[一二三四五六七八九十百]元/],
    ['words that policy gave up', /贫困|扶贫/],
    ['emblems', /党徽|国徽|国旗|党旗/],
  ])('tells stories without %s (rules 14, 15)', (_, forbidden) => {
    const texts = products.flatMap(({ product }) => [product.title, product.subtitle, product.story]);
    const stories = STORIES.flatMap((one) => [one.title, one.quote, one.body]);
    expect([...texts, ...stories].filter((text) => forbidden.test(text))).toEqual([]);
  });

  it('tells each story in two to four sentences', () => {
    for (const { product } of products) {
      const count = product.story.split('。').length - 1;
      expect([product.title, count >= 2 && count <= 4]).toEqual([product.title, true]);
    }
  });

  it('lets nothing expire within a year, and gives fresh produce no seven days', () => {
    for (const { product } of products) {
      for (const one of product.certificates) {
        if (one.validUntil) expect(one.validUntil.getTime()).toBeGreaterThan(NOW_MS + 365 * 86_400_000);
      }
      const promised = product.certificates.some((one) => one.kind === 'PROMISE');
      if (promised) expect(product.returnKind).toBe('EXCLUDED');
    }
  });

  it('promises a yuan for a third of it', () => {
    expect(products.filter((one) => one.promise === 'line')).toHaveLength(54);
    expect(products.filter((one) => one.promise === 'piece')).toHaveLength(18);
  });

  it('has one product with one left and some sold out that name the next supply', () => {
    expect(products.filter((one) => one.stock.leftCount === 1)).toHaveLength(1);
    const soldOut = products.filter((one) => one.stock.leftCount === 0);
    expect(soldOut.length).toBeGreaterThan(0);
    for (const one of soldOut) expect(one.product.nextSupplyOn).toMatch(/^2026-12-|^2027-01-/);
  });
});

describe('seeding', () => {
  const database = testDatabase('seed');
  const ending = new AbortController();
  let base: Base;

  beforeAll(async () => {
    const db = await database.connect();
    const log = createLogger({ level: 'silent' });
    base = { db, clock: () => NOW_MS, random: systemRandom, log, stopping: ending.signal };
    await ensureCollections(db);
    await seedZone(base, { nowMs: NOW_MS });
  });

  afterAll(async () => {
    ending.abort();
    await database.drop();
  });

  it('makes a picture of its own for each product and story, without scripts and outside references', async () => {
    const pictures = await pictureStore.collection(base).find().toArray();
    expect(pictures).toHaveLength(216 + STORIES.length);
    expect(new Set(pictures.map((one) => one.etag)).size).toBe(pictures.length);
    for (const { svg } of pictures) {
      expect(svg).not.toMatch(/<script|<foreignObject|href="(?!#)|\son\w+=/);
      expect(svg.length).toBeLessThan(60_000);
    }
    const honey = await productStore.collection(base).findOne({ _id: 'p-50022901' });
    const picture = pictures.find((one) => one._id === 'p-50022901');
    expect(picture?.etag.startsWith(honey?.picture.version ?? 'none')).toBe(true);
  });

  it('fills a shelf on which everything is found', async () => {
    const shelf = catalogue(base);
    await shelf.start();
    try {
      const all = shelf.products({ first: 24 });
      if (isRefusal(all)) throw new Error(all.code);
      expect(all.totalCount).toBe(216);
      expect(all.edges[0]?.product.product._id).toBe('p-50022901');
      expect(new Set(all.edges.slice(0, 18).map((one) => one.product.product.countyCode)).size).toBe(18);
      const charity = shelf.products({ first: 1, charityItem: true });
      expect(isRefusal(charity) ? 0 : charity.totalCount).toBe(72);
      const found = shelf.products({ first: 5, text: 'lalarou' });
      expect(isRefusal(found) ? [] : found.edges.map((one) => one.product.product._id)).toContain('p-50022902');
      expect(shelf.stories()[0]?.productId).toBe('p-50022901');
    } finally {
      await shelf.stop();
    }
  });

  it('overwrites nothing when it runs again, and brings back what is missing', async () => {
    await stockStore.collection(base).updateOne({ _id: 'p-50022901' }, { $inc: { leftCount: -3 } });
    await agreementStore.collection(base).deleteOne({ _id: 'agreement-2' });
    await productStore.collection(base).deleteOne({ _id: 'p-50023801' });
    const before = await stockStore.collection(base).findOne({ _id: 'p-50022901' });
    const report = await seedZone(base, { nowMs: NOW_MS + 86_400_000 });
    expect(report).toMatchObject({ products: 216, written: 2 });
    expect(await stockStore.collection(base).findOne({ _id: 'p-50022901' })).toEqual(before);
    expect((await seedZone(base, { nowMs: NOW_MS })).written).toBe(0);
    // Terms are counted from the first day, and the months of the budgets by the terms.
    expect((await seedZone(base, { nowMs: NOW_MS + 200 * 86_400_000 })).written).toBe(0);
  });
});

describe('the shelf of the benchmarks', () => {
  const database = testDatabase('seed-bench');
  afterAll(() => database.drop());

  it('is as large as asked, with plenty of everything', async () => {
    const db = await database.connect();
    const log = createLogger({ level: 'silent' });
    const base = { db, clock: () => NOW_MS, random: systemRandom, log, stopping: new AbortController().signal };
    await ensureCollections(db);
    const ids = await seedBench(base, { products: 50, nowMs: NOW_MS, limitPerPerson: 5 });
    expect(ids).toHaveLength(50);
    expect(ids[0]).toBe(benchProductId(1));
    const shelf = catalogue(base);
    await shelf.start();
    expect(shelf.product(benchProductId(1))).toMatchObject({
      charityItem: { amountFen: 100 },
      product: { limitPerPerson: 5 },
    });
    expect(shelf.product(benchProductId(2))?.charityItem).toBeNull();
    await shelf.stop();
  });
});
