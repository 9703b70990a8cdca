import { type Certificate, type Product, type Stock, type Supplier, pinyinOf } from '@aixin/api/internals';
import { CATEGORIES } from './categories.js';
import { COUNTIES, type CountyFacts } from './counties.js';
import { COUNTY_DATA } from './products/index.js';
import type { CountyData, Mark, ProductData } from './product-data.js';

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** One product's documents, and what its picture is composed from. */
export interface SeedProduct {
  /** Without the picture's version: the picture is composed only when the product is new. */
  readonly product: Product;
  readonly stock: Stock;
  readonly county: CountyFacts;
  readonly data: ProductData;
  /** The same number at every seed; whatever varies without meaning goes by it. */
  readonly place: number;
  readonly promise: 'line' | 'piece' | null;
}

/** Everything the seed puts on the shelf at `nowMs`. Nothing in it is random. */
export function seedProducts(nowMs: number): SeedProduct[] {
  return COUNTY_DATA.flatMap((countyData, countyIndex) => {
    const county = COUNTIES[countyIndex];
    if (county?.code !== countyData.code) throw new Error(`county ${countyData.code} is not at its place in the list`);
    return countyData.products.map((data, index) =>
      seedProduct({ countyData, county, countyIndex, data, index, nowMs, place: countyIndex * 12 + index }),
    );
  });
}

export function seedSuppliers(): Supplier[] {
  return COUNTY_DATA.flatMap((county) =>
    county.suppliers.map((name, index) => ({ _id: supplierId(county, index), name, countyCode: county.code })),
  );
}

/** `supplier-001` is the first of the first county: the honey's. */
function supplierId(county: CountyData, index: number): string {
  let before = 0;
  for (const one of COUNTY_DATA) {
    if (one === county) break;
    before += one.suppliers.length;
  }
  return `supplier-${String(before + index + 1).padStart(3, '0')}`;
}

interface Place {
  readonly countyData: CountyData;
  readonly county: CountyFacts;
  readonly countyIndex: number;
  readonly data: ProductData;
  readonly index: number;
  readonly place: number;
  readonly nowMs: number;
}

function seedProduct(at: Place): SeedProduct {
  const { data, county, place } = at;
  const _id = `p-${county.code}${String(at.index + 1).padStart(2, '0')}`;
  const aliases = data.aliases ?? [];
  const product: Product = {
    _id,
    title: data.title,
    subtitle: data.subtitle,
    story: data.story,
    countyCode: county.code,
    categoryKey: data.category,
    supplierId: supplierId(at.countyData, data.by),
    picture: { icon: data.icon, background: skyOf(data), alt: `${county.name} ${data.title}`, version: '' },
    priceFen: data.priceFen,
    localPriceFen: data.localFen,
    postageFen: data.postageFen ?? usualPostageFen(data.grams),
    packagingFen: data.packagingFen ?? 0,
    netWeightGrams: data.grams,
    specification: data.spec,
    pieces: data.pieces ? { count: data.pieces[0], name: data.pieces[1] } : null,
    limitPerPerson: data.limit ?? null,
    returnKind: data.excluded ? 'EXCLUDED' : 'SEVEN_DAYS',
    certificates: certificatesOf(at),
    traceCode: data.category === 'craft' ? null : `${county.code}${digits(at.index + 1)}${lotOf(at)}`,
    listedAt: new Date(at.nowMs - (3 + ((place * 37) % 300)) * DAY_MS),
    offShelf: false,
    nextSupplyOn: data.nextSupplyInDays ? shanghaiDay(at.nowMs + data.nextSupplyInDays * DAY_MS) : null,
    rank: at.index * 100 + at.countyIndex,
    aliases,
    pinyin: pinyinOf([data.title, ...aliases, data.subtitle]),
  };
  const suppliedCount = data.stock ?? 60 + ((place * 53) % 440);
  const promise = promiseOf(at);
  return { product, stock: { _id, suppliedCount, leftCount: suppliedCount }, county, data, place, promise };
}

/** A third of the shelf carries a promise, in every county some: three by line and one by piece. */
function promiseOf({ index, countyIndex }: Place): SeedProduct['promise'] {
  const turn = (index + countyIndex) % 12;
  if (turn % 3 !== 0) return null;
  return turn === 9 ? 'piece' : 'line';
}

function skyOf(data: ProductData): string {
  const category = CATEGORIES.find((one) => one.key === data.category);
  if (!category) throw new Error(`there is no category ${data.category}`);
  return category.sky[0];
}

function usualPostageFen(grams: number): number {
  if (grams <= 1_000) return 600;
  return grams <= 3_000 ? 900 : 1_200;
}

/** How each mark is named and numbered, and for how many further years it holds; null = without an end. */
const MARKS: Record<Mark, { name: string; kind: Certificate['kind']; number: string; years: number | null }> = {
  green: { name: '绿色食品', kind: 'GREEN', number: 'LB-', years: 2 },
  organic: { name: '有机产品', kind: 'ORGANIC', number: 'YJ-', years: 1 },
  gi: { name: '农产品地理标志', kind: 'GEOGRAPHICAL', number: 'AGI-', years: null },
  promise: { name: '承诺达标合格证', kind: 'PROMISE', number: 'HGZ-', years: null },
};

function certificatesOf(at: Place): Certificate[] {
  const year = Number(shanghaiDay(at.nowMs).slice(0, 4));
  const number = `${at.county.code}-${digits(at.index + 1)}`;
  const endOfYear = (years: number): Date => new Date(Date.UTC(year + years + 1, 0, 1) - SHANGHAI_MS);
  const marks = (at.data.marks ?? []).map((mark): Certificate => {
    const { name, kind, number: prefix, years } = MARKS[mark];
    const lot = mark === 'promise' ? `-${lotOf(at)}` : '';
    return { kind, name, number: `${prefix}${number}${lot}`, validUntil: years === null ? null : endOfYear(years) };
  });
  // Four products in five are recognised; the others sell without the recognition and without claiming it.
  if (at.place % 5 === 4) return marks;
  const validUntil = endOfYear(1 + (at.place % 2));
  return [
    { kind: 'HELP_RECOGNITION', name: '帮扶产品认定', number: `渝帮扶〔${year - 1}〕${number}`, validUntil },
    ...marks,
  ];
}

/** The lot on sale: year and month of the supply. */
function lotOf({ nowMs }: Place): string {
  return shanghaiDay(nowMs).slice(2, 7).replace('-', '');
}

function shanghaiDay(instantMs: number): string {
  return new Date(instantMs + SHANGHAI_MS).toISOString().slice(0, 10);
}

function digits(value: number): string {
  return String(value).padStart(2, '0');
}
