import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  addressKeys,
  createAddressKeys,
  journalStore,
  memberStore,
  organisationStore,
  saveAddress,
  isRefusal,
  type Base,
} from '@aixin/api/internals';
import { type RunningPortal, startPortal } from '../portal/index.js';
import { projectRoot } from '../project-root.mjs';
import { type Child, startChild } from '../run/child.js';
import { benchProductId, seedBench } from '../seed/index.js';
import { type BenchDatabase, startBenchDatabase } from './bench-database.js';
import type { BenchLine } from './bench-line.js';
import { benchTime } from './bench-time.js';
import { cpuTimeMs } from './cpu-time.js';
import { type JsonClient, createJsonClient } from './json-client.js';
import { type Side, benchLine, interleave } from './measure.js';

/**
 * At most twelve rounds of two slices, within 50 s with the processes' start. The first five warm up: a purchase goes through
 * much more code than the baseline's constant, and is measured as a server runs it that has been up for a minute.
 */
const MEASURED = { rounds: 11, warmUpRounds: 5, inFlight: 256, sliceMs: 1_500 };
const MEMBERS = 256;
const PRODUCTS = 200;
const BRANCH = 'bench-branch';
const ADDRESS_KEY = Buffer.alloc(32, 7).toString('base64');
/** Requests that one purchase makes of our server: place, pay, the provider's notice, and one look at what it did. */
const REQUESTS = 4;
/** The first look waits for the notice to come; later ones wait twice as long each, as a page does. */
const FIRST_LOOK_MS = 600;
const MAX_LOOKS = 6;

const PLACE = `mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename ... on PlaceOrderDone { order { id totalFen } } ... on Refusal { code } } }`;
const PAY = `mutation($input: PayOrderInput!) { payOrder(input: $input) { __typename ... on PaymentSheet { codeUrl } ... on Refusal { code } } }`;
const LOOK = `query($id: ID!) { node(id: $id) { ... on Order { state effect { points recordOrdinal matchedFen awards { reason } } } } }`;

/**
 * The whole loop over HTTP: place, open the payment, the buyer pays at the provider, its signed notice comes, the buyer
 * sees what it did. Zone, provider, database and baseline are processes or threads of their own. Baseline: as many
 * requests to a bare koa + yoga that answers a constant.
 */
