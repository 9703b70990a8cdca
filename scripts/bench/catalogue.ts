import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import { type PortalOptions } from '@aixin/api';
import {
  type Base,
  isRefusal,
  memberStore,
  orderStore,
  organisationStore,
  settlePayment,
  systemContext,
} from '@aixin/api/internals';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { seedZone } from '../seed/index.js';
import { startBenchDatabase } from './bench-database.js';
import type { BenchLine } from './bench-line.js';
import { benchTime } from './bench-time.js';
import type { WorkerTask } from './catalogue-worker.js';
import { draftOf, orderOf } from './drafts.js';
import { type HttpLoad, createHttpLoad, postJson } from './http-load.js';
import { type Side, benchLine, interleave } from './measure.js';

/** Both cases end within 40 s with the start and the seed. A page of the slow baseline is tens of milliseconds of work. */
const MEASURED = {
  hot: { rounds: 9, inFlight: 64, sliceMs: 600 },
  personal: { rounds: 8, inFlight: 16, sliceMs: 600, leastCount: 16 },
};
const MEMBER = 'bench-member';
const BRANCH = 'bench-branch';
const PURCHASES = 40;
/** The journal is projected within a second; this is for a slow machine. */
const MAX_WAITS = 100;

/** The fields of the front page as the member's widget asks for them. */
const FRONT_PAGE = `query HomePage {
  zone { purchaseCount salesFen matchedFen countyCount productCount asOf }
  counties { code name productCount purchaseCount }
  categories { key name }
  products(first: 8) { totalCount edges { node {
    id title subtitle specification priceFen localPriceFen unitPriceText stockLeft nextSupplyOn score soldCount
    county { code name } picture { url alt background } charityItem { amountFen }
  } } }
  stories(first: 3) { id title quote body place picture { url alt background } product { id title } }
}`;

/** The my-love page as the widget opens it, without the two figures that only our own rules engine can tell. */
const MY_LOVE = `query LoveRecords($first: Int!) {
  me {
    id displayName organisation { id name } love { recordCount pointsBalance matchedFen purchaseCount }
    helpRecords(first: $first) { totalCount pageInfo { hasNextPage endCursor } edges { node {
      id kind title at organisationName points matchedFen purchaseFen withdrawn order { id }
    } } }
  }
}`;

/**
 * `hot`: the front page's query through the real zone over HTTP; baseline: node:http sending the same bytes.
 * `personal`: my love page; baseline: koa, yoga and mongoose with lean as one would write it first. Each server has a
 * thread of its own, the client another.
 */
export async function catalogueBench(): Promise<BenchLine[]> {
  const endOf = benchTime(2);
  const database = await startBenchDatabase();
  const portal = await startIssuer();
  const workers: Worker[] = [];
  const serve = async (task: WorkerTask): Promise<number> => startWorker(task, workers);
  try {
    await seedZone(database.base, { nowMs: Date.now() });
    await seedMember(database.base);
    const place = { mongoUrl: database.url, dbName: 'bench' };
    const zonePort = await serve({ serve: 'zone', ...place, portal: portal.options });
    const authorization = `Bearer ${await portal.token(MEMBER)}`;
    const front = postJson('/aixin/graphql', { query: FRONT_PAGE }, { authorization });
    const body = await (await ask(zonePort, authorization, { query: FRONT_PAGE })).bytes();
    const hot = await compare('hot', {
      endMs: endOf(0),
      subject: { port: zonePort, request: front },
      baseline: { port: await serve({ serve: 'bytes', body }), request: front },
    });

    const question = { query: MY_LOVE, variables: { first: 20 } };
    await projected(zonePort, authorization, question);
    const { jwksUrl, issuer, audience } = portal.options;
    const personal = await compare('personal', {
      endMs: endOf(1),
      subject: { port: zonePort, request: postJson('/aixin/graphql', question, { authorization }) },
      baseline: {
        port: await serve({ serve: 'love', ...place, jwksUrl, issuer, audience }),
        request: postJson('/graphql', question, { authorization }),
      },
    });
    return [hot, personal];
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
    portal.stop();
    await database.stop();
  }
}

interface Target {
  readonly port: number;
  readonly request: Buffer;
}

