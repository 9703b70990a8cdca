import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type RunningPortal, startPortal } from '../../../scripts/portal/index.js';
import { type RunningProvider, startProvider } from '../../../scripts/provider/start-provider.js';
import { type TestDatabase, testDatabase } from './mongo.js';
import { seedWorld } from './world-seed.js';

const folder = fileURLToPath(new URL('../dist/.integrate/', import.meta.url));

/** What the page shows is run as it stands; only the names it leaves to its reader are given from outside. */
async function codeOfThePage(): Promise<string> {
  const page = await readFile(new URL('../../../docs/integrate.md', import.meta.url), 'utf8');
  const code = /```js\n([\s\S]+?)```/.exec(page)?.[1];
  if (!code) throw new Error('docs/integrate.md shows no code');
  return code;
}

describe('docs/integrate.md', () => {
  let database: TestDatabase;
  let portal: RunningPortal;
  let provider: RunningProvider;
  let host: { server: Server; zone: { stop(): Promise<void> } };
  let url: string;

  beforeAll(async () => {
    database = testDatabase('integrate');
    portal = await startPortal();
    provider = await startProvider({ notifyUrl: 'http://127.0.0.1:9/aixin/payments/wechat/notices' });
    await seedWorld(await database.connect(), portal.people);
    const port = await freePort();
    Object.assign(process.env, {
      MONGO_URL: database.url.replace(/\/(\?|$)/, `/${database.dbName}$1`),
      PORTAL_ISSUER: portal.zoneOptions.issuer,
      PORTAL_JWKS_URL: portal.zoneOptions.jwksUrl,
      PORTAL_AUDIENCE: portal.zoneOptions.audience,
      ZONE_SESSION_SECRET: randomBytes(32).toString('hex'),
      WECHAT_MERCHANT: JSON.stringify(provider.merchant),
      ADDRESS_KEY: randomBytes(32).toString('base64'),
      PORT: String(port),
    });
    url = `http://127.0.0.1:${port}`;
    // A test of its own database and a quiet log: the page leaves both to their usual values.
    const code = (await codeOfThePage()).replace(
      'createZone({',
      `createZone({ log: 'silent', dbName: '${database.dbName}',`,
    );
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}host.ts`, `// @ts-nocheck\n${code}\nexport { server, zone };\n`);
    host = (await import(`${folder}host.ts`)) as typeof host;
  });

  afterAll(async () => {
    host?.server.closeAllConnections();
    host?.server.close();
    await host?.zone.stop();
    await provider.stop();
    await portal.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('mounts the zone in fewer than thirty lines', async () => {
    expect((await codeOfThePage()).trim().split('\n').length).toBeLessThan(30);
  });

  it('gives a host that serves the zone and itself', async () => {
    expect((await fetch(`${url}/aixin/health/ready`)).status).toBe(200);
    expect(await (await fetch(`${url}/elsewhere`)).text()).toBe('the portal itself');
    expect(await (await fetch(`${url}/aixin-not`)).text()).toBe('the portal itself');
    const response = await fetch(`${url}/aixin/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await portal.token('member')}` },
      body: JSON.stringify({ query: '{ me { displayName } counties { name } }' }),
    });
    expect(await response.json()).toEqual({
      data: { me: { displayName: '李春华' }, counties: [{ name: '城口' }, { name: '云阳' }] },
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
