import { Schema } from 'mongoose';
import type { Base } from '../../kernel/context.js';
import { coarseCount, coarseFen } from '../../kernel/crowd.rules.js';
import { defineStore } from '../../kernel/store.js';

export interface SalesFigures {
  readonly purchaseCount: number;
  /** Pieces. */
  readonly soldCount: number;
  readonly salesFen: number;
  readonly matchedFen: number;
}

/** What was sold, less what came back. `_id`: a product's id, a county's code, or `zone`. */
export interface Sales extends SalesFigures {
  readonly _id: string;
  /** What is told: the figures at the end of the newest day by which five members had changed them again; absent in what an older version counted, until the rebuild. */
  readonly told?: SalesFigures;
  /** The first five members who changed them since; opaque, and gone when the figures are told. */
  readonly waitingMemberIds: readonly string[];
  /** Of `zone`: the day that is being counted, `2026-11-22`. */
  readonly day?: string;
}

const figures = () => ({ purchaseCount: Number, soldCount: Number, salesFen: Number, matchedFen: Number });

const schema = () =>
  new Schema({
    _id: { type: String, required: true },
    ...figures(),
    told: new Schema(figures(), { _id: false }),
    waitingMemberIds: [String],
    day: String,
  });

export const productSalesStore = defineStore<Sales>('productSales', schema());
export const countySalesStore = defineStore<Sales>('countySales', schema());
/** One document, `zone`: what the zone achieved so far. */
export const zoneSalesStore = defineStore<Sales>('zoneSales', schema());

export const NO_SALES: SalesFigures = { purchaseCount: 0, soldCount: 0, salesFen: 0, matchedFen: 0 };

/** As anybody may read it. */
export async function readZoneSales(base: Base): Promise<SalesFigures> {
  const zone = await zoneSalesStore.model(base).findById('zone').lean<Sales | null>();
  return coarse(zone?.told ?? NO_SALES);
}

/** As anybody may read them. Counties are tens: all of them. */
export async function readCountySales(base: Base): Promise<Map<string, SalesFigures>> {
  const found = await countySalesStore.model(base).find().limit(1_000).lean<Sales[]>();
  return new Map(found.map((one) => [one._id, coarse(one.told ?? NO_SALES)]));
}

function coarse(told: SalesFigures): SalesFigures {
  return {
    purchaseCount: coarseCount(told.purchaseCount),
    soldCount: coarseCount(told.soldCount),
    salesFen: coarseFen(told.salesFen),
    matchedFen: coarseFen(told.matchedFen),
  };
}
