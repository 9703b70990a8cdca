import { createHash } from 'node:crypto';
import {
  COUNTY_CODES,
  DEPARTMENTS,
  GIVEN_FIRST,
  GIVEN_SECOND,
  ORGANS,
  SURNAMES,
  WORK_COMMITTEE,
} from './directory-words.js';
import { type SeededRandom, seededRandom, shareOut } from './random.js';

/** As the directory's pages show it. */
export interface DirectoryOrganisation {
  readonly id: string;
  readonly name: string;
  readonly level: 'WORK_COMMITTEE' | 'UNIT' | 'PARTY_COMMITTEE' | 'GENERAL_BRANCH' | 'BRANCH' | 'GROUP';
  readonly parentId: string | null;
  readonly countyCode?: string;
}

export interface DirectoryMember {
  /** The opaque subject: the `sub` of this person's tokens. */
  readonly id: string;
  readonly displayName: string;
  readonly maskedMobile: string;
  readonly memberships: readonly {
    readonly organisationId: string;
    readonly from: string;
    readonly until: string | null;
  }[];
}

export const ORGANISATION_COUNT = 4_500;
export const MEMBER_COUNT = 50_000;

const ORGANISATIONS_SEED = 20_191_118;
const MEMBERS_SEED = 20_191_119;

/** A stable, opaque subject. What it is made of cannot be read from it. */
export function subjectOf(name: string): string {
  return createHash('sha256').update(`demo-portal|${name}`).digest('hex').slice(0, 24);
}

/** 4,500 organisations in a tree with a 工委 on top and 97 organs below it. Parents come before their children. */
export function generateOrganisations(): DirectoryOrganisation[] {
  const random = seededRandom(ORGANISATIONS_SEED);
  const all: DirectoryOrganisation[] = [];
  const add: AddOrganisation = (one) => {
    const id = `org-${String(all.length).padStart(4, '0')}`;
    all.push({ id, ...one });
    return id;
  };
  const topId = add({ name: WORK_COMMITTEE, level: 'WORK_COMMITTEE', parentId: null });
  const weights = ORGANS.map(() => 0.4 + random.next() * 1.8);
  const quotas = shareOut(ORGANISATION_COUNT - 1 - ORGANS.length, weights);
  ORGANS.forEach((organ, index) => {
    const countyCode = COUNTY_CODES[index % COUNTY_CODES.length] ?? '';
    const unitId = add({ name: organ, level: 'UNIT', parentId: topId, countyCode });
    addOrgan(add, { organ, unitId, quota: quotas[index] ?? 0, hasCommittee: index < 2 || random.next() < 0.9, random });
  });
  return all;
}

type AddOrganisation = (one: Omit<DirectoryOrganisation, 'id'>) => string;

interface OrganPlan {
  readonly organ: string;
  readonly unitId: string;
  /** How many organisations lie below the organ. */
  readonly quota: number;
  /** A small organ has no 机关党委: its branches hang below the organ itself, and a level is missing. */
  readonly hasCommittee: boolean;
  readonly random: SeededRandom;
}

function addOrgan(add: AddOrganisation, plan: OrganPlan): void {
  const { organ, random } = plan;
  let left = plan.quota;
  let headId = plan.unitId;
  if (plan.hasCommittee) {
    headId = add({ name: `${organ}机关党委`, level: 'PARTY_COMMITTEE', parentId: headId });
    left -= 1;
  }
  const generalBranchIds: string[] = [];
  for (let n = 0; n < Math.floor(left / 14); n += 1) {
    generalBranchIds.push(add({ name: `${organ}${numeral(n + 1)}党总支`, level: 'GENERAL_BRANCH', parentId: headId }));
  }
  left -= generalBranchIds.length;
  const groupCount = Math.floor(left * (0.1 + random.next() * 0.15));
  const branches: { id: string; name: string }[] = [];
  for (let n = 0; n < left - groupCount; n += 1) {
    const department = DEPARTMENTS[n] ?? `基层${numeral(n + 1 - DEPARTMENTS.length)}`;
    // The first branches, those of the organ's own departments, hang below the head; about half of the others too.
    const parentId =
      n < 4 || generalBranchIds.length === 0 || random.next() < 0.5 ? headId : random.pick(generalBranchIds);
    const name = `${organ}${department}党支部`;
    branches.push({ id: add({ name, level: 'BRANCH', parentId }), name });
  }
  // Groups come in twos below the last branches, so that the first ones hold their members themselves.
  for (let n = 0; n < groupCount; n += 1) {
    const branch = branches[Math.max(0, branches.length - 1 - Math.floor(n / 2))];
    if (!branch) throw new Error(`${organ} has groups but no branch`);
    add({ name: `${branch.name}${n % 2 === 0 ? '第一' : '第二'}党小组`, level: 'GROUP', parentId: branch.id });
  }
}

function numeral(n: number): string {
  const digits = '零一二三四五六七八九';
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  if (tens === 0) return `第${digits[ones] ?? ''}`;
  return `第${tens > 1 ? (digits[tens] ?? '') : ''}十${ones > 0 ? (digits[ones] ?? '') : ''}`;
}

/** 50,000 members in the organisations that have none below them; every twelfth was in another branch before. */
export function generateMembers(organisations: readonly DirectoryOrganisation[]): DirectoryMember[] {
  const random = seededRandom(MEMBERS_SEED);
  const parents = new Set(organisations.map((one) => one.parentId));
  const leaves = organisations.filter(
    (one) => !parents.has(one.id) && (one.level === 'BRANCH' || one.level === 'GROUP'),
  );
  const counts = shareOut(
    MEMBER_COUNT,
    leaves.map(() => 0.5 + random.next()),
  );
  const members: DirectoryMember[] = [];
  leaves.forEach((leaf, index) => {
    for (let n = 0; n < (counts[index] ?? 0); n += 1) {
      const from = `${2008 + random.below(15)}-${twoDigits(1 + random.below(12))}-01T00:00:00+08:00`;
      const joined = `${1985 + random.below(22)}-07-01T00:00:00+08:00`;
      const before =
        random.below(12) === 0 ? [{ organisationId: random.pick(leaves).id, from: joined, until: from }] : [];
      members.push({
        id: subjectOf(`member:${members.length}`),
        displayName:
          random.pick(SURNAMES) + (random.below(4) === 0 ? '' : random.pick(GIVEN_FIRST)) + random.pick(GIVEN_SECOND),
        maskedMobile: `1${random.pick(['38', '39', '50', '86', '99'])}****${String(random.below(10_000)).padStart(4, '0')}`,
        memberships: [...before, { organisationId: leaf.id, from, until: null }],
      });
    }
  });
  return members;
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
