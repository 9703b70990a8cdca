import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type FakePortal, lifetime, startFakePortal } from '../../../test/fake-portal.js';
import { testDatabase } from '../../../test/mongo.js';
import { portalBase } from '../../../test/portal-base.js';
import { type Base, systemContext } from '../../kernel/context.js';
import { ensureCollections } from '../../kernel/store.js';
import {
  applyDirectoryEvent,
  importDirectory,
  isWithin,
  membersByIds,
  membershipOn,
  organisationsByIds,
} from './index.js';
import { directoryImportStore, memberStore, organisationStore } from './portal.store.js';

const database = testDatabase('portal-import');
const DAY_1 = Date.parse('2026-01-01T00:00:00Z');
const DAY_2 = DAY_1 + 86_400_000;
let portal: FakePortal;
let base: Base;
let nowMs = DAY_1;

const organisation = (id: string, parentId: string | null, level = 'BRANCH') => ({
  id,
  name: `组织 ${id}`,
  level,
  parentId,
});
const member = (id: string, organisationId: string, from = '2020-01-01T00:00:00Z') => ({
  id,
  displayName: '张小三',
  maskedMobile: '138****1234',
  memberships: [{ organisationId, from, until: null }],
});

beforeAll(async () => {
  portal = await startFakePortal();
  base = portalBase(portal.options, { db: await database.connect(), clock: () => nowMs });
  await ensureCollections(base.db);
});
afterAll(async () => {
  await portal.stop();
  await database.drop();
});
beforeEach(() => {
  nowMs = DAY_1;
  portal.directory = {
    organisations: [
      organisation('group', 'branch', 'GROUP'),
      organisation('root', null, 'WORK_COMMITTEE'),
      organisation('branch', 'root'),
      organisation('other', 'root'),
    ],
    members: Array.from({ length: 40 }, (_, n) => member(`m-${n}`, n % 2 ? 'group' : 'other')),
  };
});
afterEach(async () => {
  for (const store of [organisationStore, memberStore, directoryImportStore])
    await store.collection(base).deleteMany({});
});

const run = async (input = {}) => await importDirectory(systemContext(base, 'nightly'), input);
const snapshot = async () => ({
  organisations: await organisationStore.collection(base).find().sort({ _id: 1 }).toArray(),
  members: await memberStore.collection(base).find().sort({ _id: 1 }).toArray(),
});

describe('an import of the directory', () => {
  it('takes over the tree and the members, page by page, and answers where a member was', async () => {
    expect(await run()).toMatchObject({ organisationCount: 4, memberCount: 40, changedMemberCount: 40 });
    expect(await membershipOn(base, 'm-1', DAY_1)).toEqual({
      organisationId: 'group',
      ancestorIds: ['root', 'branch'],
    });
    expect(await membershipOn(base, 'm-1', Date.parse('2019-12-31T23:59:59Z'))).toBeNull();
    expect(await membershipOn(base, 'stranger', DAY_1)).toBeNull();
    expect((await organisationsByIds(base, ['other', 'none', 'root'])).map((one) => one?._id)).toEqual([
      'other',
      undefined,
      'root',
    ]);
    expect((await membersByIds(base, ['m-3']))[0]).toMatchObject({
      displayName: '张小三',
      maskedMobile: '138****1234',
    });
    expect(await isWithin(base, 'group', 'branch')).toBe(true);
    expect(await isWithin(base, 'branch', 'branch')).toBe(true);
    expect(await isWithin(base, 'branch', 'group')).toBe(false);
    expect(await isWithin(base, 'other', 'branch')).toBe(false);
  });

  it('gives the same copy in whatever order the portal lists it', async () => {
    await run();
    const before = await snapshot();
    for (const store of [organisationStore, memberStore, directoryImportStore])
      await store.collection(base).deleteMany({});
    portal.directory.organisations.reverse();
    portal.directory.members.reverse();
    await run();
    expect(await snapshot()).toEqual(before);
  });

  it('run again writes nothing', async () => {
    await run();
    const before = await snapshot();
    nowMs = DAY_2;
    expect(await run()).toMatchObject({ changedOrganisationCount: 0, changedMemberCount: 0 });
    expect(await snapshot()).toEqual(before);
  });

  it('after a transfer still knows the organisation of the old day', async () => {
    await run();
    expect(await membershipOn(base, 'm-1', DAY_1)).toMatchObject({ organisationId: 'group' });
    nowMs = DAY_2;
    portal.directory.members[1] = member('m-1', 'other', '2026-01-02T00:00:00Z');
    expect(await run()).toMatchObject({ changedMemberCount: 1, lostMemberCount: 0 });
    expect(await membershipOn(base, 'm-1', DAY_2 - 1)).toMatchObject({ organisationId: 'group' });
    expect(await membershipOn(base, 'm-1', DAY_2)).toMatchObject({ organisationId: 'other' });
  });

  it('closes who is no longer named, and deletes nobody', async () => {
    await run();
    nowMs = DAY_2;
    portal.directory.members.splice(0, 2);
    expect(await run()).toMatchObject({ lostMemberCount: 2, changedMemberCount: 2 });
    expect(await membershipOn(base, 'm-1', DAY_2)).toBeNull();
    expect(await membershipOn(base, 'm-1', DAY_2 - 1)).toMatchObject({ organisationId: 'group' });
    expect(await memberStore.model(base).countDocuments()).toBe(40);
  });

  it('in which more than a twentieth vanishes writes nothing, unless an operator allows it', async () => {
    await run();
    const before = await snapshot();
    portal.directory.members.splice(0, 3);
    expect(await run()).toMatchObject({
      refused: true,
      code: 'DIRECTORY_MASS_REMOVAL',
      details: { presentCount: 40, lostCount: 3 },
    });
    expect(await snapshot()).toEqual(before);
    expect(await run({ allowMassRemoval: true })).toMatchObject({ lostMemberCount: 3 });
  });

  it('counts a member whose memberships all vanish as lost', async () => {
    await run();
    portal.directory.members = portal.directory.members.map((one) => ({ ...(one as object), memberships: [] }));
    expect(await run()).toMatchObject({ code: 'DIRECTORY_MASS_REMOVAL' });
  });

  it.each([
    [
      'a number that is not masked',
      () => portal.directory.members.push({ ...member('x', 'group'), maskedMobile: '13812341234' }),
    ],
    ['an unknown level', () => portal.directory.organisations.push(organisation('x', 'root', 'CLUB'))],
    ['a parent that is not there', () => portal.directory.organisations.push(organisation('x', 'gone'))],
    ['one id twice', () => portal.directory.members.push(member('m-1', 'other'))],
  ])('with %s writes nothing and says where', async (_what, spoil) => {
    spoil();
    expect(await run()).toMatchObject({
      code: 'DIRECTORY_INVALID',
      details: { where: expect.stringMatching(/members|organisations/) },
    });
    expect(await memberStore.model(base).countDocuments()).toBe(0);
    expect(await directoryImportStore.model(base).countDocuments({ state: 'REFUSED' })).toBe(1);
  });

  it('leaves out a membership in an organisation that nobody knows, and counts it', async () => {
    portal.directory.members.push(member('x', 'unknown'));
    expect(await run()).toMatchObject({ skippedMembershipCount: 1, memberCount: 41 });
    expect(await membershipOn(base, 'x', DAY_1)).toBeNull();
  });

  it('runs once at a time, and after a crash again', async () => {
    const answers = await Promise.all([run(), run(), run()]);
    expect(answers.filter((one) => 'refused' in one)).toEqual([
      expect.objectContaining({ code: 'DIRECTORY_BUSY' }),
      expect.objectContaining({ code: 'DIRECTORY_BUSY' }),
    ]);
    await directoryImportStore.model(base).updateMany({}, { $set: { state: 'RUNNING' } });
    expect(await run()).toMatchObject({ code: 'DIRECTORY_BUSY' });
    nowMs += 15 * 60_000;
    expect(await run()).toMatchObject({ memberCount: 40 });
  });

  it('is not for a member, and says when the portal cannot be reached', async () => {
    const actor = { kind: 'person', memberId: 'm-1', roles: [{ name: 'member' }] } as const;
    expect(await importDirectory({ ...systemContext(base, 'x'), actor })).toMatchObject({ code: 'NOT_ALLOWED' });
    const cut = portalBase({ ...portal.options, issuer: 'http://127.0.0.1:1' }, { db: base.db });
    expect(await importDirectory(systemContext(cut, 'x'))).toMatchObject({ code: 'DIRECTORY_UNREACHABLE' });
  });
});

