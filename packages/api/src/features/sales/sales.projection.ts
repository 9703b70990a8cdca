import type { Base } from '../../kernel/context.js';
import { CROWD, isCrowd, joinCrowd } from '../../kernel/crowd.rules.js';
import type { Store } from '../../kernel/store.js';
import type { Session } from '../../kernel/transaction.js';
import type { Projection } from '../journal/index.js';
import { runsByDay, type SalesChange, salesChanges } from './sales.rules.js';
import { NO_SALES, type Sales, countySalesStore, productSalesStore, zoneSalesStore } from './sales.store.js';

const STORES = [productSalesStore, countySalesStore, zoneSalesStore];

/**
 * Counts what was sold, by product, by county and in all. What is told of it moves with the first entry of a new day,
 * if five members changed it and five members bought since it moved last: by then nothing of that entry is in it.
 */
export const salesProjection: Projection = {
  name: 'sales',
  collections: STORES.map((store) => store.name),
  async apply(base, { entries }, session) {
    const zone = await zoneSalesStore.collection(base).findOne({ _id: 'zone' }, { session });
    let day = zone?.day ?? '';
    let waiting = zone?.waitingMemberIds ?? [];
    for (const run of runsByDay(entries, day)) {
      const { products, counties, zone: whole } = salesChanges(run.entries);
      // Only receipts were confirmed: nothing was sold.
      if (whole.size === 0) continue;
      if (run.day > day && isCrowd(waiting)) {
        await tell(base, session);
        waiting = [];
      }
      day = run.day;
      waiting = joinCrowd(waiting, [...(whole.get('zone')?.memberIds ?? [])]);
      await write(base, { store: productSalesStore, changes: products }, session);
      await write(base, { store: countySalesStore, changes: counties }, session);
      await write(base, { store: zoneSalesStore, changes: whole }, session);
      await zoneSalesStore.collection(base).updateOne({ _id: 'zone' }, { $set: { day } }, { session });
    }
  },
};

/** Tells the figures as they stand, wherever five members changed them. */
async function tell(base: Base, session: Session): Promise<void> {
  const told = Object.fromEntries(Object.keys(NO_SALES).map((field) => [field, `$${field}`]));
  for (const store of STORES) {
    await store
      .collection(base)
      .updateMany({ waitingMemberIds: { $size: CROWD } }, [{ $set: { told, waitingMemberIds: [] } }], { session });
  }
}

async function write(
  base: Base,
  into: { store: Store<Sales>; changes: ReadonlyMap<string, SalesChange> },
  session: Session,
): Promise<void> {
  if (into.changes.size === 0) return;
  const target = into.store.collection(base);
  const found = await target
    .find({ _id: { $in: [...into.changes.keys()] } }, { session, projection: { waitingMemberIds: 1 } })
    .toArray();
  const waiting = new Map(found.map((one) => [one._id, one.waitingMemberIds]));
  await target.bulkWrite(
    [...into.changes].map(([_id, { memberIds, ...changes }]) => ({
      updateOne: {
        filter: { _id },
        update: {
          $inc: changes,
          $set: { waitingMemberIds: joinCrowd(waiting.get(_id) ?? [], [...memberIds]) },
          $setOnInsert: { told: { ...NO_SALES } },
        },
        upsert: true,
      },
    })),
    { session, ordered: true },
  );
}
