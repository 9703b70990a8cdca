import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import type { Store } from '../../kernel/store.js';
import type { Projection } from '../journal/index.js';
import { salesChanges } from './sales.rules.js';
import { type Sales, countySalesStore, productSalesStore, zoneSalesStore } from './sales.store.js';

/** Counts what was sold, by product, by county and in all. */
export const salesProjection: Projection = {
  name: 'sales',
  collections: [productSalesStore.name, countySalesStore.name, zoneSalesStore.name],
  async apply(base, { entries }, session) {
    const { products, counties, zone } = salesChanges(entries);
    await write(base, { store: productSalesStore, changes: products }, session);
    await write(base, { store: countySalesStore, changes: counties }, session);
    await write(base, { store: zoneSalesStore, changes: zone }, session);
  },
};

async function write(
  base: Base,
  into: { store: Store<Sales>; changes: ReadonlyMap<string, Omit<Sales, '_id'>> },
  session: Session,
): Promise<void> {
  if (into.changes.size === 0) return;
  await into.store.collection(base).bulkWrite(
    [...into.changes].map(([_id, changes]) => ({
      updateOne: { filter: { _id }, update: { $inc: { ...changes } }, upsert: true },
    })),
    { session, ordered: true },
  );
}
