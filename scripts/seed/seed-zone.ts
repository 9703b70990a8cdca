import { createHash } from 'node:crypto';
import {
  type Agreement,
  type Base,
  type Picture,
  type Product,
  type Story,
  agreementOf,
  agreementStore,
  budgetStore,
  categoryStore,
  countyStore,
  pictureStore,
  productStore,
  stockStore,
  storyStore,
  supplierStore,
} from '@aixin/api/internals';
import { seedAgreements, seedBudgets } from './agreements.js';
import { CATEGORIES } from './categories.js';
import { COUNTIES } from './counties.js';
import { composePicture } from './picture/compose.js';
import { type Icons, loadIcons } from './picture/icons.js';
import { type SeedProduct, seedProducts, seedSuppliers } from './product-documents.js';
import { STORIES, type StoryData } from './stories.js';

export interface SeedOptions {
  /** What the seed takes for now: terms, expiry dates and listing days are counted from it. */
  readonly nowMs: number;
}

export interface SeedReport {
  readonly counties: number;
  readonly suppliers: number;
  readonly products: number;
  readonly stories: number;
  readonly agreements: number;
  /** Documents that were not there before. 0 on a zone that is seeded already. */
  readonly written: number;
}

/**
 * Puts the demonstration shelf into a migrated database. It only adds what is missing: stock that was sold, a product
 * that was edited and yuan that were matched stay as they are, however often it runs.
 */
export async function seedZone(base: Base, { nowMs }: SeedOptions): Promise<SeedReport> {
  const products = seedProducts(nowMs);
  const byPromise = (kind: SeedProduct['promise']): string[] =>
    products.filter((one) => one.promise === kind).map((one) => one.product._id);
  const agreements = seedAgreements(nowMs, { byLine: byPromise('line'), byPiece: byPromise('piece') });
  const suppliers = seedSuppliers();

  let written = await addMissing(base, countyStore, COUNTIES.map(countyDocument));
  written += await addMissing(base, categoryStore, CATEGORIES.map(categoryDocument));
  written += await addMissing(base, supplierStore, suppliers);
  written += await addMissing(
    base,
    stockStore,
    products.map((one) => one.stock),
  );
  written += await addMissing(base, agreementStore, agreements);
  written += await addMissing(base, budgetStore, seedBudgets(await standing(base, agreements)));
  written += await addWithPictures(base, products, nowMs);
  const counts = { counties: COUNTIES.length, suppliers: suppliers.length, products: products.length };
  return { ...counts, stories: STORIES.length, agreements: agreements.length, written };
}

/** As they lie in the database: their terms were counted from the day of the first seed, and the budgets' months by them. */
async function standing(base: Base, agreements: readonly Agreement[]): Promise<Agreement[]> {
  const ids = agreements.map((one) => one._id);
  const stored = agreementStore.collection(base).find({ _id: { $in: ids } });
  return (await stored.toArray()).map(agreementOf);
}

/** Products and stories come last and with their pictures: a shelf that shows them is whole. */
async function addWithPictures(base: Base, products: readonly SeedProduct[], nowMs: number): Promise<number> {
  const newProducts = await missing(base, productStore, products, (one) => one.product._id);
  const newStories = await missing(base, storyStore, STORIES, (one) => one.id);
  if (newProducts.length + newStories.length === 0) return 0;

  const icons = loadIcons();
  const pictures: Picture[] = [];
  const keep = (id: string, svg: string): string => {
    const etag = createHash('sha256').update(svg).digest('hex');
    pictures.push({ _id: id, svg, etag });
    return etag.slice(0, 8);
  };
  const productDocs = newProducts.map((one): Product => {
    const version = keep(one.product._id, productPicture(one, icons));
    return { ...one.product, picture: { ...one.product.picture, version } };
  });
  const storyDocs = newStories.map((one): Story => {
    const version = keep(one.id, storyPicture(one, icons));
    return storyDocument(one, { version, order: STORIES.indexOf(one), reviewedAt: new Date(nowMs) });
  });
  let written = await addMissing(base, pictureStore, pictures);
  written += await addMissing(base, productStore, productDocs);
  return written + (await addMissing(base, storyStore, storyDocs));
}

function productPicture({ data, county, place }: SeedProduct, icons: Icons): string {
  const category = CATEGORIES.find((one) => one.key === data.category);
  if (!category) throw new Error(`there is no category ${data.category}`);
  const { landscape, color: countyColor } = county;
  const facts = { icon: data.icon, beside: data.beside, sky: category.sky, landscape, countyColor };
  return composePicture({ ...facts, countySeed: Number(county.code), ownSeed: place + 1 }, icons);
}

const STORY_SKY = ['#dfeae2', '#f3f8f2'] as const;

function storyPicture(story: StoryData, icons: Icons): string {
  const county = COUNTIES.find((one) => one.code === story.countyCode);
  if (!county) throw new Error(`there is no county ${story.countyCode}`);
  const facts = { icon: story.icon, beside: story.beside, sky: STORY_SKY, landscape: county.landscape };
  return composePicture({ ...facts, countyColor: county.color, countySeed: Number(county.code), ownSeed: 7 }, icons);
}

function storyDocument(story: StoryData, more: { version: string; order: number; reviewedAt: Date }): Story {
  const { id, icon, title, quote, body, place, countyCode, productId } = story;
  const picture = { icon, background: STORY_SKY[0], alt: title, version: more.version };
  const { order, reviewedAt } = more;
  return { _id: id, title, quote, body, place, countyCode, productId, picture, order, reviewedAt };
}

function countyDocument({ code, name, fullName, color }: (typeof COUNTIES)[number], order: number) {
  return { _id: code, name, fullName, color, order };
}

function categoryDocument({ key, name, icon }: (typeof CATEGORIES)[number], order: number) {
  return { _id: key as string, name, icon, order };
}

interface Target<Doc extends object> {
  collection(base: Base): {
    bulkWrite(operations: object[], options: object): Promise<{ upsertedCount: number }>;
    find(filter: object, options: object): { toArray(): Promise<Doc[]> };
  };
}

async function missing<T>(
  base: Base,
  store: { collection(base: Base): unknown },
  all: readonly T[],
  idOf: (one: T) => string,
): Promise<T[]> {
  const collection = (store as Target<{ _id: string }>).collection(base);
  const found = await collection.find({ _id: { $in: all.map(idOf) } }, { projection: { _id: 1 } }).toArray();
  const there = new Set(found.map((one) => one._id));
  return all.filter((one) => !there.has(idOf(one)));
}

async function addMissing<Doc extends { readonly _id: string }>(
  base: Base,
  store: { collection(base: Base): unknown },
  docs: readonly Doc[],
): Promise<number> {
  if (docs.length === 0) return 0;
  const operations = docs.map(({ _id, ...rest }) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
  }));
  const result = await (store as Target<Doc>).collection(base).bulkWrite(operations, { ordered: false });
  return result.upsertedCount;
}
