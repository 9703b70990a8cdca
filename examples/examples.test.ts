import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createZone, type Zone } from '@aixin/api';
import { type Asking, globalId, newAddress, payByScan, place, until } from '../packages/api/test/journeys/steps.js';
import { type TestDatabase, testDatabase } from '../packages/api/test/mongo.js';
import { seedWorld } from '../packages/api/test/world-seed.js';
import { type RunningPortal, startPortal } from '../scripts/portal/index.js';
import { type RunningProvider, startProvider } from '../scripts/provider/start-provider.js';
import { zoneOptions } from './zone-options.mjs';

interface Host {
  readonly server: Server;
  stop(): Promise<void>;
}

const HOSTS = ['express/server.mjs', 'fastify/server.mjs', 'reverse-proxy/portal.mjs'] as const;

let database: TestDatabase;
let portal: RunningPortal;
let provider: RunningProvider;
/** The zone of its own process, as far as its host can see. */
let alone: { readonly zone: Zone; readonly server: Server };
const hosts = new Map<string, Host>();
const urls = new Map<string, string>();

const origin = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function startAlone(): Promise<typeof alone> {
  const zone = createZone(zoneOptions(process.env));
  const server = createServer((request, response) => zone.handler(request, response)).listen(0, '127.0.0.1');
  await Promise.all([zone.start(), once(server, 'listening')]);
  return { zone, server };
}

beforeAll(async () => {
  database = testDatabase('examples');
  portal = await startPortal();
  const buyersPort = await freePort();
  provider = await startProvider({
    notifyUrl: `http://127.0.0.1:${buyersPort}/aixin/payments/wechat/notices`,
    noticeScale: 1 / 100,
  });
  await seedWorld(await database.connect(), portal.people);
  Object.assign(process.env, {
    MONGO_URL: database.url,
    DB_NAME: database.dbName,
    PORTAL_ISSUER: portal.zoneOptions.issuer,
    PORTAL_JWKS_URL: portal.zoneOptions.jwksUrl,
    PORTAL_AUDIENCE: portal.zoneOptions.audience,
    ZONE_SESSION_SECRET: randomBytes(32).toString('hex'),
    WECHAT_MERCHANT: JSON.stringify(provider.merchant),
    ADDRESS_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'silent',
  });
  alone = await startAlone();
  process.env.ZONE_URL = origin(alone.server);
  for (const file of HOSTS) {
    // One is where the provider sends its notices; the others listen where there is room.
    process.env.PORT = file === 'express/server.mjs' ? String(buyersPort) : '0';
    const host = (await import(new URL(file, import.meta.url).href)) as Host;
    if (!host.server.listening) await once(host.server, 'listening');
    hosts.set(file, host);
    urls.set(file, origin(host.server));
  }
});

afterAll(async () => {
  for (const host of hosts.values()) {
    host.server.closeAllConnections();
    await host.stop();
  }
  alone?.server.close();
  alone?.server.closeAllConnections();
  await alone?.zone.stop();
  await provider?.stop();
  await portal?.stop();
  await database?.drop();
});

/** As a page of the portal does: a ticket for a session, and then one question after the other with it. */
async function enter(url: string, persona: string): Promise<Asking> {
  const nonce = randomBytes(8).toString('hex');
  const entered = await fetch(`${url}/aixin/enter`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ticket: await portal.ticket(persona, nonce), nonce }),
  });
  const { access_token: session } = (await entered.json()) as { access_token: string };
  return {
    provider,
    async ask(_who: string | null, query: string, variables: object = {}) {
      const response = await fetch(`${url}/aixin/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${session}` },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as { data: never }) };
    },
  };
}

describe.each(HOSTS)('a portal as in examples/%s', (file) => {
  const url = () => urls.get(file) ?? '';

  it('answers itself what is not the zone’s', async () => {
    expect(await (await fetch(url())).text()).toBe('the portal itself');
    expect((await fetch(`${url()}/aixin/health/ready`)).status).toBe(200);
    const beside = await fetch(`${url()}/aixin-beside`);
    expect([beside.status, await beside.text()]).not.toEqual([200, '{"status":"ok"}']);
  });

  it('lets a member in by a ticket, who is known and sees the shelf', async () => {
    const member = await enter(url(), 'member');
    const { data } = await member.ask(
      '',
      '{ me { displayName capabilities } products(first: 1) { edges { cursor } } }',
    );
    expect(data).toMatchObject({ me: { displayName: '李春华', capabilities: ['BUY'] } });
    expect(data.products.edges).toHaveLength(1);
  });

  it('hands events on as they come', async () => {
    const token = await portal.token('member');
    const stream = await fetch(`${url()}/aixin/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({
        query: `subscription { orderChanged(orderId: "${globalId('Order', 'no-order')}") { id } }`,
      }),
    });
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/);
    await stream.body?.cancel();
  });

  it('takes a body of the size that the zone takes, and leaves its bytes alone', async () => {
    // A file of the fund, by nobody: the zone's own refusal says that it came through.
    const refused = await fetch(`${url()}/aixin/files?name=a.csv&purpose=STATEMENT`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array(3_000_000),
    });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).not.toContain(413);
  });
});

describe('the first purchase in a foreign portal', () => {
  it('is ordered, paid by a notice over its signed bytes, and written into the help record', async () => {
    const member = await enter(urls.get('express/server.mjs') ?? '', 'member');
    const addressId = await newAddress(member, '');
    const lines = [{ productId: globalId('Product', 'honey'), quantity: 1 }];
    const { order } = await place(member, '', { idempotencyKey: 'first-purchase', addressId, lines });
    await payByScan(member, '', order.id);
    const { data } = await member.ask(
      '',
      'query ($id: ID!) { node(id: $id) { ... on Order { state effect { record { kind } matchedFen } } } }',
      { id: order.id },
    );
    expect(data.node).toEqual({ state: 'PAID', effect: { record: { kind: 'PURCHASE' }, matchedFen: 100 } });
    // Another process of the same zone, behind another host, tells the same.
    const elsewhere = await enter(urls.get('reverse-proxy/portal.mjs') ?? '', 'member');
    await until(async () => {
      const seen = await elsewhere.ask('', 'query ($id: ID!) { node(id: $id) { ... on Order { state } } }', {
        id: order.id,
      });
      return seen.data.node.state === 'PAID';
    });
  });
});

describe('a host that mounts the zone under its prefix, behind a parser of its own', () => {
  it('is served all the same: the whole address and the parsed body are found', async () => {
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (piece: Buffer) => (text += piece.toString()));
      request.on('end', () => {
        const url = (request.url ?? '').slice('/aixin'.length) || '/';
        const prepared = { originalUrl: request.url, url, body: text ? (JSON.parse(text) as unknown) : undefined };
        alone.zone.handler(Object.assign(request, prepared), response);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const response = await fetch(`${origin(server)}/aixin/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ counties { name } }' }),
    });
    expect(await response.json()).toEqual({ data: { counties: [{ name: '城口' }, { name: '云阳' }] } });
    expect((await fetch(`${origin(server)}/elsewhere`)).status).toBe(404);
    server.closeAllConnections();
    server.close();
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
