import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { JWTPayload } from 'jose';
import Koa from 'koa';
import { type FakePortal, lifetime, startFakePortal } from '../../../test/fake-portal.js';
import { testDatabase } from '../../../test/mongo.js';
import { portalBase } from '../../../test/portal-base.js';
import { enterRoutes } from '../../http/enter.js';
import type { Base } from '../../kernel/context.js';
import { ensureCollections } from '../../kernel/store.js';
import { authenticate } from './index.js';

const database = testDatabase('portal-ticket');
const roles = [{ name: 'secretary', organisationId: 'branch-1' }];
let portal: FakePortal;
let server: Server;
let base: Base;
let nowMs = Date.now();
let count = 0;

beforeAll(async () => {
  portal = await startFakePortal();
  base = portalBase({ ...portal.options, clock: () => nowMs }, { db: await database.connect() });
  await ensureCollections(base.db);
  const router = new Router({ prefix: '/zone' });
  enterRoutes(router, base);
  const app = new Koa().use(router.routes());
  await new Promise<void>((done) => (server = app.listen(0, '127.0.0.1', done)));
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await portal.stop();
  await database.drop();
});
beforeEach(() => {
  nowMs = Date.now();
});

const ticket = async (claims: JWTPayload = {}, typ = 'aixin-ticket+jwt'): Promise<string> => {
  count += 1;
  const usual = {
    aud: 'aixin',
    sub: 'member-1',
    jti: `ticket-${count}`,
    nonce: 'nonce-of-the-page',
    aixin_roles: roles,
  };
  return await portal.sign(typ, { ...usual, ...lifetime(60), ...claims });
};

async function enter(body: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/zone/enter`;
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('an entry ticket', () => {
  it('gives a session of the same person with the same roles, for half an hour', async () => {
    const { status, body } = await enter({ ticket: await ticket(), nonce: 'nonce-of-the-page' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 1_800 });
    const header = `Bearer ${String(body.access_token)}`;
    expect(await authenticate(base, header)).toEqual({ kind: 'person', memberId: 'member-1', roles });
    nowMs += 1_801_000;
    expect(await authenticate(base, header)).toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('is good once, also when ten pages use it at the same time', async () => {
    const entry = { ticket: await ticket(), nonce: 'nonce-of-the-page' };
    const answers = await Promise.all(Array.from({ length: 10 }, async () => await enter(entry)));
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
    expect(answers.filter((one) => one.body.code === 'TICKET_USED')).toHaveLength(9);
  });

  it.each([
    ['for another audience', { aud: 'elsewhere' }, 'aixin-ticket+jwt', 'TICKET_INVALID'],
    ['good for longer than a minute', lifetime(61), 'aixin-ticket+jwt', 'TICKET_INVALID'],
    ['that has ended', { exp: Math.floor(Date.now() / 1000) - 1 }, 'aixin-ticket+jwt', 'TICKET_EXPIRED'],
    ['without an id', { jti: undefined as unknown as string }, 'aixin-ticket+jwt', 'TICKET_INVALID'],
    ['asked for by another page', { nonce: 'another-nonce' }, 'aixin-ticket+jwt', 'TICKET_INVALID'],
    ['that is an access token', {}, 'at+jwt', 'TICKET_INVALID'],
  ])('%s is refused', async (_what, claims, typ, code) => {
    expect(await enter({ ticket: await ticket(claims, typ), nonce: 'nonce-of-the-page' })).toMatchObject({
      status: 401,
      body: { code },
    });
  });

  it('is not a bearer token', async () => {
    expect(await authenticate(base, `Bearer ${await ticket()}`)).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('must come with all that is expected', async () => {
    expect(await enter({ ticket: await ticket() })).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
    expect(await enter({ ticket: 'x'.repeat(20_000), nonce: 'nonce-of-the-page' })).toMatchObject({ status: 400 });
  });
});
