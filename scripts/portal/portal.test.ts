import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import {
  authenticate,
  importDirectory,
  isWithin,
  membershipOn,
  redeemTicket,
} from '../../packages/api/src/features/portal/index.js';
import type { Base } from '../../packages/api/src/kernel/context.js';
import { systemContext } from '../../packages/api/src/kernel/context.js';
import { ensureCollections } from '../../packages/api/src/kernel/store.js';
import { testDatabase } from '../../packages/api/test/mongo.js';
import { portalBase } from '../../packages/api/test/portal-base.js';
import { type RunningPortal, startPortal } from './index.js';
import { testBrowser } from './test-browser.js';

const database = testDatabase('demo-portal');
let portal: RunningPortal;
let zone: Server;
let base: Base;

beforeAll(async () => {
  zone = createServer((request, response) => {
    if (request.url === '/mount/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: first\n\n');
      request.on('close', () => zone.emit('reader-left'));
      return;
    }
    response.end(JSON.stringify({ path: request.url, headers: request.headers }));
  });
  await new Promise<void>((done) => zone.listen(0, '127.0.0.1', done));
  portal = await startPortal({ zoneUrl: `http://127.0.0.1:${(zone.address() as AddressInfo).port}/mount` });
  const zoneSessionSecret = 'a secret of the zone, long enough for HS256';
  base = portalBase({ ...portal.zoneOptions, zoneSessionSecret }, { db: await database.connect() });
  await ensureCollections(base.db);
});
afterAll(async () => {
  await portal.stop();
  zone.closeAllConnections();
  await new Promise((done) => zone.close(done));
  await database.drop();
});

const post = async (path: string, body: object) => {
  const response = await fetch(portal.url + path, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('a token for scripts', () => {
  it.each([
    ['member', ['member']],
    ['member2', ['member']],
    ['secretary', ['member', 'secretary']],
    ['fund-maker', ['fund-maker']],
    ['fund-checker', ['fund-checker']],
    ['supplier', ['supplier']],
    ['operator', ['operator']],
    ['sponsor', ['sponsor']],
    ['auditor', ['auditor']],
    ['member#17', ['member']],
  ])('of %s is one that the zone takes, with the roles %j', async (persona, roles) => {
    const { status, body } = await post('/dev/token', { persona });
    expect([status, body.persona, body.token_type]).toEqual([200, persona, 'Bearer']);
    const actor = await authenticate(base, `Bearer ${String(body.access_token)}`);
    expect(actor).toMatchObject({ kind: 'person', roles: roles.map((name) => ({ name })) });
  });

  it('of an unknown persona is refused with the list of those there are', async () => {
    const { status, body } = await post('/dev/token', { persona: 'minister' });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      message: expect.stringContaining('fund-maker'),
      personas: expect.arrayContaining(['member']),
    });
    expect((await post('/dev/token', {})).status).toBe(400);
  });
});

describe('an entry ticket for scripts', () => {
  it('lets the persona in, once', async () => {
    const { body } = await post('/dev/ticket', { persona: 'secretary' });
    const entry = { ticket: String(body.ticket), nonce: String(body.nonce) };
    expect(await redeemTicket(base, entry)).toMatchObject({ token_type: 'Bearer' });
    expect(await redeemTicket(base, entry)).toMatchObject({ code: 'TICKET_USED' });
  });
});

describe('the directory', () => {
  it('is taken over by the zone over HTTP, all 50,000 members, and a second time nothing changes', async () => {
    const ctx = systemContext(base, 'test');
    const first = await importDirectory(ctx);
    expect(first).toMatchObject({
      organisationCount: 4_500,
      memberCount: 50_000,
      changedMemberCount: 50_000,
      skippedMembershipCount: 0,
    });
    expect(await importDirectory(ctx)).toMatchObject({ changedOrganisationCount: 0, changedMemberCount: 0 });

    const member = portal.people.byKey('member');
    const secretary = portal.people.byKey('secretary');
    const where = await membershipOn(base, member?.subject ?? '', Date.now());
    expect(where?.ancestorIds.length).toBeGreaterThanOrEqual(2);
    const led = secretary?.roles.find((role) => role.name === 'secretary')?.organisationId ?? '';
    expect(await isWithin(base, where?.organisationId ?? '', led)).toBe(true);
    const other = await membershipOn(base, portal.people.byKey('member2')?.subject ?? '', Date.now());
    expect(await isWithin(base, other?.organisationId ?? '', led)).toBe(false);
  });

  it('is closed to everybody else', async () => {
    for (const authorization of ['', `Bearer ${await portal.token('operator')}`]) {
      const response = await fetch(`${portal.url}/directory/members`, { headers: { authorization } });
      expect(response.status).toBe(401);
    }
  });
});

