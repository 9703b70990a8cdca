import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import { createSignIn } from './browser-session.js';
import { createOidc, type OidcClient, ZONE_AUDIENCE } from './oidc.js';
import { contentPolicy, pageRoutes } from './page-routes.js';
import { layout } from './pages/layout.js';
import { messagePage } from './pages/pages.js';
import { createPeople, DEFAULT_SPONSOR_ID, type People } from './people.js';
import { portalKeys } from './portal-keys.js';
import { createZoneProxy, type ZoneProxy } from './proxy.js';
import { devRoutes, directoryRoutes } from './script-routes.js';
import { createTokenMint, type TokenMint } from './tokens.js';

export interface PortalStartOptions {
  /** 0 (default): a free one. */
  readonly port?: number;
  readonly host?: string;
  /** The address that browsers and the zone know, the issuer of all tokens. Default: where it listens. */
  readonly portalUrl?: string;
  /** The zone's mount, e.g. `http://127.0.0.1:4100/aixin`. What the portal shows at `/aixin` comes from there. */
  readonly zoneUrl?: string;
  /** Where the keys are kept. Without it they are new at each start. */
  readonly dataDir?: string;
  /** The supplier of the zone's catalogue that the persona `supplier` acts for. */
  readonly supplierId?: string;
  /** The sponsor, by its 统一社会信用代码, that the persona `sponsor` acts for. */
  readonly sponsorId?: string;
  readonly directoryClientSecret?: string;
}

export interface RunningPortal {
  readonly url: string;
  readonly people: People;
  /** What a zone needs to know of this portal: its `portal` options, but for its own session secret. */
  readonly zoneOptions: {
    readonly issuer: string;
    readonly jwksUrl: string;
    readonly audience: string;
    readonly directoryUrl: string;
    readonly directoryClientId: string;
    readonly directoryClientSecret: string;
  };
  /** A bearer token of a persona (or of `member#17`), as `POST /dev/token` gives it. Throws for an unknown one. */
  token(persona: string, expiresInSeconds?: number): Promise<string>;
  ticket(persona: string, nonce: string): Promise<string>;
  directoryEvent(event: object): Promise<string>;
  /** Where the proxy finds the zone, for who starts the zone after the portal. */
  setZoneUrl(zoneUrl: string): void;
  stop(): Promise<void>;
}

export const DEFAULT_SUPPLIER_ID = 'supplier-001';
/** Known to everybody: the directory it opens is fictional, and it listens on loopback. */
const DEMO_DIRECTORY_SECRET = 'demo-directory-secret';
/** Where the portal shows the zone. */
const ZONE_PREFIX = '/aixin';

export async function startPortal(options: PortalStartOptions = {}): Promise<RunningPortal> {
  const keys = await portalKeys(options.dataDir ?? null);
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => {
    response.writeHead(503).end();
  };
  const server = createServer((request, response) => handle(request, response));
  const port = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const localUrl = `http://127.0.0.1:${port}`;
  const issuer = (options.portalUrl ?? localUrl).replace(/\/$/, '');
  const people = createPeople({
    supplierId: options.supplierId ?? DEFAULT_SUPPLIER_ID,
    sponsorId: options.sponsorId ?? DEFAULT_SPONSOR_ID,
  });
  const webClient = { ...newClient('portal-web'), redirectUri: `${issuer}/login/callback` };
  const directoryClient = {
    id: 'zone-directory',
    secret: options.directoryClientSecret ?? DEMO_DIRECTORY_SECRET,
  };
  const provider = createOidc({ issuer, keys, people, webClient, directoryClient });
  const mint = await createTokenMint({ issuer, keys, webClientId: webClient.id });
  const signIn = createSignIn({ issuer, tokenUrl: `${localUrl}/oidc/token`, client: webClient, keys });

  const router = new Router();
  devRoutes(router, { people, mint });
  directoryRoutes(router, { people, mint });
  const secureCookies = issuer.startsWith('https:');
  pageRoutes(router, { people, provider, signIn, zoneUrl: `${issuer}${ZONE_PREFIX}`, secureCookies });
  const portal = createApp(router, issuer).callback();
  const oidc = provider.callback();
  let proxy: ZoneProxy | null = null;
  const setZoneUrl = (zoneUrl: string): void => {
    proxy?.close();
    proxy = createZoneProxy({ zoneUrl, prefix: ZONE_PREFIX });
  };
  if (options.zoneUrl) setZoneUrl(options.zoneUrl);
  handle = (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (proxy && (path === ZONE_PREFIX || path.startsWith(`${ZONE_PREFIX}/`))) proxy(request, response);
    else if (path.startsWith('/oidc/') || path.startsWith('/.well-known/')) void oidc(request, response);
    else void portal(request, response);
  };
  return {
    url: issuer,
    people,
    zoneOptions: {
      issuer,
      jwksUrl: `${issuer}/oidc/jwks`,
      audience: ZONE_AUDIENCE,
      directoryUrl: `${issuer}/directory`,
      directoryClientId: directoryClient.id,
      directoryClientSecret: directoryClient.secret,
    },
    ...scriptDoors(people, mint),
    setZoneUrl,
    stop: async () => {
      proxy?.close();
      await close(server);
    },
  };
}

function scriptDoors(people: People, mint: TokenMint): Pick<RunningPortal, 'token' | 'ticket' | 'directoryEvent'> {
  const personOf = (key: string) => {
    const person = people.byKey(key);
    if (!person) throw new RangeError(`the demo portal has no persona "${key}"`);
    return person;
  };
  return {
    token: async (persona, expiresInSeconds) => await mint.accessToken(personOf(persona), expiresInSeconds),
    ticket: async (persona, nonce) => await mint.ticket(personOf(persona), nonce),
    directoryEvent: async (event) => await mint.directoryEvent(event),
  };
}

function createApp(router: Router, issuer: string): Koa {
  const app = new Koa();
  const publicHost = new URL(issuer).host;
  app.use(async (ctx, next) => {
    ctx.set('content-security-policy', contentPolicy());
    ctx.set('x-content-type-options', 'nosniff');
    ctx.set('referrer-policy', 'same-origin');
    // Somebody at "localhost" would lose the cookies of the sign-in on the way to the public address: go there first.
    if (ctx.method === 'GET' && ctx.accepts('json', 'html') === 'html' && ctx.host !== publicHost) {
      return ctx.redirect(issuer + ctx.url);
    }
    await next();
    if (ctx.status === 404 && !ctx.body && ctx.accepts('json', 'html') === 'html') {
      ctx.status = 404;
      ctx.type = 'html';
      const content = messagePage('没有这个页面', '地址可能写错了，或者页面已经移走。');
      ctx.body = layout({ title: '没有这个页面', section: null, person: null, here: '/' }, content);
    }
  });
  app.use(router.routes()).use(router.allowedMethods());
  return app;
}

function newClient(id: string): OidcClient {
  return { id, secret: randomBytes(32).toString('base64url') };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Open streams and idle connections would keep it waiting for as long as their browsers like.
  server.closeAllConnections();
  await closed;
}
