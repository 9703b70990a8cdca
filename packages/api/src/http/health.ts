import type Router from '@koa/router';
import type { Base } from '../kernel/context.js';
import { pingDatabase } from '../kernel/database.js';
import { metrics } from '../kernel/metrics.js';

/**
 * `GET /health/live`: the process answers. `GET /health/ready`: it can serve (503 while it starts, stops, or has no
 * database). `GET /metrics`: for a collector on the same machine; nobody else is let in.
 */
export function healthRoutes(router: Router, base: Base, isReady: () => boolean): void {
  router.get('/health/live', (ctx) => {
    ctx.body = { status: 'ok' };
  });
  router.get('/health/ready', async (ctx) => {
    const ready = isReady() && (await pingDatabase(base.db));
    ctx.status = ready ? 200 : 503;
    ctx.set('cache-control', 'no-store');
    ctx.body = { status: ready ? 'ok' : 'not ready' };
  });
  router.get('/metrics', async (ctx) => {
    // What came through a proxy came from elsewhere, whoever the proxy is.
    const isLocal = isLoopback(ctx.req.socket.remoteAddress) && !ctx.req.headers['x-forwarded-for'];
    if (!isLocal) {
      ctx.status = 404;
      return;
    }
    const registry = metrics(base);
    ctx.type = registry.contentType;
    ctx.body = await registry.metrics();
  });
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
}