describe('the sign-in', () => {
  it('leads through the choice of a persona back to the deep link, with a token of the same form as for scripts', async () => {
    const browser = testBrowser(portal.url);
    const choose = await browser.get('/zone/love?tab=points');
    expect(choose.text).toContain('选择身份');
    const action = /action="([^"]+)"/.exec(choose.text)?.[1] ?? '';
    const zonePage = await browser.post(action, { persona: 'member' });
    expect(zonePage.path).toBe('/zone/love?tab=points');
    expect(zonePage.text).toMatch(/<aixin-zone[^>]+endpoint="[^"]+\/aixin\/graphql"[^>]+base-path="\/zone"/);
    expect(zonePage.text).toContain('李*华');
    expect(zonePage.text).toContain("fetch('/session/token'");

    const answer = JSON.parse((await browser.get('/session/token')).text) as { access_token: string };
    expect(await authenticate(base, `Bearer ${answer.access_token}`)).toMatchObject({
      memberId: portal.people.byKey('member')?.subject,
    });
    const scripted = await portal.token('member');
    expect(Object.keys(decodeJwt(answer.access_token)).sort()).toEqual(Object.keys(decodeJwt(scripted)).sort());
    expect(decodeProtectedHeader(answer.access_token)).toEqual(decodeProtectedHeader(scripted));
    const renewed = JSON.parse((await browser.get('/session/token?refresh=1')).text) as { access_token: string };
    expect(renewed.access_token).not.toBe(answer.access_token);
    expect(await authenticate(base, `Bearer ${renewed.access_token}`)).toMatchObject({ kind: 'person' });

    await browser.post('/logout', {});
    expect((await browser.get('/session/token')).status).toBe(401);
  });

  it('sends nobody to another site, and does not take a code from another browser', async () => {
    const browser = testBrowser(portal.url);
    const choose = await browser.get('/login?returnTo=//elsewhere.example/');
    const action = /action="([^"]+)"/.exec(choose.text)?.[1] ?? '';
    expect((await testBrowser(portal.url).post(action, { persona: 'member' })).status).toBe(400);
    expect((await browser.post(action, { persona: 'member' })).path).toBe('/');
    expect((await browser.get('/login/callback?code=x&state=y')).status).toBe(400);
  });

  it('shows the disclosure to everybody, without a sign-in', async () => {
    const page = await testBrowser(portal.url).get('/disclosure');
    expect([page.path, page.status]).toEqual(['/disclosure', 200]);
    expect(page.text).toContain('<aixin-disclosure data-zone');
    // Who is not signed in has no token to ask for: no refused request on a public page.
    expect(page.text).not.toContain('/session/token');
  });

  it('has no section that leads nowhere', async () => {
    const browser = testBrowser(portal.url);
    const home = await browser.get('/');
    const links = [...home.text.matchAll(/href="(\/[^"]*)"/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(8);
    for (const link of new Set(links)) expect([link, (await browser.get(link)).status]).toEqual([link, 200]);
    expect((await browser.get('/nowhere')).status).toBe(404);
  });
});

describe('the way to the zone', () => {
  it('keeps path and bearer, and keeps the cookies of the portal to itself', async () => {
    const headers = { cookie: 'portal_session=secret', authorization: 'Bearer x' };
    const seen = (await (await fetch(`${portal.url}/aixin/graphql?x=1`, { headers })).json()) as {
      path: string;
      headers: Record<string, string>;
    };
    expect(seen.path).toBe('/mount/graphql?x=1');
    expect(seen.headers.authorization).toBe('Bearer x');
    expect(seen.headers.cookie).toBeUndefined();
  });

  it('streams events as they come, and tells the zone when the reader leaves', async () => {
    const left = new Promise<void>((done) => zone.once('reader-left', done));
    const abort = new AbortController();
    const response = await fetch(`${portal.url}/aixin/stream`, { signal: abort.signal });
    const first = await response.body?.getReader().read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe('data: first\n\n');
    abort.abort();
    await left;
  });

  it('says so when the zone is not there', async () => {
    const alone = await startPortal({ zoneUrl: 'http://127.0.0.1:1' });
    const response = await fetch(`${alone.url}/aixin/graphql`);
    expect([response.status, await response.json()]).toMatchObject([502, { code: 'ZONE_UNREACHABLE' }]);
    await alone.stop();
  });
});
