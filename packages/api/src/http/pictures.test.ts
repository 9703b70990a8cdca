import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { type Server, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import { pino } from 'pino';
import { testDatabase } from '../../test/mongo.js';
import { pictureStore } from '../features/catalogue/index.js';
import { systemClock } from '../kernel/clock.js';
import type { Base } from '../kernel/context.js';
import { systemRandom } from '../kernel/ids.js';
import { ensureCollections } from '../kernel/store.js';
import { pictureRoutes } from './pictures.js';

const database = testDatabase('pictures');
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3H0z"/></svg>';
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const version = hash(svg).slice(0, 8);
let base: Base;
let server: Server;
let url: string;

beforeAll(async () => {
  const db = await database.connect();
  const log = pino({ level: 'silent' });
  base = { db, clock: systemClock, random: systemRandom, log, stopping: new AbortController().signal };
  await ensureCollections(db);
  await pictureStore.collection(base).insertOne({ _id: 'p-1', svg, etag: hash(svg) });
  const router = new Router();
  pictureRoutes(router, base);
  server = createServer(new Koa().use(router.routes()).callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pictures`;
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await database.drop();
});

describe('a picture', () => {
  it('may be kept forever under the address with its version', async () => {
    const answer = await fetch(`${url}/p-1.svg?v=${version}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch('image/svg+xml');
    expect(answer.headers.get('cache-control')).toMatch('immutable');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(await answer.text()).toBe(svg);
  });

  it('is kept shortly without a version or under a wrong one', async () => {
    for (const query of ['', '?v=ffffffff']) {
      const answer = await fetch(`${url}/p-1.svg${query}`);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    }
  });

  it('is not sent twice to who has it', async () => {
    const etag = (await fetch(`${url}/p-1.svg`)).headers.get('etag') ?? '';
    // Not by fetch: with this header it asks every cache on the way to look again.
    const status = await new Promise((resolve, reject) => {
      const headers = { 'if-none-match': etag };
      get(`${url}/p-1.svg`, { headers }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
    });
    expect(status).toBe(304);
  });

  it('is sent plain to who cannot unpack it', async () => {
    const answer = await fetch(`${url}/p-1.svg`, { headers: { 'accept-encoding': 'identity' } });
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(await answer.text()).toBe(svg);
  });

  it('can do nothing when it is opened as a page', async () => {
    const answer = await fetch(`${url}/p-1.svg`);
    expect(answer.headers.get('content-security-policy')).toMatch("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is the new one as soon as its address says so', async () => {
    const other = svg.replace('4 3', '8 6');
    await pictureStore.collection(base).updateOne({ _id: 'p-1' }, { $set: { svg: other, etag: hash(other) } });
    const answer = await fetch(`${url}/p-1.svg?v=${hash(other).slice(0, 8)}`);
    expect(await answer.text()).toBe(other);
  });

  it.each(['p-9.svg', '..%2f..%2fetc.svg', 'P_1.svg'])('that is not there (%s) is a plain 404', async (file) => {
    const answer = await fetch(`${url}/${file}`);
    expect(answer.status).toBe(404);
  });
});
