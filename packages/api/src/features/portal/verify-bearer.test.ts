import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { type FakePortal, lifetime, startFakePortal } from '../../../test/fake-portal.js';
import { portalBase } from '../../../test/portal-base.js';
import type { Base } from '../../kernel/context.js';
import { refuseClaims } from './portal-keys.js';
import { authenticate } from './verify-bearer.js';

let portal: FakePortal;
let base: Base;
let nowMs: number;

beforeAll(async () => {
  portal = await startFakePortal();
});
afterAll(async () => {
  await portal.stop();
});
beforeEach(() => {
  nowMs = Date.now();
  base = portalBase({ ...portal.options, clock: () => nowMs });
});

const bearer = async (...args: Parameters<FakePortal['token']>) =>
  await authenticate(base, `Bearer ${await portal.token(...args)}`);

describe('a bearer token', () => {
  it('is not needed: nobody is anonymous', async () => {
    expect(await authenticate(base, undefined)).toEqual({ kind: 'anonymous' });
  });

  it('of a portal whose clock is a few seconds ahead is taken, of one further ahead is not', async () => {
    const nowSeconds = Math.floor(nowMs / 1_000);
    expect(await bearer({ nbf: nowSeconds + 2 })).toMatchObject({ kind: 'person' });
    expect(await bearer({ nbf: nowSeconds + 60 })).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('may be dated ahead, for its life begins at nbf; a ticket or an event from the future is refused', () => {
    const iat = Math.floor(nowMs / 1_000);
    const ahead = (seconds: number) => ({ payload: { iat: iat + seconds }, nowMs });
    expect(refuseClaims({ thing: 'TOKEN', ...ahead(60) })).toBeNull();
    expect(refuseClaims({ thing: 'TICKET', ...ahead(2) })).toBeNull();
    expect(refuseClaims({ thing: 'EVENT', ...ahead(2) })).toBeNull();
    expect(refuseClaims({ thing: 'TICKET', ...ahead(60) })).toMatchObject({ code: 'TICKET_INVALID' });
    expect(refuseClaims({ thing: 'EVENT', ...ahead(60) })).toMatchObject({ code: 'EVENT_INVALID' });
  });

  it('with half of a character in it is refused', async () => {
    expect(await bearer({ sub: '甲\ud800乙' })).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('of the portal names a person and the roles', async () => {
    const roles = [
      { name: 'member' },
      { name: 'secretary', organisationId: 'branch-1' },
      { name: 'supplier', supplierId: 's-1' },
      { name: 'sponsor', sponsorId: '91500000MADEM0001J' },
    ];
    expect(await bearer({ aixin_roles: roles })).toEqual({ kind: 'person', memberId: 'member-1', roles });
  });

  it('of the portal says the openid for payment inside WeChat', async () => {
    expect(await bearer({ aixin_openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' })).toMatchObject({
      openId: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    });
  });

  it('gives no role where the portal gives none, and ignores roles of other applications', async () => {
    expect(await bearer()).toMatchObject({ kind: 'person', roles: [] });
    expect(await bearer({ aixin_roles: [{ name: 'canteen-cook' }] })).toMatchObject({ roles: [] });
  });

  it.each([
    ['a secretary without an organisation', { aixin_roles: [{ name: 'secretary' }] }],
    ['a supplier without an id', { aixin_roles: [{ name: 'supplier' }] }],
    ['a sponsor without an id', { aixin_roles: [{ name: 'sponsor' }] }],
    ['roles that are no list', { aixin_roles: 'operator' }],
    ['an openid that is none', { aixin_openid: 'o"1' }],
    ['another audience', { aud: 'another-application' }],
    ['another issuer', { iss: 'http://elsewhere.example' }],
    ['no subject', { sub: undefined as unknown as string }],
    ['no end', { exp: undefined as unknown as number }],
  ])('with %s is refused', async (_what, claims) => {
    expect(await bearer(claims)).toMatchObject({ refused: true, code: 'TOKEN_INVALID' });
  });

  it.each(['garbage', 'Basic abc', 'Bearer ', 'Bearer a.b', 'Bearer a.b.c', `Bearer ${'a'.repeat(9_000)}.b.c`])(
    'is refused when the header is %#: not a JWT of sensible size',
    async (header) => {
      expect(await authenticate(base, header)).toMatchObject({ refused: true, code: 'TOKEN_INVALID' });
    },
  );

  it('of another type (an id token, an entry ticket) is refused', async () => {
    expect(await bearer({}, { typ: 'JWT' })).toMatchObject({ code: 'TOKEN_INVALID' });
    expect(await bearer({}, { typ: 'aixin-ticket+jwt' })).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('signed by somebody else, by nobody, or by the public words of the zone is refused', async () => {
    const claims = { iss: portal.url, aud: 'aixin', sub: 'member-1', ...lifetime(600) };
    const stranger = await generateKeyPair('RS256');
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1', typ: 'at+jwt' })
      .sign(stranger.privateKey);
    const unsigned = new UnsecuredJWT(claims).encode();
    const guessed = await new SignJWT({ ...claims, iss: 'aixin-zone' })
      .setProtectedHeader({ alg: 'HS256', typ: 'aixin-session+jwt' })
      .sign(new TextEncoder().encode('a guess at the secret of the zone session'));
    for (const jwt of [forged, `${unsigned}x`, guessed]) {
      expect(await authenticate(base, `Bearer ${jwt}`)).toMatchObject({ code: 'TOKEN_INVALID' });
    }
  });

  it('is good until its last second, also when it was seen before, and then says that it expired', async () => {
    const { exp, ...claims } = { aixin_roles: [{ name: 'member' }], ...lifetime(100) };
    const header = `Bearer ${await portal.token({ ...claims, exp })}`;
    expect(await authenticate(base, header)).toMatchObject({ kind: 'person' });
    nowMs = exp * 1000 - 1;
    expect(await authenticate(base, header)).toMatchObject({ kind: 'person' });
    nowMs = exp * 1000;
    expect(await authenticate(base, header)).toMatchObject({ refused: true, code: 'TOKEN_EXPIRED' });
  });

  it('is verified once while it is kept: a thousand requests take no thousand signatures', async () => {
    const header = `Bearer ${await portal.token()}`;
    const first = await authenticate(base, header);
    for (let n = 0; n < 1_000; n += 1) expect(await authenticate(base, header)).toBe(first);
  });

  it('with an unknown key does not make the zone ask the portal again and again', async () => {
    await bearer();
    const before = portal.keyReads;
    for (let n = 0; n < 5; n += 1)
      expect(await bearer({}, { kid: `unknown-${n}` })).toMatchObject({ code: 'TOKEN_INVALID' });
    expect(portal.keyReads).toBe(before);
  });
});

describe('a portal in trouble', () => {
  it('is said to be unreachable: the token is not called invalid', async () => {
    const broken = createServer((_request, response) => response.writeHead(500).end());
    await new Promise<void>((done) => broken.listen(0, '127.0.0.1', done));
    const jwksUrl = `http://127.0.0.1:${(broken.address() as AddressInfo).port}/jwks`;
    const other = portalBase({ ...portal.options, jwksUrl });
    const header = `Bearer ${await portal.token()}`;
    expect(await authenticate(other, header)).toMatchObject({ refused: true, code: 'PORTAL_UNREACHABLE' });
    await new Promise((done) => broken.close(done));
    const again = portalBase({ ...portal.options, jwksUrl });
    expect(await authenticate(again, header)).toMatchObject({ refused: true, code: 'PORTAL_UNREACHABLE' });
  });
});