async function compare(
  name: keyof typeof MEASURED,
  targets: { subject: Target; baseline: Target; endMs: number },
): Promise<BenchLine> {
  const subject = await httpSide(targets.subject, MEASURED[name].inFlight);
  const baseline = await httpSide(targets.baseline, MEASURED[name].inFlight);
  try {
    const figures = await interleave(
      { subject: subject.side, baseline: baseline.side },
      { ...MEASURED[name], endMs: targets.endMs },
    );
    if (baseline.wrong() > 0) throw new Error(`${baseline.wrong()} answers of the baseline of ${name} were wrong`);
    return benchLine({ case: name, unit: 'requests/s', ...figures, lost: subject.wrong() });
  } finally {
    subject.load.stop();
    baseline.load.stop();
  }
}

/** Counts as wrong what is not 200 or not as long as the first answer: every figure in it has a fixed width. */
async function httpSide(
  { port, request }: Target,
  sockets: number,
): Promise<{ side: Side; load: HttpLoad; wrong(): number }> {
  const load = await createHttpLoad({ port, request, sockets });
  const first = await load.ask();
  if (first.status !== 200) throw new Error(`port ${port} answers ${first.status}`);
  let wrong = 0;
  const run = async (): Promise<void> => {
    const { status, bodyBytes } = await load.ask();
    if (status !== 200 || bodyBytes !== first.bodyBytes) wrong += 1;
  };
  return { side: { prepare: () => Promise.resolve(), run }, load, wrong: () => wrong };
}

async function startWorker(task: WorkerTask, workers: Worker[]): Promise<number> {
  const worker = new Worker(new URL('./catalogue-worker.js', import.meta.url), { workerData: task });
  workers.push(worker);
  return new Promise((resolve, reject) => {
    worker.once('message', ({ port }: { port: number }) => resolve(port)).once('error', reject);
  });
}

function ask(port: number, authorization: string, body: object): Promise<Response & { bytes(): Promise<Uint8Array> }> {
  const headers = { 'content-type': 'application/json', accept: 'application/json', authorization };
  return fetch(`http://127.0.0.1:${port}/aixin/graphql`, { method: 'POST', headers, body: JSON.stringify(body) }).then(
    (answer) => Object.assign(answer, { bytes: async () => new Uint8Array(await answer.arrayBuffer()) }),
  );
}

/** Both sides shall show the same page: waits until all purchases are in the help record. */
async function projected(port: number, authorization: string, question: object): Promise<void> {
  for (let waits = 0; waits < MAX_WAITS; waits += 1) {
    const answer = (await (await ask(port, authorization, question)).json()) as {
      data?: { me?: { helpRecords: { totalCount: number } } };
    };
    if (answer.data?.me?.helpRecords.totalCount === PURCHASES) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the purchases were not projected in time');
}

/** One member of one branch with forty settled purchases, a third of them of charity items. */
async function seedMember(base: Base): Promise<void> {
  const organisation = { name: '测试党支部', level: 'BRANCH' as const, parentId: null, ancestorIds: [] };
  await organisationStore
    .collection(base)
    .insertOne({ _id: BRANCH, ...organisation, countyCode: null, closedAtMs: null, asOfMs: 0 });
  const memberships = [{ organisationId: BRANCH, fromMs: 0, untilMs: null }];
  const member = { displayName: '测试员', maskedMobile: null, memberships, asOfMs: 0 };
  await memberStore.collection(base).insertOne({ _id: MEMBER, ...member });
  const ctx = systemContext(base, 'bench');
  for (let number = 0; number < PURCHASES; number += 1) {
    const order = orderOf(draftOf(number, PURCHASES));
    const own = { ...order, memberId: MEMBER, organisationId: BRANCH, ancestorIds: [] };
    await orderStore.collection(base).insertOne(own);
    const paymentId = `${own._id}01`;
    const settled = await settlePayment(ctx, {
      paymentId,
      transactionId: `wx${paymentId}`,
      amountFen: own.totalFen,
      paidAtMs: Date.now(),
    });
    if (isRefusal(settled)) throw new Error(`not settled: ${settled.code}`);
  }
}

interface Issuer {
  readonly options: PortalOptions;
  token(subject: string): Promise<string>;
  stop(): void;
}

/** A portal as far as tokens go: real keys and real HTTP. */
async function startIssuer(): Promise<Issuer> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' };
  const server: Server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const audience = 'aixin';
  return {
    options: {
      issuer,
      jwksUrl: `${issuer}/jwks`,
      audience,
      zoneSessionSecret: 'a secret of the benchmark, thirty-two bytes',
    },
    token: (subject) =>
      new SignJWT({ sub: subject, iss: issuer, aud: audience })
        .setProtectedHeader({ alg: 'RS256', kid: 'bench', typ: 'at+jwt' })
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
