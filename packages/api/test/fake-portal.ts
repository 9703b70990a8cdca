import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { PortalOptions } from '../src/features/portal/index.js';

/** A portal of a few lines for tests: real keys, real HTTP, and a directory that the test writes. */
export interface FakePortal {
  readonly url: string;
  readonly options: PortalOptions;
  /** The directory it serves; the test changes it as it likes. */
  directory: { organisations: unknown[]; members: unknown[] };
  pageSize: number;
  /** How often its keys were asked for. */
  keyReads: number;
  /** An access token as the portal would sign it; `claims` go over the usual ones, `header` over the usual header. */
  token(claims?: JWTPayload, header?: Record<string, string>): Promise<string>;
  /** Any JWT of the portal, with nothing added but `iss`. */
  sign(typ: string, claims: JWTPayload): Promise<string>;
  stop(): Promise<void>;
}

const CLIENT = { id: 'zone-directory', secret: 'directory-secret' };
const DIRECTORY_TOKEN = 'directory-token';

export async function startFakePortal(): Promise<FakePortal> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
  const server = createServer((request, response) => answer(portal, jwk, request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const portal: FakePortal = {
    url,
    options: {
      issuer: url,
      jwksUrl: `${url}/jwks`,
      audience: 'aixin',
      zoneSessionSecret: 'a secret of the zone, long enough for HS256',
      directoryUrl: `${url}/directory`,
      directoryClientId: CLIENT.id,
      directoryClientSecret: CLIENT.secret,
    },
    directory: { organisations: [], members: [] },
    pageSize: 2,
    keyReads: 0,
    token: (claims, header) =>
      signWith(
        privateKey,
        { typ: 'at+jwt', ...header },
        { iss: url, aud: 'aixin', sub: 'member-1', ...lifetime(600), ...claims },
      ),
    sign: (typ, claims) => signWith(privateKey, { typ }, { iss: url, ...claims }),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return portal;
}

export function lifetime(seconds: number): { iat: number; exp: number } {
  const iat = Math.floor(Date.now() / 1000);
  return { iat, exp: iat + seconds };
}

async function signWith(key: CryptoKey, header: Record<string, string>, claims: JWTPayload): Promise<string> {
  return await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'key-1', ...header }).sign(key);
}

function answer(portal: FakePortal, jwk: unknown, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', portal.url);
  const send = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  if (url.pathname === '/jwks') {
    portal.keyReads += 1;
    return send(200, { keys: [jwk] });
  }
  if (url.pathname === '/.well-known/openid-configuration')
    return send(200, { issuer: portal.url, token_endpoint: `${portal.url}/token` });
  if (url.pathname === '/token') {
    const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`;
    if (request.headers.authorization !== basic) return send(401, { error: 'invalid_client' });
    return send(200, { access_token: DIRECTORY_TOKEN, token_type: 'Bearer', expires_in: 600 });
  }
  if (request.headers.authorization !== `Bearer ${DIRECTORY_TOKEN}`) return send(401, { error: 'invalid_token' });
  const list = url.pathname === '/directory/members' ? portal.directory.members : portal.directory.organisations;
  const start = Number(url.searchParams.get('cursor') ?? 0);
  const end = start + portal.pageSize;
  send(200, { items: list.slice(start, end), next: end < list.length ? String(end) : null });
}
