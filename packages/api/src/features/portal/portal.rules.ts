/** 工委 → 单位 → 机关党委 → 党总支 → 党支部 → 党小组. Levels may be missing between an organisation and its parent. */
export const ORGANISATION_LEVELS = [
  'WORK_COMMITTEE',
  'UNIT',
  'PARTY_COMMITTEE',
  'GENERAL_BRANCH',
  'BRANCH',
  'GROUP',
] as const;

export type OrganisationLevel = (typeof ORGANISATION_LEVELS)[number];

/** From `fromMs` on, to just before `untilMs`; null: still in force. */
export interface Membership {
  readonly organisationId: string;
  readonly fromMs: number;
  readonly untilMs: number | null;
}

/** The real tree has six levels. A longer chain is a mistake in the directory, and every record would carry it. */
const DEEPEST = 12;

/** More than this share of the directory vanishing in one import is taken for a broken export, not for the truth. */
const MASS_REMOVAL_PERCENT = 5;

export interface TreeFault {
  readonly fault: 'UNKNOWN_PARENT' | 'CYCLE_OR_TOO_DEEP';
  readonly organisationId: string;
}

/** The ancestors of each organisation, root first, without itself; or the first organisation that hangs nowhere. */
export function ancestorsOfAll(
  parents: ReadonlyMap<string, string | null>,
): ReadonlyMap<string, readonly string[]> | TreeFault {
  const known = new Map<string, readonly string[]>();
  for (const organisationId of parents.keys()) {
    const chain: string[] = [];
    let parentId = parents.get(organisationId) ?? null;
    while (parentId !== null) {
      if (!parents.has(parentId)) return { fault: 'UNKNOWN_PARENT', organisationId };
      if (chain.length >= DEEPEST) return { fault: 'CYCLE_OR_TOO_DEEP', organisationId };
      chain.push(parentId);
      parentId = parents.get(parentId) ?? null;
    }
    known.set(organisationId, chain.reverse());
  }
  return known;
}

export function isTreeFault(tree: ReadonlyMap<string, readonly string[]> | TreeFault): tree is TreeFault {
  return 'fault' in tree;
}

/** The membership in force at that instant. Where two overlap, the later one: a transfer that was entered late. */
export function membershipAt(memberships: readonly Membership[], atMs: number): Membership | null {
  let found: Membership | null = null;
  for (const one of memberships) {
    const inForce = one.fromMs <= atMs && (one.untilMs === null || atMs < one.untilMs);
    if (inForce && (!found || one.fromMs >= found.fromMs)) found = one;
  }
  return found;
}

/**
 * What is known after the directory spoke. What it names stands as it says; what it no longer names is closed now and
 * kept: old records were made under it, and "where was this member then" must keep its answer.
 */
export function mergeMemberships(
  stored: readonly Membership[],
  named: readonly Membership[],
  nowMs: number,
): readonly Membership[] {
  const key = (one: Membership): string => `${one.fromMs}|${one.organisationId}`;
  const merged = new Map(named.map((one) => [key(one), one]));
  for (const one of stored) {
    if (merged.has(key(one))) continue;
    // One that was announced for later and taken back ends where it would have begun: it was never in force.
    const untilMs = Math.max(one.fromMs, Math.min(one.untilMs ?? nowMs, nowMs));
    merged.set(key(one), { ...one, untilMs });
  }
  return [...merged.values()].sort(
    (a, b) =>
      a.fromMs - b.fromMs || (a.organisationId < b.organisationId ? -1 : a.organisationId > b.organisationId ? 1 : 0),
  );
}

/** True when so many of those present are lost that a person should look before it is believed. */
export function isMassRemoval(counts: { readonly presentCount: number; readonly lostCount: number }): boolean {
  return counts.lostCount * 100 > counts.presentCount * MASS_REMOVAL_PERCENT;
}

/** 张小三 → 张*三, 张三 → 张*: how a person is named on a page that others see. The length of the name stays hidden. */
export function displayNameMasked(displayName: string): string {
  const characters = [...displayName.trim()];
  const first = characters[0] ?? '';
  return characters.length > 2 ? `${first}*${characters[characters.length - 1] ?? ''}` : `${first}*`;
}
