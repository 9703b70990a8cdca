import {
  type Base,
  type Product,
  agreementStore,
  budgetStore,
  categoryStore,
  countyStore,
  pinyinOf,
  productStore,
  stockStore,
  supplierStore,
} from '@aixin/api/internals';
import { benchAgreement, seedBudgets } from './agreements.js';
import { CATEGORIES } from './categories.js';
import { COUNTIES } from './counties.js';

export interface BenchSeedOptions {
  readonly products: number;
  readonly nowMs: number;
  /** Pieces of each product; plenty by default. */
  readonly stockEach?: number;
  readonly limitPerPerson?: number;
  /** Whether every third product carries a promise of a sponsor with plenty to give. True by default. */
  readonly charity?: boolean;
}

const PLENTY = 100_000_000;
const PLENTY_FEN = 1_000_000_000_000;
const SUPPLIERS = 20;
const DAY_MS = 86_400_000;

/** `bench-0001`, counted from 1. */
export function benchProductId(number: number): string {
  return `bench-${String(number).padStart(4, '0')}`;
}

/** Many plain products with plenty of stock into an empty database, as fast as it takes them. For measurements only. */
export async function seedBench(base: Base, options: BenchSeedOptions): Promise<string[]> {
  const { products: count, nowMs, stockEach = PLENTY, charity = true } = options;
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const ids = numbers.map(benchProductId);
  const insert = async (store: { collection(base: Base): unknown }, docs: readonly object[]): Promise<void> => {
    const collection = store.collection(base) as { insertMany(docs: readonly object[]): Promise<unknown> };
    await collection.insertMany(docs);
  };
  await insert(
    countyStore,
    COUNTIES.map(({ code, name, fullName, color }, order) => ({ _id: code, name, fullName, color, order })),
  );
  await insert(
    categoryStore,
    CATEGORIES.map(({ key, name, icon }, order) => ({ _id: key, name, icon, order })),
  );
  await insert(
    supplierStore,
    Array.from({ length: SUPPLIERS }, (_, index) => ({
      _id: `bench-supplier-${index}`,
      name: `测试供应商${index}`,
      countyCode: COUNTIES[index % COUNTIES.length]?.code,
    })),
  );
  await insert(
    stockStore,
    ids.map((_id) => ({ _id, suppliedCount: stockEach, leftCount: stockEach })),
  );
  if (charity) {
    const productIds = ids.filter((_, index) => index % 3 === 0);
    const agreement = benchAgreement({ nowMs, productIds, capFen: PLENTY_FEN });
    await insert(agreementStore, [agreement]);
    await insert(budgetStore, seedBudgets([agreement]));
  }
  await insert(
    productStore,
    numbers.map((number) => benchProduct(number, options)),
  );
  return ids;
}

function benchProduct(number: number, options: BenchSeedOptions): Product {
  const county = COUNTIES[number % COUNTIES.length];
  const category = CATEGORIES[number % CATEGORIES.length];
  if (!county || !category) throw new Error('there are no counties or categories');
  const title = `${county.name}山货${number}号`;
  return {
    _id: benchProductId(number),
    title,
    subtitle: '测试用',
    story: '为测量而设的产品。',
    countyCode: county.code,
    categoryKey: category.key,
    supplierId: `bench-supplier-${number % SUPPLIERS}`,
    picture: { icon: category.icon, background: category.sky[0], alt: title, version: '00000000' },
    priceFen: 2_000 + (number % 50) * 100,
    localPriceFen: 1_800 + (number % 50) * 100,
    postageFen: 600,
    packagingFen: 0,
    netWeightGrams: 500,
    specification: '500克/袋',
    pieces: null,
    limitPerPerson: options.limitPerPerson ?? null,
    returnKind: 'SEVEN_DAYS',
    certificates: [],
    traceCode: null,
    listedAt: new Date(options.nowMs - (number % 300) * DAY_MS),
    offShelf: false,
    nextSupplyOn: null,
    rank: number,
    aliases: [],
    pinyin: pinyinOf([title]),
  };
}
