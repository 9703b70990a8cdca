import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Base, systemClock } from '@aixin/api/internals';
import type { Verdict } from '@aixin/api/checks';
import { type RunningPortal, startPortal } from '../portal/index.js';
import { merchantEnv } from '../provider/merchant-env.js';
import { type RunningProvider, startProvider } from '../provider/start-provider.js';
import type { Child } from '../run/child.js';
import { openZoneBase } from '../run/zone-base.js';
import { ZONE_APP_NAME } from './fail-points.js';
import { type Relay, startRelay } from './relay.js';
import { startReplicaSet } from './replica-set.js';
import { type ShelfOptions, seedShelf } from './shelf.js';
import { verdictOf } from './sound.js';
import { buildZone, startZoneProcess } from './zone-process.js';

/** The zone as a process that can be killed, with portal, provider and database around it that stay. */
export interface FailureWorld {
  /** The rooms on the zone's database, in this process: to look, never to write. */
  readonly base: Base;
  readonly portal: RunningPortal;
  readonly provider: RunningProvider;
  readonly relay: Relay;
  /** Orders that somebody was told are paid for: each must stand (I8). */
  readonly acknowledged: Set<string>;
  /** `http://127.0.0.1:…/aixin`, the same after a restart. */
  url(): string;
  /** Starts one more process of the zone on the same database, that only answers; gives its address. */
  another(): Promise<string>;
  /** kill -9. */
  kill(): Promise<void>;
  /** Starts the zone again, with other settings where given. The running one is killed first. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  /** Every invariant, once all that was settled is projected. */
  verdict(): Promise<Verdict>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  readonly name: string;
  readonly shelf?: Partial<ShelfOptions>;
  /** A database server of its own whose commands can be made to stand still. */
  readonly failPoints?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

const USUAL_SHELF: ShelfOptions = { buyers: 8, products: 12, stockEach: 10_000, capFen: 1_000_000 };

export async function startWorld(options: WorldOptions): Promise<FailureWorld> {
  const started: { stop(): Promise<unknown> }[] = [];
  const keep = <T extends { stop(): Promise<unknown> }>(one: T): T => {
    started.push(one);
    return one;
  };
  const stop = async (): Promise<void> => {
    for (const one of started.splice(0).reverse()) await one.stop();
  };
  try {
    return await buildWorld(options, keep, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

type Keep = <T extends { stop(): Promise<unknown> }>(one: T) => T;

async function buildWorld(options: WorldOptions, keep: Keep, stop: () => Promise<void>): Promise<FailureWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'aixin-failure-'));
  keep({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
  await buildZone();
  const portal = keep(await startPortal());
  const relay = keep(await startRelay());
  const provider = keep(await startProvider({ notifyUrl: relay.url, refundDelayMs: 50 }));
  const env = {
    ...(await databaseEnv(options, keep)),
    ...portalEnv(portal),
    ...merchantEnv(provider.merchant),
    ...zoneEnv(folder),
    ...options.env,
  };
  const { base, close } = await openZoneBase(env, { clock: systemClock });
  keep({
    async stop() {
      await base.db.dropDatabase();
      await close();
    },
  });
  await seedShelf(base, portal.people, { ...USUAL_SHELF, ...options.shelf });
  let zone = await start(env);
  keep({ stop: () => zone.kill() });

  async function start(settings: Readonly<Record<string, string>>): Promise<Child> {
    const child = await startZoneProcess(settings, folder);
    relay.forwardTo(`${child.url}/payments/wechat/notices`);
    return child;
  }
  const acknowledged = new Set<string>();
  return {
    ...{ base, portal, provider, relay, acknowledged, stop },
    url: () => zone.url,
    async another() {
      const child = await startZoneProcess({ ...env, ANSWER_ONLY: '1' }, folder);
      keep({ stop: () => child.kill() });
      return child.url;
    },
    kill: () => zone.kill(),
    async restart(more = {}) {
      await zone.kill();
      zone = await start({ ...env, ...more, PORT: new URL(zone.url).port });
    },
    verdict: () => verdictOf(base, { keptHeads: keptHeads(env.HEAD_FILE), acknowledgedOrderIds: [...acknowledged] }),
  };
}

async function databaseEnv(options: WorldOptions, keep: Keep): Promise<Record<'MONGO_URL' | 'DB_NAME', string>> {
  const shared = process.env['AIXIN_TEST_MONGO_URL'];
  const url = shared !== undefined && !options.failPoints ? shared : keep(await startReplicaSet(1)).url;
  const named = new URL(url);
  named.searchParams.set('appName', ZONE_APP_NAME);
  return { MONGO_URL: named.href, DB_NAME: `${options.name}-${randomBytes(4).toString('hex')}` };
}

function portalEnv(portal: RunningPortal): Record<string, string> {
  const { issuer, jwksUrl, audience } = portal.zoneOptions;
  return { PORTAL_ISSUER: issuer, PORTAL_JWKS_URL: jwksUrl, PORTAL_AUDIENCE: audience };
}

function zoneEnv(folder: string): Record<'HEAD_FILE', string> & Record<string, string> {
  return {
    PORT: '0',
    HEAD_FILE: join(folder, 'head.json'),
    ZONE_SESSION_SECRET: randomBytes(32).toString('hex'),
    ADDRESS_KEY: randomBytes(32).toString('base64'),
    // A test that is about notices must not be helped by a question.
    ASK_AFTER_MS: '3600000',
    GATHER_MS: '20',
    WRITES_PER_MINUTE: '1000000',
    READS_PER_MINUTE: '1000000',
    LOG_LEVEL: 'warn',
  };
}

function keptHeads(file: string): { block: number; hash: string }[] | null {
  return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as { block: number; hash: string }] : null;
}
