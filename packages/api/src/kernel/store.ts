import type { Connection, Model, Schema } from 'mongoose';
import type mongoose from 'mongoose';
import type { Base } from './context.js';

/** A driver collection of a mongoose model: for bulk writes and aggregations on hot paths, with the schema's types. */
export type Collection<Doc extends object> = mongoose.mongo.Collection<Doc>;

export interface Store<Doc extends object> {
  readonly name: string;
  readonly schema: Schema;
  /** The mongoose model on this zone's connection, made once. */
  model(base: Pick<Base, 'db'>): Model<Doc>;
  /** The driver's collection behind it. */
  collection(base: Pick<Base, 'db'>): Collection<Doc>;
}

const stores: Store<object>[] = [];

/** Declares a collection. `migrate` makes every declared collection and its indexes before the zone serves. */
export function defineStore<Doc extends object>(name: string, schema: Schema): Store<Doc> {
  schema.set('autoCreate', false);
  schema.set('autoIndex', false);
  schema.set('collection', name);
  schema.set('versionKey', false);
  schema.set('strict', true);
  const model = (base: Pick<Base, 'db'>): Model<Doc> =>
    (base.db.models[name] as Model<Doc> | undefined) ?? base.db.model<Doc>(name, schema as Schema<Doc>);
  const store: Store<Doc> = {
    name,
    schema,
    model,
    collection: (base) => model(base).collection as unknown as Collection<Doc>,
  };
  stores.push(store as unknown as Store<object>);
  return store;
}

/** Makes what is missing of all declared collections and indexes, or of `only` these. Idempotent; run before serving. */
export async function ensureCollections(db: Connection, only?: readonly string[]): Promise<void> {
  const existing = new Set((await db.listCollections()).map((one) => one.name));
  for (const store of stores) {
    if (only && !only.includes(store.name)) continue;
    const model = store.model({ db });
    if (!existing.has(store.name)) await model.createCollection();
    await model.createIndexes();
  }
}