export async function purchase(): Promise<BenchLine[]> {
  const endMs = benchTime(1)(0);
  const folder = mkdtempSync(join(tmpdir(), 'aixin-bench-'));
  const database = await startBenchDatabase();
  const portal = await startPortal({ dataDir: folder });
  const children: Child[] = [];
  const client = createJsonClient(MEASURED.inFlight);
  const bare = new Worker(new URL('./bare-server.js', import.meta.url));
  try {
    const barePort = await new Promise<number>((resolve, reject) => {
      bare.once('message', ({ port }: { port: number }) => resolve(port)).once('error', reject);
    });
    const { zone, provider } = await startProcesses({ folder, database, portal }, children);
    const buyers = await seedBuyers(database.base, portal);
    const subject = purchaseSide({ client, zoneUrl: zone.url, providerUrl: provider.url, buyers });
    const sides = { subject: subject.side, baseline: bareSide(client, barePort) };
    const pids = { zone: zone.pid, provider: provider.pid, database: await databasePid(database.base) };
    const parts = cpuParts(pids, subject.doneCount);
    const figures = await interleave(sides, { ...MEASURED, endMs });
    const settledCount = await journalStore.collection(database.base).countDocuments({ kind: 'purchase' });
    const lost = subject.failedCount() + Math.abs(settledCount - subject.doneCount());
    const line = benchLine({ case: 'loop', unit: 'purchases/s', ...figures, lost });
    return [{ ...line, parts: { ...parts(), ...signatureParts() } }];
  } finally {
    client.stop();
    await bare.terminate();
    for (const child of children) await child.stop();
    await portal.stop();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startProcesses(
  at: { folder: string; database: BenchDatabase; portal: RunningPortal },
  children: Child[],
): Promise<{ zone: Child; provider: Child }> {
  const { folder, database, portal } = at;
  const root = projectRoot();
  const logFolder = join(folder, 'logs');
  const providerFile = join(root, 'scripts', 'dist', 'provider', 'main.js');
  const provider = await startChild({
    name: 'provider',
    file: providerFile,
    logFolder,
    env: { PORT: '0', DATA_DIR: folder },
  });
  children.push(provider);
  const merchant = JSON.parse(readFileSync(join(folder, 'provider.env.json'), 'utf8')) as Record<string, string>;
  const { issuer, jwksUrl, audience } = portal.zoneOptions;
  await seedBench(database.base, { products: PRODUCTS, nowMs: Date.now() });
  const port = 20_000 + (process.pid % 20_000);
  const env = {
    ...merchant,
    MONGO_URL: database.url,
    DB_NAME: 'bench',
    PORT: String(port),
    MOUNT: '/aixin',
    LOG_LEVEL: 'error',
    PORTAL_ISSUER: issuer,
    PORTAL_JWKS_URL: jwksUrl,
    PORTAL_AUDIENCE: audience,
    ADDRESS_KEY,
    ZONE_SESSION_SECRET: 'a benchmark keeps no secrets at all',
    WRITES_PER_MINUTE: '1000000',
    READS_PER_MINUTE: '1000000',
    AIXIN_WECHAT_NOTIFY_URL: `http://127.0.0.1:${port}/aixin/payments/wechat/notices`,
  };
  const zoneFile = join(root, 'packages', 'api', 'dist', 'src', 'main.js');
  const zone = await startChild({ name: 'zone', file: zoneFile, logFolder, env });
  children.push(zone);
  return { zone, provider };
}

interface Buyer {
  readonly authorization: string;
  readonly addressId: string;
}

async function seedBuyers(base: Base, portal: RunningPortal): Promise<Buyer[]> {
  addressKeys.fill(base, createAddressKeys([ADDRESS_KEY]));
  const organisation = { name: '测试党支部', level: 'BRANCH' as const, parentId: null, ancestorIds: [] };
  await organisationStore
    .collection(base)
    .insertOne({ _id: BRANCH, ...organisation, countyCode: null, closedAtMs: null, asOfMs: 0 });
  const keys = Array.from({ length: MEMBERS }, (_, n) => `member#${n}`);
  return Promise.all(
    keys.map(async (key) => {
      const memberId = portal.people.byKey(key)?.subject ?? '';
      const memberships = [{ organisationId: BRANCH, fromMs: 0, untilMs: null }];
      await memberStore
        .collection(base)
        .insertOne({ _id: memberId, displayName: '测试', maskedMobile: null, memberships, asOfMs: 0 });
      const actor = { kind: 'person', memberId, roles: [{ name: 'member' }] } as const;
      const text = {
        recipient: '测试',
        mobile: '13800001234',
        region: '重庆市渝中区',
        detail: '人民路 1 号',
        isDefault: true,
      };
      const saved = await saveAddress(
        { base, actor, requestId: 'bench', log: base.log },
        { idempotencyKey: 'bench-address', ...text },
      );
      if (isRefusal(saved)) throw new Error(`no address: ${saved.code}`);
      return {
        authorization: `Bearer ${await portal.token(key, 3_600)}`,
        addressId: globalId('Address', saved.addressId),
      };
    }),
  );
}

function globalId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`).toString('base64');
}

interface Answer {
  readonly data?: Record<
    string,
    { readonly order?: { id: string }; readonly codeUrl?: string; readonly effect?: object | null } | null
  >;
}

function purchaseSide(at: { client: JsonClient; zoneUrl: string; providerUrl: string; buyers: readonly Buyer[] }) {
  const { client, zoneUrl, providerUrl, buyers } = at;
  let made = 0;
  let done = 0;
  let failed = 0;
  const ask = (buyer: Buyer, query: string, variables: object) =>
    client.post<Answer>(`${zoneUrl}/graphql`, { query, variables }, { authorization: buyer.authorization });

  async function buy(number: number): Promise<boolean> {
    const buyer = buyers[number % buyers.length]!;
    const lines = [
      {
        productId: globalId('Product', benchProductId((number % PRODUCTS) + 1)),
        quantity: 1,
        exclusionConfirmed: true,
      },
    ];
    const input = { idempotencyKey: `bench-${number}-key`, addressId: buyer.addressId, lines };
    const orderId = (await ask(buyer, PLACE, { input })).data?.['placeOrder']?.order?.id;
    if (!orderId) return false;
    const codeUrl = (await ask(buyer, PAY, { input: { orderId, scene: 'NATIVE' } })).data?.['payOrder']?.codeUrl;
    if (!codeUrl) return false;
    await client.post(`${providerUrl}/dev/pay`, { code_url: codeUrl });
    for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
      await sleep(FIRST_LOOK_MS * 2 ** looks);
      if ((await ask(buyer, LOOK, { id: orderId })).data?.['node']?.effect) return true;
    }
    return false;
  }

  const side: Side = {
    prepare: () => Promise.resolve(),
    async run() {
      made += 1;
      if (await buy(made)) done += 1;
      else failed += 1;
    },
  };
  return { side, doneCount: () => done, failedCount: () => failed };
}

function bareSide(client: JsonClient, port: number): Side {
  return {
    prepare: () => Promise.resolve(),
    async run() {
      for (let asked = 0; asked < REQUESTS; asked += 1) {
        await client.post(`http://127.0.0.1:${port}/graphql`, { query: '{ constant }' });
      }
    },
  };
}

async function databasePid(base: Base): Promise<number> {
  const status = await base.db.getClient().db('admin').command({ serverStatus: 1 });
  return Number(status['pid']);
}

/** Where the time goes: processor milliseconds a purchase, by process. */
function cpuParts(pids: Readonly<Record<string, number>>, doneCount: () => number): () => Record<string, number> {
  const before = new Map(Object.entries(pids).map(([name, pid]) => [name, cpuTimeMs(pid)]));
  return () =>
    Object.fromEntries(
      Object.entries(pids).flatMap(([name, pid]) => {
        const [from, until] = [before.get(name), cpuTimeMs(pid)];
        return typeof from === 'number' && until !== null
          ? [[`${name}CpuMs`, rounded((until - from) / Math.max(1, doneCount()))]]
          : [];
      }),
    );
}

/** Of it, the RSA: three signatures (request, answer, notice) and as many checks a purchase, measured by themselves. */
function signatureParts(): Record<string, number> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const message = Buffer.alloc(600, 'x');
  const times = 100;
  const startMs = performance.now();
  for (let n = 0; n < times; n += 1) verify('sha256', message, publicKey, sign('sha256', message, privateKey));
  return { signaturesCpuMs: rounded(((performance.now() - startMs) / times) * 3) };
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(3));
}
