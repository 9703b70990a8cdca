import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { defineStore } from '../../kernel/store.js';

/** What was sold, less what came back. `_id`: a product's id, a county's code, or `zone`. */
export interface Sales {
  readonly _id: string;
  readonly purchaseCount: number;
  /** Pieces. */
  readonly soldCount: number;
  readonly salesFen: number;
  readonly matchedFen: number;
}

const schema = () =>
  new Schema({
    _id: { type: String, required: true },
    purchaseCount: Number,
    soldCount: Number,
    salesFen: Number,
    matchedFen: Number,
  });

export const productSalesStore = defineStore<Sales>('productSales', schema());
export const countySalesStore = defineStore<Sales>('countySales', schema());
/** One document, `zone`: what the zone achieved so far. */
export const zoneSalesStore = defineStore<Sales>('zoneSales', schema());

const NOTHING = { purchaseCount: 0, soldCount: 0, salesFen: 0, matchedFen: 0 };

export async function readZoneSales(base: Base): Promise<Sales> {
  return (await zoneSalesStore.model(base).findById('zone').lean<Sales | null>()) ?? { _id: 'zone', ...NOTHING };
}

/** Counties are tens: all of them. */
export async function readCountySales(base: Base): Promise<Map<string, Sales>> {
  const found = await countySalesStore.model(base).find().limit(1_000).lean<Sales[]>();
  return new Map(found.map((one) => [one._id, one]));
}
