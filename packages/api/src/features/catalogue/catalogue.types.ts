/**
 * The catalogue's words, without any machinery: what the stores keep and what a reader gets. Plain JSON and dates.
 */
export type ReturnKind = 'SEVEN_DAYS' | 'EXCLUDED';

/** Neutral keys: what people read comes from `name` (rule 15). */
export type CertificateKind = 'HELP_RECOGNITION' | 'GREEN' | 'ORGANIC' | 'GEOGRAPHICAL' | 'PROMISE';

export interface Certificate {
  readonly kind: CertificateKind;
  readonly name: string;
  readonly number: string;
  /** The first instant at which it no longer holds; null = without an end. */
  readonly validUntil: Date | null;
}

/** What the picture is composed of. The picture itself lies in `pictures` under the product's id. */
export interface PictureFacts {
  /** A name of the icon set, as `honey-pot`. */
  readonly icon: string;
  /** The soft colour behind it, `#rrggbb`: what a screen shows until the picture is there. */
  readonly background: string;
  /** What a person hears who cannot see it. */
  readonly alt: string;
  /** The first characters of the picture's hash: part of its address, so that it may be cached forever. */
  readonly version: string;
}

export interface Product {
  readonly _id: string;
  readonly title: string;
  readonly subtitle: string;
  /** Two to four plain sentences: no superlative, no price, nobody's recommendation (rule 14). */
  readonly story: string;
  readonly countyCode: string;
  readonly categoryKey: string;
  readonly supplierId: string;
  readonly picture: PictureFacts;
  /** Online price of one unit (一份). Prices are told in full (rule 11): postage and packaging stand apart. */
  readonly priceFen: number;
  /** 线下价: what the same thing costs where it is made. */
  readonly localPriceFen: number;
  readonly postageFen: number;
  readonly packagingFen: number;
  readonly netWeightGrams: number;
  readonly specification: string;
  /** Set where the thing is sold by piece (eggs, fans); null where it is sold by weight. */
  readonly pieces: { readonly count: number; readonly name: string } | null;
  readonly limitPerPerson: number | null;
  readonly returnKind: ReturnKind;
  readonly certificates: readonly Certificate[];
  /** Of the lot that is being sold. */
  readonly traceCode: string | null;
  readonly listedAt: Date;
  /** Taken off the shelf by a person. Expired certificates do it by themselves. */
  readonly offShelf: boolean;
  /** `2026-12-05`, shown when it is sold out. */
  readonly nextSupplyOn: string | null;
  /** The operator's order within the county; smaller comes first. */
  readonly rank: number;
  /** Other names people search by, as 腊腊肉. */
  readonly aliases: readonly string[];
  /** Syllables of title and aliases, as `pinyinOf` writes them, computed when the product is written. */
  readonly pinyin: string;
}

export interface County {
  /** GB/T 2260. */
  readonly _id: string;
  /** `城口` */
  readonly name: string;
  /** `城口县` */
  readonly fullName: string;
  readonly order: number;
  /** The county's colour on charts and pictures, `#rrggbb`. */
  readonly color: string;
}

export interface Category {
  readonly _id: string;
  readonly name: string;
  readonly order: number;
  /** A name of the icon set. */
  readonly icon: string;
}

export interface Supplier {
  readonly _id: string;
  readonly name: string;
  readonly countyCode: string;
}

/** 第一书记说产品: a story, not an advertisement. */
export interface Story {
  readonly _id: string;
  readonly title: string;
  readonly quote: string;
  readonly body: string;
  readonly place: string;
  readonly countyCode: string;
  readonly productId: string | null;
  readonly picture: PictureFacts;
  readonly order: number;
  /** Null until someone has read and passed it (rule 14). */
  readonly reviewedAt: Date | null;
}

export type ProductSort = 'RECOMMENDED' | 'SALES' | 'SCORE' | 'NEWEST' | 'PRICE_ASC' | 'PRICE_DESC';

/** The promise on the shelf (rule 5). Present only while the agreement holds and one more unit is covered. */
export interface CharityItem {
  readonly agreementId: string;
  readonly agreementNumber: string;
  /** As it may be published. */
  readonly sponsorName: string;
  readonly fundName: string;
  readonly amountFen: number;
  readonly unit: 'line' | 'order' | 'piece';
  /** The sponsor gives no more than so much a month: placement counts it in its month, too. */
  readonly monthlyCap: boolean;
  readonly validUntil: Date;
}

/** One product as the shelf shows it now. Frozen: a change makes a new one. */
export interface CatalogueProduct {
  readonly product: Product;
  readonly stockLeft: number;
  readonly charityItem: CharityItem | null;
  readonly soldCount: number;
  /** Stars × 10; null without reviews. */
  readonly scoreTenths: number | null;
  readonly reviewCount: number;
}

export interface CatalogueCounty extends County {
  readonly productCount: number;
}

export interface CatalogueCategory extends Category {
  readonly productCount: number;
}

export interface CatalogueSupplier extends Supplier {
  readonly countyName: string;
}
