import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { createZone, type PaymentPort, type Zone } from '../src/index.js';
import { until } from './journeys/steps.js';
import { type TestDatabase, testDatabase } from './mongo.js';

/** The examples of docs/integrate.md by the name behind the language: ```json access-token. */
async function examplesOfThePage(): Promise<{ page: string; example: (name: string) => string }> {
  const page = await readFile(new URL('../../../docs/integrate.md', import.meta.url), 'utf8');
  const found = new Map<string, string>();
  for (const [, name = '', text = ''] of page.matchAll(/^```(?:json|http|graphql) ([\w-]+)\n([\s\S]+?)^```/gm)) {
    found.set(name, text);
  }
  const example = (name: string): string => {
    const text = found.get(name);
    if (text === undefined) throw new Error(`docs/integrate.md has no example ${name}`);
    return text;
  };
  return { page, example };
}

type Examples = Awaited<ReturnType<typeof examplesOfThePage>>;
interface Jws {
  readonly header: JWTHeaderParameters;
  readonly claims: JWTPayload & Record<string, unknown>;
}
interface HttpExample {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}
interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

function readHttp(text: string): HttpExample {
  const [head = '', body = ''] = text.split('\n\n');
  const [first = '', ...lines] = head.trim().split('\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = Object.fromEntries(lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]));
  return { method, path, headers, body: body.trim() };
}

/** The portal that the page describes: it answers with the page's own examples, to the page's own requests only. */
class DescribedPortal {
  readonly wrongRequests: string[] = [];
  private keys: { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey } | undefined;
  private readonly server: Server;
  private readonly examples: Examples;
  /** When false, nobody reads the keys. */
  keysCanBeRead = true;

  constructor(examples: Examples) {
    this.examples = examples;
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  async start(): Promise<string> {
    this.keys = await generateKeyPair('RS256', { extractable: true });
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Signs an example as it stands, with its moments moved to now; `claims` go over its own. */
  async sign(name: string, claims: JWTPayload = {}): Promise<string> {
    const { header, claims: written } = JSON.parse(this.examples.example(name)) as Jws;
    const nowSeconds = Math.floor(Date.now() / 1000);
    const lifetime = (written.exp ?? 0) - (written.iat ?? 0);
    const moved = { ...written, iat: nowSeconds, exp: nowSeconds + lifetime, ...claims };
    if (!this.keys) throw new Error('the portal was not started');
    return await new SignJWT(moved).setProtectedHeader(header).sign(this.keys.privateKey);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request) body += String(piece);
    const send = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.url === '/jwks') return void (this.keysCanBeRead ? send(200, await this.jwks()) : response.destroy());
    const name = ['directory-token', 'organisations', 'organisations-next', 'members'].find((one) => {
      const { method, path, headers, body: expected } = readHttp(this.examples.example(one));
      const isSame = Object.entries(headers).every(([key, value]) => request.headers[key.toLowerCase()] === value);
      return request.method === method && request.url === path && isSame && body === expected;
    });
    if (name !== undefined) return void send(200, JSON.parse(this.examples.example(`${name}-answer`)));
    this.wrongRequests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    send(400, {});
  }

  /** The documented key set, with the numbers of a key that we can sign with. */
  private async jwks(): Promise<{ keys: Record<string, unknown>[] }> {
    const written = JSON.parse(this.examples.example('jwks')) as { keys: [Record<string, unknown>] };
    if (!this.keys) throw new Error('the portal was not started');
    const { n, e } = await exportJWK(this.keys.publicKey);
    return { keys: [{ ...written.keys[0], n, e }] };
  }
}

describe('the shapes in docs/integrate.md', () => {
  let examples: Examples;
  let database: TestDatabase;
  let portal: DescribedPortal;
  let zone: Zone;
  let server: Server;
  let url = '';

  beforeAll(async () => {
    examples = await examplesOfThePage();
    database = testDatabase('integrate-shapes');
    portal = new DescribedPortal(examples);
    const portalUrl = await portal.start();
    const { header, claims } = JSON.parse(examples.example('access-token')) as Jws;
    expect(header.kid).toBe((JSON.parse(examples.example('jwks')) as { keys: [{ kid: string }] }).keys[0].kid);
    const basic = readHttp(examples.example('directory-token')).headers['Authorization']?.replace('Basic ', '') ?? '';
    const [clientId = '', clientSecret = ''] = Buffer.from(basic, 'base64').toString().split(':');
    zone = createZone({
      mongoUrl: database.url,
      dbName: database.dbName,
      portal: {
        issuer: claims.iss ?? '',
        audience: String(claims.aud),
        jwksUrl: `${portalUrl}/jwks`,
        zoneSessionSecret: randomBytes(32).toString('hex'),
        directoryUrl: `${portalUrl}/directory`,
        directoryClientId: clientId,
        directoryClientSecret: clientSecret,
        tokenUrl: `${portalUrl}${readHttp(examples.example('directory-token')).path}`,
      },
      payments: {
        readNotice: () => Promise.reject(new Error('unused')),
        stop: () => undefined,
      } as unknown as PaymentPort,
      addressKeys: [randomBytes(32).toString('base64')],
      log: 'silent',
    });
    await zone.start();
    server = createServer((request, response) => zone.handler(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server?.closeAllConnections();
    server?.close();
    await zone?.stop();
    portal?.stop();
    await database?.drop();
  });

  /** Sends a request as the page shows it, with what stands in angle brackets filled in. */
  async function send(name: string, filled: Record<string, string>): Promise<Answered> {
    const { method, path, headers, body } = readHttp(examples.example(name));
    const fill = (text: string): string => text.replace(/<(\w+)>/g, (_, key: string) => filled[key] ?? '');
    const response = await fetch(`${url}${path}`, {
      method,
      headers: Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, fill(value)])),
      body: fill(body),
    });
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  }

  const answerOf = (name: string): unknown => JSON.parse(examples.example(name));
  /** Status and code as the page's table writes them: the plain addresses' `code`, GraphQL's `reason`. */
  const codeOf = ({ status, body }: Answered): string => {
    const [error] = (body['errors'] ?? []) as { extensions: { reason: string } }[];
    return `${status} ${error?.extensions.reason ?? String(body['code'])}`;
  };
  let unreachable = '';

  it('let the zone say that it cannot read the keys, and believe as soon as it can', async () => {
    portal.keysCanBeRead = false;
    unreachable = codeOf(await send('ask', { token: await portal.sign('access-token') }));
    portal.keysCanBeRead = true;
    expect((await send('ask', { token: await portal.sign('access-token') })).status).toBe(200);
  });

  it('let the zone read the directory by the requests of the page and no others', async () => {
    const token = await portal.sign('access-token');
    await until(async () => {
      const { body } = await send('ask', { token });
      return (body['data'] as { me: { displayName: string } } | undefined)?.me.displayName !== '';
    });
    expect(portal.wrongRequests).toEqual([]);
  });

  it('make a token that the zone believes, and the answer that the page promises', async () => {
    expect(await send('ask', { token: await portal.sign('access-token') })).toEqual({
      status: 200,
      body: answerOf('ask-answer'),
    });
  });

  it('give each role its capabilities', async () => {
    const rows = [...examples.page.matchAll(/^\| `(\{ "name".+?\})` \| (.*?) \|/gm)];
    expect(rows.length).toBeGreaterThanOrEqual(9);
    for (const [, role = '', told = ''] of rows) {
      const token = await portal.sign('access-token', { aixin_roles: [JSON.parse(role)] });
      const { body } = await send('ask', { token });
      const { capabilities } = (body['data'] as { me: { capabilities: string[] } }).me;
      expect([role, capabilities]).toEqual([role, [...told.matchAll(/\w+/g)].map(([word]) => word)]);
    }
  });

  it('make a ticket that is good once, for a session that is believed', async () => {
    const ticket = await portal.sign('ticket');
    const entered = await send('enter', { ticket });
    const { access_token: session } = entered.body;
    expect(entered).toEqual({ status: 200, body: { ...(answerOf('enter-answer') as object), access_token: session } });
    const { body } = await send('ask', { token: String(session) });
    expect(body['data']).toMatchObject({ me: { displayName: '李春华', capabilities: ['BUY'] } });
    expect((await send('enter', { ticket })).body).toMatchObject({ code: 'TICKET_USED' });
  });

  it.each(['event-moved', 'event-renamed'])('make an event that is written once: %s', async (name) => {
    const event = await portal.sign(name);
    expect(await send('event', { event })).toEqual({ status: 200, body: answerOf('event-answer') });
    expect(await send('event', { event })).toEqual({ status: 200, body: { applied: 'STALE' } });
  });

  it('read the own records back', async () => {
    const response = await fetch(`${url}/aixin/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await portal.sign('access-token')}`,
      },
      body: JSON.stringify({ query: examples.example('records'), variables: { after: null } }),
    });
    expect(await response.json()).toMatchObject({ data: { me: { helpRecords: { edges: [] } } } });
  });

  it('name every refusal that a portal meets', async () => {
    const past = Math.floor(Date.now() / 1000) - 120;
    const gone = { iat: past - 60, exp: past };
    const used = await portal.sign('ticket', { jti: randomUUID() });
    await send('enter', { ticket: used });
    const strange = { event: { type: 'organisation.renamed', organisationId: 'nobody', name: '没有的支部' } };
    const met = [
      await send('ask', { token: await portal.sign('access-token', { aixin_roles: [{ name: 'secretary' }] }) }),
      await send('ask', { token: await portal.sign('access-token', gone) }),
      await send('enter', { ticket: await portal.sign('ticket', { jti: randomUUID(), nonce: 'another-nonce' }) }),
      await send('enter', { ticket: await portal.sign('ticket', gone) }),
      await send('enter', { ticket: used }),
      await send('event', { event: await portal.sign('ticket') }),
      await send('event', { event: await portal.sign('event-moved', gone) }),
      await send('event', { event: await portal.sign('event-renamed', strange) }),
      await send('event', {}),
    ].map(codeOf);
    const told = [...examples.page.matchAll(/^\| (\d{3}) \| `(\w+)` \|/gm)].map(
      ([, status, code]) => `${status} ${code}`,
    );
    expect([...met, unreachable].sort()).toEqual(told.sort());
  });
});
