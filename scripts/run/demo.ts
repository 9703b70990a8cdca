import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from './child.js';
import { type Database, startDatabase } from './database.js';
import { freePort } from './ports.js';
import { prepareData } from './prepare-data.js';

/** Where the demo runs and what it says on the way. */
export interface DemoOptions {
  /** The workspace's root. */
  readonly root: string;
  /** The ignored folder that keeps the data; another one for a test. */
  readonly folder: string;
  /** First ports to try; 0 for any. */
  readonly ports: {
    readonly portal: number;
    readonly zone: number;
    readonly provider: number;
    readonly database: number;
  };
  readonly say: (line: string) => void;
}

export interface Demo {
  readonly portalUrl: string;
  readonly zoneUrl: string;
  readonly providerUrl: string;
  readonly mongoUrl: string;
  readonly children: readonly Child[];
  stop(): Promise<void>;
}

/** What stays the same from start to start: the zone's own secrets. */
interface Secrets {
  readonly zoneSessionSecret: string;
  readonly addressKey: string;
}

/** What was started before a later step failed must not stay behind. */
type Stoppable = { stop(): Promise<void> };

/** Starts database, provider, portal and zone as processes of their own, migrates, and seeds an empty database. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { root, folder, say } = options;
  mkdirSync(folder, { recursive: true });
  const started: Stoppable[] = [];
  try {
    return await startAll(options, started);
  } catch (error) {
    for (const one of started.reverse()) await one.stop();
    say(`日志在 ${join(folder, 'logs').replace(root, '.')}`);
    throw error;
  }
}

/** A replica set knows itself by its port: data that were made under one are found under no other. */
async function portOfData(folder: string, choose: () => Promise<number>): Promise<number> {
  const file = join(folder, 'database-port');
  if (!existsSync(file)) {
    const port = await choose();
    writeFileSync(file, String(port));
    return port;
  }
  const kept = Number(readFileSync(file, 'utf8'));
  if ((await freePort(kept, () => undefined)) === kept) return kept;
  throw new Error(
    `演示数据在端口 ${kept} 上，它现在被占用。请停掉占用它的程序再启动，或用 npm run reset 清空演示数据。`,
  );
}

async function startAll(options: DemoOptions, started: Stoppable[]): Promise<Demo> {
  const { root, folder, say } = options;
  const keep = <T extends Stoppable>(one: T): T => {
    started.push(one);
    return one;
  };
  const taken = (what: string) => (port: number) => say(`端口 ${port} 已被占用，${what}改用下一个`);
  const databasePort = await portOfData(folder, () => freePort(options.ports.database, taken('数据库')));
  const portalPort = await freePort(options.ports.portal, taken('门户'));
  const zonePort = await freePort(options.ports.zone, taken('专区'));
  const providerPort = await freePort(options.ports.provider, taken('支付机构'));

  say('启动 MongoDB …');
  const database: Database = keep(await startDatabase({ folder, port: databasePort, log: say }));
  const logFolder = join(folder, 'logs');
  const script = (name: string) => join(root, 'scripts', 'dist', name, 'main.js');
  const portalUrl = `http://127.0.0.1:${portalPort}`;
  const zoneUrl = `http://127.0.0.1:${zonePort}/aixin`;

  say('启动演示门户与模拟支付机构 …');
  const [provider, portal] = await Promise.all([
    startChild({
      name: 'provider',
      file: script('provider'),
      logFolder,
      env: {
        PORT: String(providerPort),
        DATA_DIR: join(folder, 'provider'),
        NOTIFY_URL: `${zoneUrl}/payments/wechat/notices`,
      },
    }).then(keep),
    startChild({
      name: 'portal',
      file: script('portal'),
      logFolder,
      env: { PORT: String(portalPort), PORTAL_URL: portalUrl, ZONE_URL: zoneUrl, DATA_DIR: join(folder, 'portal') },
    }).then(keep),
  ]);

  const env = zoneEnvironment({ folder, mongoUrl: database.url, portalUrl, zonePort, providerUrl: provider.url });
  await prepareData({ env, say });

  say('启动专区 …');
  const zoneFile = join(root, 'packages', 'api', 'dist', 'src', 'main.js');
  const zone = keep(await startChild({ name: 'zone', file: zoneFile, env, logFolder }));
  return {
    portalUrl,
    zoneUrl,
    providerUrl: provider.url,
    mongoUrl: database.url,
    children: [provider, portal, zone],
    async stop() {
      await zone.stop();
      await Promise.all([portal.stop(), provider.stop()]);
      await database.stop();
    },
  };
}

function zoneEnvironment(at: {
  folder: string;
  mongoUrl: string;
  portalUrl: string;
  zonePort: number;
  providerUrl: string;
}): Record<string, string> {
  const { folder, mongoUrl, portalUrl, zonePort, providerUrl } = at;
  const secrets = readSecrets(join(folder, 'secrets.json'));
  const merchant = JSON.parse(readFileSync(join(folder, 'provider', 'provider.env.json'), 'utf8')) as Record<
    string,
    string
  >;
  return {
    ...merchant,
    MONGO_URL: mongoUrl,
    PORT: String(zonePort),
    MOUNT: '/aixin',
    PORTAL_ISSUER: portalUrl,
    PORTAL_JWKS_URL: `${portalUrl}/oidc/jwks`,
    PORTAL_AUDIENCE: 'aixin',
    PORTAL_DIRECTORY_URL: `${portalUrl}/directory`,
    PORTAL_TOKEN_URL: `${portalUrl}/oidc/token`,
    PORTAL_CLIENT_ID: 'zone-directory',
    PORTAL_CLIENT_SECRET: 'demo-directory-secret',
    ZONE_SESSION_SECRET: secrets.zoneSessionSecret,
    ADDRESS_KEY: secrets.addressKey,
    HEAD_FILE: join(folder, 'head.json'),
    SANDBOX_PAY_PAGE: `${providerUrl}/pay`,
    DEV: '1',
    AIXIN_STOP_WITH_PARENT: '1',
    LOG_LEVEL: 'info',
  };
}

function readSecrets(file: string): Secrets {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const secrets: Secrets = {
    zoneSessionSecret: randomBytes(32).toString('base64url'),
    addressKey: `demo:${randomBytes(32).toString('base64')}`,
  };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
