import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';

export type ProjectedDoc = Record<string, unknown> & { readonly _id: unknown };

/** Projected documents of one database, in a session or as they stand. */
export interface Side {
  readonly base: Pick<Base, 'db'>;
  readonly session?: Session;
}

export interface Difference {
  readonly id: unknown;
  readonly what: 'changed' | 'missing' | 'surplus';
}

/** So many are looked up on the other side at once: a query for each would cost ten times as much. */
const AT_A_TIME = 1_000;

/**
 * Each document of a collection in which what is shown is not, byte for byte, what was counted. It holds some thousand of
 * them at a time, however large the collection is.
 */
export async function* differencesIn(
  collection: string,
  { shown, counted }: { shown: Side; counted: Side },
): AsyncGenerator<Difference> {
  for await (const page of pagesOf(collection, shown)) {
    const others = await readProjected(collection, counted, page.map(idOf));
    for (const document of page) {
      const other = others.get(keyOf(document._id));
      if (!other) yield { id: document._id, what: 'surplus' };
      else if (!isSame(document, other)) yield { id: document._id, what: 'changed' };
    }
  }
  for await (const page of pagesOf(collection, counted)) {
    const others = await readProjected(collection, shown, page.map(idOf));
    for (const { _id } of page) if (!others.has(keyOf(_id))) yield { id: _id, what: 'missing' };
  }
}

/**
 * The same values of the same kinds: a date is not its text, which canonical JSON would take for it. A number that is not
 * whole is the same as nothing: it is no figure which a projection may show.
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a === 'number') return Number.isSafeInteger(a) && a === b;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (a instanceof Date || b instanceof Date) {
    return a instanceof Date && b instanceof Date && a.getTime() === b.getTime();
  }
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [ours, theirs] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(ours);
  return keys.length === Object.keys(theirs).length && keys.every((key) => isSame(ours[key], theirs[key]));
}

/** By `keyOf` their ids. */
export async function readProjected(
  collection: string,
  { base, session }: Side,
  ids: readonly unknown[],
): Promise<Map<string, ProjectedDoc>> {
  const found = new Map<string, ProjectedDoc>();
  const cursor = base.db.collection<ProjectedDoc>(collection).find({ _id: { $in: ids as never } }, sessionOf(session));
  for await (const document of cursor) found.set(keyOf(document._id), document);
  return found;
}

/** An id made something else by hand is another one: `5` is not `'5'`. */
export function keyOf(id: unknown): string {
  return `${typeof id} ${String(id)}`;
}

async function* pagesOf(collection: string, { base, session }: Side): AsyncGenerator<ProjectedDoc[]> {
  const options = { ...sessionOf(session), batchSize: AT_A_TIME, sort: { _id: 1 } } as const;
  let page: ProjectedDoc[] = [];
  for await (const document of base.db.collection<ProjectedDoc>(collection).find({}, options)) {
    page.push(document);
    if (page.length < AT_A_TIME) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function idOf(document: ProjectedDoc): unknown {
  return document._id;
}

function sessionOf(session: Session | undefined): { session?: Session } {
  return session ? { session } : {};
}
