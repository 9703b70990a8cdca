import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';
import type { Category, County, Product, Story, Supplier } from './catalogue.types.js';

/** `minimize: false` and fixed sub-schemas: what is written is what is read, field for field. */
const PLAIN = { _id: false } as const;

const text = { type: String, required: true } as const;
const optionalText = { type: String, default: null } as const;
const amount = { type: Number, required: true, min: 0 } as const;

const pictureSchema = new Schema({ icon: text, background: text, alt: text, version: text }, PLAIN);
const certificateSchema = new Schema(
  { kind: text, name: text, number: text, validUntil: { type: Date, default: null } },
  PLAIN,
);
const piecesSchema = new Schema({ count: { type: Number, required: true, min: 1 }, name: text }, PLAIN);

export const productStore = defineStore<Product>(
  'products',
  new Schema({
    _id: text,
    title: text,
    subtitle: text,
    story: text,
    countyCode: text,
    categoryKey: text,
    supplierId: text,
    picture: { type: pictureSchema, required: true },
    priceFen: amount,
    localPriceFen: amount,
    postageFen: amount,
    packagingFen: amount,
    netWeightGrams: amount,
    specification: text,
    pieces: { type: piecesSchema, default: null },
    limitPerPerson: { type: Number, default: null, min: 1 },
    returnKind: { type: String, required: true, enum: ['SEVEN_DAYS', 'EXCLUDED'] },
    certificates: { type: [certificateSchema], required: true },
    traceCode: optionalText,
    listedAt: { type: Date, required: true },
    offShelf: { type: Boolean, required: true },
    nextSupplyOn: optionalText,
    rank: { type: Number, required: true },
    aliases: { type: [String], required: true },
    pinyin: text,
  }),
);
// The shelf is read whole into memory; these serve the supplier's and the operator's lists.
productStore.schema.index({ supplierId: 1, _id: 1 });
productStore.schema.index({ countyCode: 1, _id: 1 });

export const countyStore = defineStore<County>(
  'counties',
  new Schema({ _id: text, name: text, fullName: text, order: { type: Number, required: true }, color: text }),
);

/** Whether the shelf has such a county. For commands: what is shown comes from memory. */
export async function isCounty(base: Base, code: string): Promise<boolean> {
  return (await countyStore.collection(base).countDocuments({ _id: code }, { limit: 1 })) > 0;
}

export const categoryStore = defineStore<Category>(
  'categories',
  new Schema({ _id: text, name: text, order: { type: Number, required: true }, icon: text }),
);

export const supplierStore = defineStore<Supplier>(
  'suppliers',
  new Schema({ _id: text, name: text, countyCode: text }),
);

export const storyStore = defineStore<Story>(
  'stories',
  new Schema({
    _id: text,
    title: text,
    quote: text,
    body: text,
    place: text,
    countyCode: text,
    productId: optionalText,
    picture: { type: pictureSchema, required: true },
    order: { type: Number, required: true },
    reviewedAt: { type: Date, default: null },
  }),
);

/** Written by the projector of the journal; the shelf reads this one figure of it: what may be told, never what is. */
export interface ProductSales {
  readonly _id: string;
  readonly told?: { readonly soldCount: number };
}

/** Written by whoever owns reviews; until then it is empty and a product has no score. */
export interface ProductScore {
  readonly _id: string;
  readonly scoreTenths: number;
  readonly reviewCount: number;
}

/** Collections of downstream features, read by name: a projection's shape is a contract, its code is not ours to import. */
export function salesCollection(base: Base): ReturnType<typeof rawCollection<ProductSales>> {
  return rawCollection<ProductSales>(base, 'productSales');
}

export function scoreCollection(base: Base): ReturnType<typeof rawCollection<ProductScore>> {
  return rawCollection<ProductScore>(base, 'productScores');
}

function rawCollection<Doc extends { readonly _id: string }>(base: Base, name: string) {
  return base.db.getClient().db(base.db.name).collection<Doc>(name);
}
