import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../src/features/catalogue/index.js';
import { stockStore } from '../src/features/stock/index.js';
import { createZone, type ZoneOptions } from '../src/index.js';
import { until } from './journeys/steps.js';
import { startWorld, type World } from './world.js';

let world: World;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'widgets-'));
  await mkdir(join(folder, 'chunks'));
  await writeFile(join(folder, 'aixin.js'), 'export const zone = 1;');
  await writeFile(join(folder, 'verify.html'), '<!doctype html><title>核对一元钱</title>');
  await writeFile(join(folder, 'chunks', 'page-Ab12Cd34.js'), 'export const page = 1;');
  await writeFile(join(folder, 'secret.txt'), 'not a widget');
  world = await startWorld('zone', { widgetsFolder: folder, allowedOrigins: ['https://other.example'] });
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${world.url}${path}`, { headers });

describe('the zone’s own addresses', () => {
  it('say that it lives and can serve', async () => {
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
  });

  it('show metrics to the machine itself only', async () => {
    expect(await (await get('/metrics')).text()).toContain('aixin_job_seconds');
    expect((await get('/metrics', { 'x-forwarded-for': '10.1.1.1' })).status).toBe(404);
  });

  it('serve the widgets: hashed chunks forever, the rest by ETag, nothing else', async () => {
    const entry = await get('/widgets/aixin.js');
    expect([entry.status, entry.headers.get('cache-control'), await entry.text()]).toEqual([
      200,
      'no-cache',
      'export const zone = 1;',
    ]);
    // Without a word of its own, fetch adds `no-cache` here, which asks for the whole.
    const again = await get('/widgets/aixin.js', {
      'if-none-match': entry.headers.get('etag') ?? '',
      'cache-control': 'max-age=0',
    });
    expect(again.status).toBe(304);
    expect((await get('/widgets/chunks/page-Ab12Cd34.js')).headers.get('cache-control')).toMatch(/immutable/);
    for (const path of ['secret.txt', '../package.json', '%2e%2e/package.json', '']) {
      expect((await get(`/widgets/${path}`)).status).toBe(404);
    }
  });

  it('serve the page that checks a proof', async () => {
    const page = await get('/verify');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('核对一元钱');
  });

  it('answer a preflight of an allowed origin and of no other', async () => {
    const preflight = (origin: string) =>
      fetch(`${world.url}/graphql`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight('https://other.example');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://other.example',
    ]);
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a public answer', () => {
  const query = '{ products(first: 3) { edges { node { title stockLeft } } } }';

  it('is made once and given again as the same bytes', async () => {
    const first = await world.post({ query });
    const etag = first.headers.get('etag');
    expect(etag).toMatch(/^"/);
    const second = await world.post({ query });
    expect([second.headers.get('etag'), await second.text()]).toEqual([etag, await first.text()]);
    const byGet = await get(`/graphql?query=${encodeURIComponent(query)}`);
    expect(byGet.headers.get('etag')).toBe(etag);
    const fresh = await get(`/graphql?query=${encodeURIComponent(query)}`, { 'if-none-match': etag ?? '' });
    expect([fresh.status, await fresh.text()]).toEqual([304, '']);
  });

  it('is made anew as soon as the shelf has changed', async () => {
    const before = (await world.post({ query })).headers.get('etag');
    const { base } = world.zone;
    const { version } = catalogue(base);
    await stockStore.collection(base).updateMany({}, { $inc: { leftCount: -1 } });
    await until(() => Promise.resolve(catalogue(base).version > version));
    expect((await world.post({ query })).headers.get('etag')).not.toBe(before);
  });

  it('is not given to who shows a token that is not believed', async () => {
    await world.post({ query });
    expect((await world.post({ query }, { authorization: 'Bearer a.b.c' })).status).toBe(401);
  });

  it('is never an answer that depends on who asks', async () => {
    const mine = '{ me { displayName } }';
    const [one, two, none] = [
      await world.ask('member', mine),
      await world.ask('member2', mine),
      await world.ask(null, mine),
    ];
    expect([one.data.me.displayName, two.data.me.displayName, none.data.me]).toEqual(['李春华', '陈思远', null]);
    const headers = { authorization: `Bearer ${await world.portal.token('member')}` };
    const response = await world.post({ query: mine }, headers);
    expect([response.headers.get('etag'), response.headers.get('cache-control')]).toEqual([null, 'no-store']);
  });
});

describe('createZone', () => {
  const good: ZoneOptions = {
    mongoUrl: 'mongodb://127.0.0.1:1',
    portal: {
      issuer: 'https://p.example',
      jwksUrl: 'https://p.example/jwks',
      audience: 'a',
      zoneSessionSecret: 'x'.repeat(32),
    },
    payments: {
      provider: 'wechat-v3',
      readNotice: () => Promise.reject(new Error('unused')),
      stop: () => undefined,
    } as never,
    addressKeys: [Buffer.alloc(32).toString('base64')],
    log: 'silent',
  };

  it.each([
    ['mount', { mount: 'aixin' }],
    ['mount', { mount: '/aixin/' }],
    ['mongoUrl', { mongoUrl: 'http://x' }],
    ['addressKeys', { addressKeys: [] }],
    ['portal.zoneSessionSecret', { portal: { ...good.portal, zoneSessionSecret: 'hunter2' } }],
    ['holdMs', { holdMs: 0 }],
  ])('names the option %s that cannot work, and not its value', (name, wrong) => {
    expect(() => createZone({ ...good, ...wrong })).toThrow(name);
    expect(() => createZone({ ...good, ...wrong })).not.toThrow('hunter2');
  });

  it('opens nothing before start, and answers 503 until then', async () => {
    const zone = createZone(good);
    const ctx = { path: '/aixin/graphql', set: () => undefined, status: 0, body: null };
    await zone.middleware(ctx as never, () => Promise.reject(new Error('not ours')));
    expect([zone.ready, ctx.status]).toEqual([false, 503]);
    await zone.base.db.close();
  });
});
