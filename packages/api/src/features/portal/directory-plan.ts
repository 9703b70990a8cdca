import { canonicalJson } from '../../kernel/canonical.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { malformed, type MemberItem, type OrganisationItem } from './directory-pages.js';
import { ancestorsOfAll, isMassRemoval, isTreeFault, membershipAt, mergeMemberships } from './portal.rules.js';
import type { Member, Organisation } from './portal.store.js';

interface Change<Doc> {
  readonly doc: Doc;
  readonly isNew: boolean;
}

/** What an import will write, decided before the first write. */
export interface DirectoryPlan {
  readonly organisations: readonly Change<Organisation>[];
  readonly members: readonly Change<Member>[];
  readonly counts: {
    readonly organisationCount: number;
    readonly memberCount: number;
    readonly changedOrganisationCount: number;
    readonly changedMemberCount: number;
    readonly lostOrganisationCount: number;
    readonly lostMemberCount: number;
    /** Memberships in organisations that the directory does not name: left out, and told. */
    readonly skippedMembershipCount: number;
  };
}

interface Stored {
  readonly organisations: ReadonlyMap<string, Organisation>;
  readonly members: ReadonlyMap<string, Member>;
}

interface Told {
  readonly nowMs: number;
  readonly allowMassRemoval: boolean;
}

export function planImport(
  directory: { readonly organisations: readonly OrganisationItem[]; readonly members: readonly MemberItem[] },
  stored: Stored,
  told: Told,
): DirectoryPlan | Refusal {
  const parents = new Map(directory.organisations.map((one) => [one.id, one.parentId]));
  if (parents.size < directory.organisations.length) return malformed('organisations: an id twice');
  const ancestors = ancestorsOfAll(parents);
  if (isTreeFault(ancestors)) return malformed(`organisations, ${ancestors.organisationId}: ${ancestors.fault}`);
  const organisations = planOrganisations(directory.organisations, ancestors, stored.organisations, told.nowMs);

  const named = new Map(directory.members.map((one) => [one.id, one]));
  if (named.size < directory.members.length) return malformed('members: an id twice');
  const members = planMembers(named, parents, stored.members, told.nowMs);

  const refusal = massRemoval('organisations', organisations) ?? massRemoval('members', members);
  if (refusal && !told.allowMassRemoval) return refusal;
  return {
    organisations: organisations.changes,
    members: members.changes,
    counts: {
      organisationCount: parents.size,
      memberCount: named.size,
      changedOrganisationCount: organisations.changes.length,
      changedMemberCount: members.changes.length,
      lostOrganisationCount: organisations.lostCount,
      lostMemberCount: members.lostCount,
      skippedMembershipCount: members.skippedCount,
    },
  };
}

interface ListPlan<Doc> {
  readonly changes: readonly Change<Doc>[];
  readonly presentCount: number;
  readonly lostCount: number;
}

function planOrganisations(
  items: readonly OrganisationItem[],
  ancestors: ReadonlyMap<string, readonly string[]>,
  stored: ReadonlyMap<string, Organisation>,
  nowMs: number,
): ListPlan<Organisation> {
  const changes: Change<Organisation>[] = [];
  for (const { id, name, level, parentId, countyCode } of items) {
    const ancestorIds = ancestors.get(id) ?? [];
    const doc = {
      _id: id,
      name,
      level,
      parentId,
      ancestorIds,
      countyCode: countyCode ?? null,
      closedAtMs: null,
      asOfMs: nowMs,
    };
    const known = stored.get(id);
    if (!known || !sameOrganisation(known, doc)) changes.push({ doc, isNew: !known });
  }
  const present = [...stored.values()].filter((one) => one.closedAtMs === null);
  const lost = present.filter((one) => !ancestors.has(one._id));
  for (const one of lost) changes.push({ doc: { ...one, closedAtMs: nowMs, asOfMs: nowMs }, isNew: false });
  return { changes, presentCount: present.length, lostCount: lost.length };
}

function planMembers(
  named: ReadonlyMap<string, MemberItem>,
  organisations: ReadonlyMap<string, unknown>,
  stored: ReadonlyMap<string, Member>,
  nowMs: number,
): ListPlan<Member> & { readonly skippedCount: number } {
  const changes: Change<Member>[] = [];
  let skippedCount = 0;
  let presentCount = 0;
  let lostCount = 0;
  const consider = (doc: Member, known: Member | undefined): void => {
    if (known && membershipAt(known.memberships, nowMs)) {
      presentCount += 1;
      if (!membershipAt(doc.memberships, nowMs)) lostCount += 1;
    }
    if (!known || !sameMember(known, doc)) changes.push({ doc, isNew: !known });
  };
  for (const { id, displayName, maskedMobile, memberships } of named.values()) {
    const known = stored.get(id);
    const kept = memberships.filter((one) => organisations.has(one.organisationId));
    skippedCount += memberships.length - kept.length;
    const told = kept.map((one) => ({ organisationId: one.organisationId, fromMs: one.from, untilMs: one.until }));
    const merged = mergeMemberships(known?.memberships ?? [], told, nowMs);
    consider({ _id: id, displayName, maskedMobile, memberships: merged, asOfMs: nowMs }, known);
  }
  for (const known of stored.values()) {
    if (named.has(known._id)) continue;
    consider({ ...known, memberships: mergeMemberships(known.memberships, [], nowMs), asOfMs: nowMs }, known);
  }
  return { changes, presentCount, lostCount, skippedCount };
}

/** Compares what the directory says; when it said so does not count. */
function sameOrganisation(a: Organisation, b: Organisation): boolean {
  return canonicalJson({ ...a, asOfMs: 0 }) === canonicalJson({ ...b, asOfMs: 0 });
}

/** Field by field: 50,000 comparisons must not hold up the requests of this process for a second. */
function sameMember(a: Member, b: Member): boolean {
  return (
    a.displayName === b.displayName &&
    a.maskedMobile === b.maskedMobile &&
    a.memberships.length === b.memberships.length &&
    a.memberships.every((one, index) => {
      const other = b.memberships[index];
      return (
        one.organisationId === other?.organisationId && one.fromMs === other.fromMs && one.untilMs === other.untilMs
      );
    })
  );
}

function massRemoval(list: string, plan: ListPlan<unknown>): Refusal | null {
  const { presentCount, lostCount } = plan;
  if (!isMassRemoval({ presentCount, lostCount })) return null;
  return refuse(
    'DIRECTORY_MASS_REMOVAL',
    '这次通讯录里突然少了很多人或组织，没有写入任何内容。请先向门户管理员核实，确认无误后再允许导入。',
    { details: { list, presentCount, lostCount } },
  );
}
