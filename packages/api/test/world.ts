import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { type RunningPortal, startPortal } from '../../../scripts/portal/index.js';
import { type RunningProvider, startProvider } from '../../../scripts/provider/start-provider.js';
import { pipeline } from '../src/features/journal/index.js';
import { createZone, type Zone, type ZoneOptions } from '../src/index.js';
import { testDatabase } from './mongo.js';
import { seedWorld } from './world-seed.js';

/** A whole zone over HTTP: its own database, the demo portal, the fake provider, six products. */
export interface World {
  readonly zone: Zone;
  readonly portal: RunningPortal;
  readonly provider: RunningProvider;
  /** `http://127.0.0.1:…/aixin` */
  readonly url: string;
  /** The zone's clock is the machine's plus this; set it forward to let time pass. */
  aheadMs: number;
  /** Asks as a persona of the demo portal (`member`, `secretary` …), or as nobody. */
  ask<Data = Answer>(who: string | null, query: string, variables?: object): Promise<Reply<Data>>;
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** What the projections show includes everything that was settled before. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

/** As it was parsed: journeys read what they asked for; the schema's types are the widgets' business. */
export type Answer = ReturnType<typeof JSON.parse>;

export interface Reply<Data> {
  readonly status: number;
  readonly data: Data;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  readonly extensions?: { readonly requestId: string };
}

export async function startWorld(name: string, options: Partial<ZoneOptions> = {}): Promise<World> {
  const database = testDatabase(name);
  const portal = await startPortal();
  const server = createServer();
  const url = `${await listen(server)}/aixin`;
  const provider = await startProvider({
    notifyUrl: `${url}/payments/wechat/notices`,
    noticeScale: 1 / 100,
    refundDelayMs: 20,
  });
  const world = { aheadMs: 0 };
  const zone = createZone({
    mongoUrl: database.url,
    dbName: database.dbName,
    portal: { ...portal.zoneOptions, zoneSessionSecret: randomBytes(32).toString('hex') },
    payments: provider.merchant,
    addressKeys: [randomBytes(32).toString('base64')],
    sandboxPayPage: `${provider.url}/pay`,
    gatherMs: 20,
    readsPerMinute: 1_000_000,
    log: process.env.TEST_LOG_LEVEL ?? 'silent',
    clock: () => Date.now() + world.aheadMs,
    ...options,
  });
  const app = new Koa();
  app.silent = true;
  app.use(zone.middleware);
  server.on('request', app.callback());
  await seedWorld(await database.connect(), portal.people);
  await zone.start();

  const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return Object.assign(world, {
    zone,
    portal,
    provider,
    url,
    post,
    async ask<Data = Answer>(who: string | null, query: string, variables: object = {}): Promise<Reply<Data>> {
      const headers: Record<string, string> =
        who === null ? {} : { authorization: `Bearer ${await portal.token(who)}` };
      const response = await post({ query, variables }, headers);
      return { status: response.status, ...((await response.json()) as Omit<Reply<Data>, 'status'>) };
    },
    caughtUp: () => pipeline(zone.base).caughtUp(),
    async stop() {
      server.closeAllConnections();
      server.close();
      await zone.stop();
      await provider.stop();
      await portal.stop();
      await database.drop();
    },
  });
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
