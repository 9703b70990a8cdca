import { pinyinOf } from '../src/features/catalogue/pinyin.js';
import type { Product } from '../src/features/catalogue/catalogue.types.js';

/** A product that may lie on the shelf; a test names only what it is about. */
export function productFixture(more: Partial<Product> & { _id: string }): Product {
  const title = more.title ?? '大巴山百花蜂蜜';
  return {
    title,
    subtitle: '老巢深山土蜂',
    story: '蜂箱放在林边。一年取一次蜜。',
    countyCode: '500229',
    categoryKey: 'honey',
    supplierId: 's-1',
    picture: { icon: 'honey-pot', background: '#f6ecd8', alt: title, version: '00000000' },
    priceFen: 6800,
    localPriceFen: 5500,
    postageFen: 0,
    packagingFen: 0,
    netWeightGrams: 500,
    specification: '500克/瓶',
    pieces: null,
    limitPerPerson: null,
    returnKind: 'SEVEN_DAYS',
    certificates: [],
    traceCode: null,
    listedAt: new Date('2026-01-01T00:00:00Z'),
    offShelf: false,
    nextSupplyOn: null,
    rank: 100,
    aliases: [],
    pinyin: pinyinOf([title, ...(more.aliases ?? [])]),
    ...more,
  };
}
