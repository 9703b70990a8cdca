import DataLoader from 'dataloader';
import type { Base } from '../kernel/context.js';
import type { GraphqlContext } from './context.js';

/** Bounds the `$in` of one query; more keys go in several. */
const MOST_KEYS = 500;

/**
 * Reads by key, gathered over one request: however many fields ask, one query goes out, and one key is read once.
 * `read` gives what it found by key; a key that is not there loads as null.
 */
export function requestLoader<Value>(
  read: (base: Base, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (context: GraphqlContext) => DataLoader<string, Value | null> {
  const loaders = new WeakMap<GraphqlContext, DataLoader<string, Value | null>>();
  return (context) => {
    let loader = loaders.get(context);
    if (!loader) {
      const batch = async (keys: readonly string[]): Promise<(Value | null)[]> => {
        const found = await read(context.base, keys);
        return keys.map((key) => found.get(key) ?? null);
      };
      loader = new DataLoader(batch, { maxBatchSize: MOST_KEYS });
      loaders.set(context, loader);
    }
    return loader;
  };
}
