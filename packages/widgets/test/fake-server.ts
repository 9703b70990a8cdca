import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import type { AddressInfo } from 'node:net';
import { execute, parse, subscribe, validate, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { hostPage, picture } from './host-page.js';
import { loadSchema } from './schema.js';

/** One answer: a value, or a function of the field's arguments. Objects of a union carry `__typename`. */
export type Answer = unknown;

export interface Seen {
  readonly operation: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly authorization: string | undefined;
}

/** What a test does to the next requests before the schema sees them. */
export type Trouble = (seen: Seen) => { status: number; body: unknown } | 'cut' | 'hang' | undefined;

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.map': 'application/json', '.css': 'text/css' };

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
};

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** Speaks server-sent events as the real server does: `next` with a result, `complete` at the end. */
const stream = async (response: ServerResponse, args: ExecutionArgs): Promise<void> => {
  const results = await subscribe(args);
  if (!(Symbol.asyncIterator in results)) {
    json(response, 200, results);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
  response.on('close', () => void results.return(undefined));
  for await (const result of results) response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
  response.end('event: complete\ndata:\n\n');
};

/**
 * A small server that answers from fixtures through the true schema, and serves the built widgets inside a host page.
 * `/zone/**`, `/branch` and `/fund` are host pages; everything a test changes is a property of what this gives back.
 */
export const startFakeServer = async (distFolder: string, answers: Record<string, Answer>) => {
  const schema = loadSchema();
  const world = {
    answers,
    trouble: undefined as Trouble | undefined,
    seen: [] as Seen[],
  };

  const graphql = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { query, variables = {} } = JSON.parse(await bodyOf(request)) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    const document = parse(query);
    const operation = /(?:query|mutation|subscription)\s+(\w+)/.exec(query)?.[1] ?? '';
    const seen = { operation, query, variables, authorization: request.headers.authorization };
    world.seen.push(seen);
    const trouble = world.trouble?.(seen);
    if (trouble === 'hang') return;
    if (trouble === 'cut') {
      response.destroy();
      return;
    }
    if (trouble) {
      json(response, trouble.status, trouble.body);
      return;
    }
    const errors = validate(schema, document);
    if (errors.length > 0) {
      json(response, 400, { errors });
      return;
    }
    const args: ExecutionArgs = { schema, document, variableValues: variables, rootValue: world.answers };
    if (request.headers.accept?.includes('text/event-stream')) {
      await stream(response, args);
      return;
    }
    const result: ExecutionResult = await execute(args);
    if (result.errors) process.stderr.write(`fake server: ${operation}: ${result.errors.map(String).join('; ')}\n`);
    json(response, 200, result);
  };

  const file = async (response: ServerResponse, path: string): Promise<void> => {
    const content = await readFile(join(distFolder, normalize(path)));
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(content);
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/graphql') return graphql(request, response);
    if (pathname.startsWith('/widgets/')) return file(response, pathname.slice('/widgets/'.length));
    if (pathname.startsWith('/pictures/')) {
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(picture(pathname));
    } else if (pathname === '/favicon.ico') response.writeHead(204).end();
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(hostPage(pathname));
  };

  const server = createServer((request, response) => {
    route(request, response).catch((reason: unknown) => {
      json(response, 500, { errors: [{ message: String(reason) }] });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    world,
    url: `http://127.0.0.1:${String(port)}`,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
};

export type FakeServer = Awaited<ReturnType<typeof startFakeServer>>;
