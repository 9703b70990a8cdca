import DataLoader from 'dataloader';
import type { Base } from '../kernel/context.js';
import type { GraphqlContext } from './context.js';

/** Bounds the `$in` of one query; more keys go in several. */
const MOST_KEYS = 500;

/** The loaders of one round of reading, by what they read with. */
const rounds = new WeakMap<GraphqlContext, Map<unknown, unknown>>();

function loadersOf(context: GraphqlContext): Map<unknown, unknown> {
  let loaders = rounds.get(context);
  if (!loaders) rounds.set(context, (loaders = new Map()));
  return loaders;
}

/** A stream lives long, and each of its events tells the state of its moment: what was read for the last one is forgotten. */
export function forgetRead(context: GraphqlContext): void {
  rounds.delete(context);
}

/**
 * Reads by key, gathered over one request: however many fields ask, one query goes out, and one key is read once.
 * `read` gives what it found by key; a key that is not there loads as null.
 */
export function requestLoader<Value>(
  read: (base: Base, keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (context: GraphqlContext) => DataLoader<string, Value | null> {
  return (context) => {
    const loaders = loadersOf(context);
    let loader = loaders.get(read) as DataLoader<string, Value | null> | undefined;
    if (!loader) {
      const batch = async (keys: readonly string[]): Promise<(Value | null)[]> => {
        const found = await read(context.base, keys);
        return keys.map((key) => found.get(key) ?? null);
      };
      loader = new DataLoader(batch, { maxBatchSize: MOST_KEYS });
      loaders.set(read, loader);
    }
    return loader;
  };
}
