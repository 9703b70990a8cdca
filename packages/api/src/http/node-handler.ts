import type { IncomingMessage, ServerResponse } from 'node:http';
import Koa, { type Middleware } from 'koa';
import type { Logger } from 'pino';

/** The zone for a host that is not Koa: Express, Fastify, Connect, or Node's own server. */
export type NodeHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  /** Called for a request that is not under the mount. Without it the answer is 404. */
  next?: (error?: unknown) => void,
) => void;

/** What a framework of that kind leaves on Node's request before the zone sees it. */
interface Prepared {
  /** Express and Connect cut the prefix off `url` where a handler is mounted under a path, and keep the whole here. */
  readonly originalUrl?: unknown;
  /** What a body parser left, and the bytes where it kept them. */
  readonly body?: unknown;
  readonly rawBody?: unknown;
  /** Express: the person's address by the host's own rule of trusted proxies. */
  readonly ip?: unknown;
}

/** Wraps the middleware into a Koa of its own, so that the host needs none. */
export function nodeHandler(middleware: Middleware, options: { readonly mount: string; log: Logger }): NodeHandler {
  const { mount, log } = options;
  const app = new Koa();
  app.silent = true;
  app.on('error', (error) => log.error({ err: error as unknown }, 'a request failed'));
  app.use(async (ctx, next) => {
    const { body, rawBody, ip } = ctx.req as Prepared;
    if (body !== undefined) Object.assign(ctx.request, { body });
    if (rawBody !== undefined) Object.assign(ctx.request, { rawBody });
    if (typeof ip === 'string') ctx.request.ip = ip;
    await next();
  });
  app.use(middleware);
  const answer = app.callback();
  return (request, response, next) => {
    const { originalUrl } = request as Prepared;
    const url = typeof originalUrl === 'string' ? originalUrl : (request.url ?? '/');
    const path = url.split('?', 1)[0] ?? '';
    if (path === mount || path.startsWith(`${mount}/`)) {
      request.url = url;
      void answer(request, response);
    } else if (next) next();
    else response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('没有这个页面');
  };
}
