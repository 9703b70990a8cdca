import type { Client } from '../client/index.js';
import { BuyProduct } from './buy.documents.js';
import { lineOf, type Line, type Wanted } from './pricing.js';

/** Today's facts of each wanted product. Bounded by the cart's own bound of 50 lines. */
export const loadLines = (client: Client, wanted: readonly Wanted[], signal: AbortSignal): Promise<Line[]> =>
  Promise.all(
    wanted.map(async (one) => lineOf(one, (await client.send(BuyProduct, { id: one.productId }, { signal })).product)),
  );