describe('a signed event of the directory', () => {
  const seconds = (ms: number) => Math.floor(ms / 1000);
  const event = async (content: object, atMs = DAY_1 + 60_000, typ = 'aixin-directory-event+jwt') => {
    const times = { iat: seconds(atMs), exp: seconds(Date.now()) + 60 };
    return await applyDirectoryEvent(base, await portal.sign(typ, { aud: 'aixin', ...times, event: content }));
  };
  const moved = { type: 'member.moved', memberId: 'm-1', organisationId: 'other', from: '2026-01-02T00:00:00Z' };

  it('moves a member from the day it names, at once and once', async () => {
    await run();
    expect(await membershipOn(base, 'm-1', DAY_2)).toMatchObject({ organisationId: 'group' });
    expect(await event(moved)).toEqual({ applied: 'WRITTEN' });
    expect(await membershipOn(base, 'm-1', DAY_2 - 1)).toMatchObject({ organisationId: 'group' });
    expect(await membershipOn(base, 'm-1', DAY_2)).toMatchObject({ organisationId: 'other' });
    expect(await event(moved)).toEqual({ applied: 'STALE' });
  });

  it('is not written over by an import that began before it', async () => {
    await run();
    expect(await event(moved, DAY_2)).toEqual({ applied: 'WRITTEN' });
    nowMs = DAY_2 - 60_000;
    portal.directory.members[1] = { ...member('m-1', 'group'), displayName: '张小四' };
    await run();
    expect(await membershipOn(base, 'm-1', DAY_2)).toMatchObject({ organisationId: 'other' });
    nowMs = DAY_2 + 60_000;
    await run();
    expect((await membersByIds(base, ['m-1']))[0]?.displayName).toBe('张小四');
  });

  it('older than the copy, unsigned by the portal, of another type or about a stranger changes nothing', async () => {
    await run();
    const before = await snapshot();
    expect(await event(moved, DAY_1 - 60_000)).toEqual({ applied: 'STALE' });
    expect(await event(moved, undefined, 'at+jwt')).toMatchObject({ code: 'EVENT_INVALID' });
    expect(await event({ ...moved, memberId: 'stranger' })).toMatchObject({ code: 'DIRECTORY_UNKNOWN' });
    expect(
      await applyDirectoryEvent(
        base,
        await portal.sign('aixin-directory-event+jwt', { aud: 'other', ...lifetime(60) }),
      ),
    ).toMatchObject({ refused: true });
    expect(await snapshot()).toEqual(before);
  });

  it('renames an organisation', async () => {
    await run();
    expect(await event({ type: 'organisation.renamed', organisationId: 'other', name: '新名称' })).toEqual({
      applied: 'WRITTEN',
    });
    expect((await organisationsByIds(base, ['other']))[0]?.name).toBe('新名称');
  });
});
