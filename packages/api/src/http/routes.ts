import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Router from '@koa/router';
import type { Context as KoaContext, Middleware, Next } from 'koa';
import { takePaidNotice, takeRefundNotice } from '../features/settlement/index.js';
import { graphqlHandler } from '../graphql/handler.js';
import { type Base, systemContext } from '../kernel/context.js';
import type { ZoneOptions } from '../zone.options.js';
import { bankLineRoutes } from './bank-lines.js';
import { batchRoutes } from './batches.js';
import { cors } from './cors.js';
import { disclosureRoutes } from './disclosure.js';
import { enterRoutes } from './enter.js';
import { fileRoutes } from './files.js';
import { healthRoutes } from './health.js';
import { paymentNoticeHandler } from './payment-notices.js';
import { pictureRoutes } from './pictures.js';
import { widgetRoutes } from './widgets.js';

/** Everything under the mount. */
export async function routes(
  base: Base,
  options: ZoneOptions & { readonly mount: string },
  isReady: () => boolean,
): Promise<Middleware> {
  const { mount } = options;
  const endpoint = `${mount}/graphql`;
  const publicUrl = `${options.publicUrl?.replace(/\/$/, '') ?? ''}${mount}`;
  const router = new Router({ prefix: mount });
  router.post('/payments/wechat/notices', notices(base));
  enterRoutes(router, base);
  disclosureRoutes(router, base, publicUrl);
  fileRoutes(router, base);
  batchRoutes(router, base);
  bankLineRoutes(router, base);
  pictureRoutes(router, base);
  healthRoutes(router, base, isReady);
  await widgetRoutes(router, options.widgetsFolder ?? builtWidgets(), base.log);
  const others = router.routes() as unknown as Middleware;
  const allowOrigins = cors(options.allowedOrigins ?? []);
  const graphql = graphqlHandler(base, {
    endpoint,
    dev: options.dev ?? false,
    publicUrl,
    sandboxPayPage: options.sandboxPayPage ?? null,
  });
  // The road that carries nearly all requests comes first and asks no router.
  return async (ctx: KoaContext, next: Next) => {
    if (ctx.req.headers.origin === undefined && ctx.path === endpoint) {
      await graphql(ctx, next);
      return;
    }
    await allowOrigins(ctx, async () => {
      await (ctx.path === endpoint ? graphql(ctx, next) : others(ctx, next));
    });
  };
}

/** What the provider provably said goes to the heart; the answer waits until it is durable. */
function notices(base: Base): Middleware {
  return paymentNoticeHandler({
    base,
    onPaid: (notice) => takePaidNotice(systemContext(base, 'payment-notice', notice.noticeId), notice),
    onRefund: (notice) => takeRefundNotice(systemContext(base, 'refund-notice', notice.noticeId), notice),
  });
}

export function notReady(ctx: KoaContext): void {
  const isLive = ctx.path.endsWith('/health/live');
  ctx.status = isLive ? 200 : 503;
  ctx.set('retry-after', '2');
  ctx.body = isLive ? { status: 'ok' } : { status: 'not ready', message: '专区正在启动，请稍后再试。' };
}

/** The workspace's own build, seen from the sources or from what they are compiled to. */
function builtWidgets(): string {
  const candidates = ['../../../widgets/dist', '../../../../widgets/dist'];
  const folders = candidates.map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return folders.find((folder) => existsSync(folder)) ?? folders[0] ?? '';
}
