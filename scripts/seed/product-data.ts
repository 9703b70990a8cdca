import type { CategoryKey } from './categories.js';

/** Recognised marks besides the recognition as a help product. */
export type Mark = 'green' | 'organic' | 'gi' | 'promise';

export interface ProductData {
  readonly title: string;
  readonly subtitle: string;
  readonly category: CategoryKey;
  /** A name of the icon set; `beside` is a smaller second one that tells this product from its neighbours. */
  readonly icon: string;
  readonly beside?: string;
  readonly priceFen: number;
  readonly localFen: number;
  /** 0 where the seller bears it. */
  readonly postageFen?: number;
  readonly packagingFen?: number;
  readonly grams: number;
  readonly spec: string;
  /** Where it is sold by piece: `[30, '枚']`. */
  readonly pieces?: readonly [number, string];
  /** Which of the county's suppliers. */
  readonly by: number;
  /** Fresh and perishable, or made to order: not returnable without a reason (rule 10). */
  readonly excluded?: true;
  readonly limit?: number;
  /** Supplied pieces; without it a number follows from the product's place. */
  readonly stock?: number;
  /** Where it is sold out: the next supply comes in this many days. */
  readonly nextSupplyInDays?: number;
  readonly marks?: readonly Mark[];
  readonly aliases?: readonly string[];
  readonly story: string;
}

export interface CountyData {
  readonly code: string;
  /** Names are made up: no cooperative or firm of this name is meant. */
  readonly suppliers: readonly string[];
  /** The first is the one the county shows first. */
  readonly products: readonly ProductData[];
}
