import { createServer, type Server } from 'node:http';
import Koa, { type Middleware } from 'koa';

export interface StandAloneOptions {
  /** Proxies before the server. Of `X-Forwarded-For` only what they wrote, from the right, is believed; the rest anybody can write. */
  readonly trustProxy: number;
  /** How long a request may take to come in. Node's own five minutes end an upload over a slow line. */
  readonly requestTimeoutMs: number;
  /** Node's own five seconds close a connection while the balancer sends on it: its client gets a 502. */
  readonly keepAliveMs: number;
  readonly onError: (error: unknown) => void;
}

/** The server of a zone that no host mounts: Node's, with the times and the trust that a place behind a balancer needs. */
export function standAloneServer(middleware: Middleware, options: StandAloneOptions): Server {
  const app = new Koa();
  app.silent = true;
  app.proxy = options.trustProxy > 0;
  app.maxIpsCount = options.trustProxy;
  app.on('error', options.onError);
  app.use(middleware);
  const handle = app.callback();
  const server = createServer((request, response) => void handle(request, response));
  server.requestTimeout = options.requestTimeoutMs;
  server.keepAliveTimeout = options.keepAliveMs;
  return server;
}
