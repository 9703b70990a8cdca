import DataLoader from 'dataloader';
import type { Base } from '../../kernel/context.js';
import { slot } from '../../kernel/slot.js';
import { boundedCache } from './bounded-cache.js';
import { membershipAt } from './portal.rules.js';
import { findMembers, findOrganisations, type Member, type Organisation } from './portal.store.js';

/** Room for every member and organisation of a large city; about 300 bytes each. The longest unused goes first. */
const MOST_KEPT = 200_000;
/** How long another process may go on with what an import or an event has changed here. */
const KEPT_MS = 30_000;
/** Ids in one query. */
const MOST_IDS = 500;

/**
 * The directory in memory, as far as it was asked for. Requests of one turn of the loop share one query, so thousands of
 * placements a second cost some dozen queries, and later none.
 */
const directory = slot('directory in memory', (base) => ({
  organisations: loader<Organisation>(base, findOrganisations),
  members: loader<Member>(base, findMembers),
}));

function loader<Doc extends { readonly _id: string }>(
  base: Base,
  find: (base: Base, ids: readonly string[]) => Promise<readonly Doc[]>,
): DataLoader<string, Doc | null> {
  const load = async (ids: readonly string[]): Promise<(Doc | null)[]> => {
    const found = new Map((await find(base, ids)).map((doc) => [doc._id, doc]));
    return ids.map((id) => found.get(id) ?? null);
  };
  const cacheMap = boundedCache<Promise<Doc | null>>({ maxEntries: MOST_KEPT, keptMs: KEPT_MS, clock: base.clock });
  return new DataLoader(load, { maxBatchSize: MOST_IDS, cacheMap });
}

/** After an import or an event: the next question asks the database. */
export function forgetDirectory(base: Base): void {
  directory(base).organisations.clearAll();
  directory(base).members.clearAll();
}

/** In the order of the ids; null where the directory knows nobody. Closed organisations are still found. */
export async function organisationsByIds(base: Base, ids: readonly string[]): Promise<(Organisation | null)[]> {
  const { organisations } = directory(base);
  return await Promise.all(ids.map(async (id) => await organisations.load(id)));
}

/** In the order of the ids; null where the directory knows nobody. */
export async function membersByIds(base: Base, ids: readonly string[]): Promise<(Member | null)[]> {
  const { members } = directory(base);
  return await Promise.all(ids.map(async (id) => await members.load(id)));
}

/**
 * The organisation that the member belonged to at that instant, with all its ancestors as the tree stands today, root
 * first. Null: not in the directory, or in no organisation then. A placement freezes it into the order.
 */
export async function membershipOn(
  base: Base,
  memberId: string,
  atMs: number,
): Promise<{ readonly organisationId: string; readonly ancestorIds: readonly string[] } | null> {
  const member = await directory(base).members.load(memberId);
  const membership = member && membershipAt(member.memberships, atMs);
  if (!membership) return null;
  const organisation = await directory(base).organisations.load(membership.organisationId);
  return organisation && { organisationId: organisation._id, ancestorIds: organisation.ancestorIds };
}

/** Whether an organisation is the top one or lies below it: what a secretary may see. */
export async function isWithin(base: Base, organisationId: string, topOrganisationId: string): Promise<boolean> {
  if (organisationId === topOrganisationId) return true;
  const organisation = await directory(base).organisations.load(organisationId);
  return organisation?.ancestorIds.includes(topOrganisationId) ?? false;
}
