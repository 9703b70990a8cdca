import { createHash } from 'node:crypto';
import {
  type DirectoryMember,
  type DirectoryOrganisation,
  generateMembers,
  generateOrganisations,
  subjectOf,
} from './directory.js';

/** A role as the portal writes it into the claim `aixin_roles`. */
export interface RoleClaim {
  readonly name: string;
  readonly organisationId?: string;
  readonly supplierId?: string;
  readonly sponsorId?: string;
}

/** Somebody who can sign in. */
export interface Person {
  /** `member`, `secretary` …, or `member#17` for the 17th member of the directory. */
  readonly key: string;
  readonly subject: string;
  readonly displayName: string;
  /** What the login page says of them. */
  readonly label: string;
  /** Where they belong, for the header of the page. */
  readonly place: string;
  readonly roles: readonly RoleClaim[];
  /** At the zone's WeChat appid, where the person came to the portal through WeChat: written into `aixin_openid`. */
  readonly openId?: string;
}

/** What the zone reads of a token beside the subject. */
export function zoneClaims({ roles, openId }: Person): Record<string, unknown> {
  return { aixin_roles: roles, ...(openId === undefined ? {} : { aixin_openid: openId }) };
}

export interface Directory {
  readonly organisations: readonly DirectoryOrganisation[];
  readonly members: readonly DirectoryMember[];
}

export interface People {
  /** Made at first use: it takes some tenths of a second. */
  directory(): Directory;
  personas(): readonly Person[];
  byKey(key: string): Person | null;
  bySubject(subject: string): Person | null;
}

/** The personas who are members: by their places in the directory, with names that a demo can be told with. */
const MEMBER_PERSONAS = [
  { key: 'member', organ: '市发展改革委', index: 0, displayName: '李春华', label: '党员' },
  { key: 'secretary', organ: '市发展改革委', index: 1, displayName: '王建平', label: '党支部书记' },
  { key: 'member2', organ: '市教委', index: 0, displayName: '陈思远', label: '党员（另一个支部）' },
] as const;

const OTHER_PERSONAS = [
  { key: 'fund-maker', displayName: '赵文敏', label: '基金管理员（制单）', place: '公益基金管理办公室' },
  { key: 'fund-checker', displayName: '孙立宁', label: '基金管理员（复核）', place: '公益基金管理办公室' },
  { key: 'supplier', displayName: '何田海', label: '供应商', place: '城口县云岭坪养蜂专业合作社' },
  { key: 'operator', displayName: '周雅宁', label: '平台运营', place: '消费帮扶平台运营组' },
  { key: 'sponsor', displayName: '冯致远', label: '配捐方', place: '配捐单位甲' },
  { key: 'auditor', displayName: '郑学明', label: '审计', place: '机关审计组' },
] as const;

/** Invented; the seed's first agreement is this sponsor's. */
export const DEFAULT_SPONSOR_ID = '91500000MADEM0001J';

/** Whom of the zone's catalogue and agreements the personas `supplier` and `sponsor` act for. */
export interface ActsFor {
  readonly supplierId: string;
  /** The sponsor's 统一社会信用代码. */
  readonly sponsorId: string;
}

export function createPeople({ supplierId, sponsorId }: ActsFor): People {
  const organisations = once(generateOrganisations);
  const directory = once<Directory>(() => {
    const members = generateMembers(organisations());
    for (const persona of MEMBER_PERSONAS) {
      const branchId = firstBranchOf(organisations(), persona.organ).id;
      const index = members.findIndex((one) => one.memberships.at(-1)?.organisationId === branchId) + persona.index;
      const member = members[index];
      if (!member) throw new Error(`nobody is in the branch of ${persona.organ}`);
      // A persona has a life without a transfer and a subject of its own, so that a token needs no directory.
      const memberships = [{ organisationId: branchId, from: '2018-01-01T00:00:00+08:00', until: null }];
      members[index] = { ...member, id: subjectOf(persona.key), displayName: persona.displayName, memberships };
    }
    return { organisations: organisations(), members };
  });
  const personas = once(() => [
    ...MEMBER_PERSONAS.map(({ key, displayName, label, organ }): Person => {
      const branch = firstBranchOf(organisations(), organ);
      const leads = key === 'secretary' ? [{ name: 'secretary', organisationId: branch.id }] : [];
      return {
        key,
        subject: subjectOf(key),
        displayName,
        label,
        place: branch.name,
        roles: [{ name: 'member' }, ...leads],
        // One of them, so that both kinds of members can be tried.
        ...(key === 'member' ? { openId: openIdOf(key) } : {}),
      };
    }),
    ...OTHER_PERSONAS.map((one): Person => {
      const actsFor = { supplier: { supplierId }, sponsor: { sponsorId } }[one.key as string];
      return { ...one, subject: subjectOf(one.key), roles: [{ name: one.key, ...actsFor }] };
    }),
  ]);
  const numbers = once(() => new Map(directory().members.map((one, index) => [one.id, index])));
  const byNumber = (index: number): Person | null => memberOf(directory(), index);
  return {
    directory,
    personas,
    byKey: (key) => {
      const number = /^member#(\d{1,6})$/.exec(key)?.[1];
      return number === undefined ? (personas().find((one) => one.key === key) ?? null) : byNumber(Number(number));
    },
    bySubject: (subject) =>
      personas().find((one) => one.subject === subject) ?? byNumber(numbers().get(subject) ?? Number.NaN),
  };
}

/** In the form of WeChat's: the same for one person at one appid, and told by nobody else. */
function openIdOf(key: string): string {
  return `o${createHash('sha256').update(`openid ${key}`).digest('base64url').slice(0, 27)}`;
}

function memberOf({ members, organisations }: Directory, index: number): Person | null {
  const member = members[index];
  if (!member) return null;
  const organisationId = member.memberships.at(-1)?.organisationId;
  const place = organisations.find((one) => one.id === organisationId)?.name ?? '';
  const roles = [{ name: 'member' }];
  return { key: `member#${index}`, subject: member.id, displayName: member.displayName, label: '党员', place, roles };
}

function firstBranchOf(organisations: readonly DirectoryOrganisation[], organ: string): DirectoryOrganisation {
  const unit = organisations.findIndex((one) => one.level === 'UNIT' && one.name === organ);
  const branch = organisations.slice(unit).find((one) => one.level === 'BRANCH');
  if (unit < 0 || !branch) throw new Error(`the directory has no branch of ${organ}`);
  return branch;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
