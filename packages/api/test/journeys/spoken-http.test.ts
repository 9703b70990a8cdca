import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { get, Agent, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import Koa from 'koa';
import { startPortal, type RunningPortal } from '../../../../scripts/portal/index.js';
import { standAloneServer } from '../../src/http/stand-alone.js';
import { createZone, type Zone } from '../../src/index.js';
import { clientAddress } from '../../src/kernel/client-address.js';
import { testDatabase } from '../mongo.js';
import { startWorld, type World } from '../world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld('spoken', { dev: true, frameAncestors: ['https://portal.example'] });
});
afterAll(() => world.stop());

describe('GraphQL over HTTP', () => {
  it('is spoken as its specification says: every audit of the reference implementation passes', async () => {
    const results = await auditServer({ url: `${world.url}/graphql`, fetchFn: fetch });
    expect(results.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(61);
  }, 120_000);
});

describe('every answer', () => {
  it.each([
    ['a question', 'graphql', { method: 'POST', body: '{"query":"{counties{code}}"}', type: 'application/json' }],
    [
      'the same, answered from what is kept',
      'graphql',
      { method: 'POST', body: '{"query":"{counties{code}}"}', type: 'application/json' },
    ],
    ['a question that is none', 'graphql', { method: 'POST', body: '{', type: 'application/json' }],
    ['health', 'health/live', {}],
    ['a place that is none', 'nowhere', {}],
    ['a file of others', 'files/aaaaaaaaaaaaaaaaaaaaaaaa', {}],
    ['a ticket that is none', 'enter?ticket=x', {}],
    ['the page of proofs', 'verify', {}],
    [
      'a notice that nobody signed',
      'payments/wechat/notices',
      { method: 'POST', body: '{}', type: 'application/json' },
    ],
  ] as [string, string, { method?: string; body?: string; type?: string }][])(
    '%s: nothing is guessed at, framed by strangers or told to others',
    async (_what, path, { method = 'GET', body, type }) => {
      const answer = await fetch(`${world.url}/${path}`, {
        method,
        ...(body === undefined ? {} : { body, headers: { 'content-type': type ?? '' } }),
      });
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(answer.headers.get('content-security-policy')).toMatch(
        /frame-ancestors 'self' https:\/\/portal\.example|sandbox/,
      );
      expect(answer.headers.get('x-powered-by')).toBeNull();
      await answer.arrayBuffer();
    },
  );
});

describe('two zones of one process', () => {
  let portal: RunningPortal;
  let other: Zone;
  let server: Server;
  const database = testDatabase('spoken-other');
  beforeAll(async () => {
    portal = await startPortal();
    other = createZone({
      mongoUrl: database.url,
      dbName: database.dbName,
      mount: '/other',
      portal: { ...portal.zoneOptions, zoneSessionSecret: randomBytes(32).toString('hex') },
      payments: world.provider.merchant,
      addressKeys: [randomBytes(32).toString('base64')],
      readsPerMinute: 4,
      log: 'silent',
      answerOnly: true,
    });
    await other.start();
    const app = new Koa();
    app.use(world.zone.middleware).use(other.middleware);
    server = app.listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await other.stop();
    await portal.stop();
    await database.drop();
  });

  /** All on one connection, as a browser or a balancer would. */
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (
    path: string,
    token?: string,
  ): Promise<{ status: number; retryAfter: string; text: string; reused: boolean }> =>
    new Promise((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const request = get(
        { agent, port, host: '127.0.0.1', path: `${path}/graphql?query={me{id}}`, headers },
        (response) => {
          let text = '';
          response.on('data', (piece: Buffer) => (text += piece.toString()));
          response.on('end', () => {
            const retryAfter = response.headers['retry-after'] ?? '';
            resolve({ status: response.statusCode ?? 0, retryAfter, text, reused: request.reusedSocket });
          });
        },
      );
      request.on('error', reject);
    });

  it('share no token that one of them has heard, be it on one connection', async () => {
    const token = await world.portal.token('member');
    const first = await ask('/aixin', token);
    expect(first.text).toContain('"me":{"id"');
    const second = await ask('/other', token);
    expect(second).toMatchObject({ status: 401, reused: true });
    expect((await ask('/aixin', token)).text).toBe(first.text);
  });

  it('tell who asks too fast when to come again, each person alone', async () => {
    const token = await portal.token('member');
    const statuses: number[] = [];
    for (let nth = 0; nth < 5; nth += 1) statuses.push((await ask('/other', token)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
    const refused = await ask('/other', token);
    expect(refused.text).toContain('RATE_LIMITED');
    expect(Number(refused.retryAfter)).toBeGreaterThan(0);
    expect((await ask('/other', await portal.token('secretary'))).status).toBe(200);
    const file = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/other/files/a`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(file.status).toBe(429);
    expect(file.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describe('a client’s address', () => {
  const seen = async (trustProxy: number, forwarded: string): Promise<string> => {
    const options = { trustProxy, requestTimeoutMs: 1_000, keepAliveMs: 1_000, onError: () => undefined };
    const server = standAloneServer((ctx) => {
      ctx.body = clientAddress(ctx.ip);
    }, options);
    await new Promise<void>((resolve) => server.listen(0, '::ffff:127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'x-forwarded-for': forwarded } });
    const text = await answer.text();
    server.closeAllConnections();
    server.close();
    return text;
  };

  it('is the socket’s where no proxy stands before the server, as IPv4 where it is one', async () => {
    expect(await seen(0, '203.0.113.9')).toBe('127.0.0.1');
  });

  it('is what the trusted proxies wrote, never what the client wrote before them', async () => {
    expect(await seen(1, '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9');
    expect(await seen(2, '198.51.100.1, 203.0.113.9, 10.0.0.1')).toBe('203.0.113.9');
  });

  it.each([
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:203.0.113.9', '203.0.113.9'],
    ['2001:db8::1', '2001:db8::1'],
  ])('%s is %s', (address, plain) => {
    expect(clientAddress(address)).toBe(plain);
  });

  it('comes over connections that outlive a balancer’s, with time for a large upload', () => {
    const server = standAloneServer(() => undefined, {
      ...{ trustProxy: 0, requestTimeoutMs: 7_200_000, keepAliveMs: 75_000 },
      onError: () => undefined,
    });
    expect(server.requestTimeout).toBe(7_200_000);
    expect(server.keepAliveTimeout).toBe(75_000);
  });
});
