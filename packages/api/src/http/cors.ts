import type { Context } from 'koa';

/** A browser asks again after this long; an origin that was taken off the list is kept out by then. */
const PREFLIGHT_SECONDS = '600';

/**
 * Lets pages of these origins call the zone. Never with cookies: who asks is told by the bearer token alone, so a
 * foreign page has nothing to ride on.
 */
export function cors(allowedOrigins: readonly string[]): (ctx: Context, next: () => Promise<void>) => Promise<void> {
  const allowed = new Set(allowedOrigins.map((origin) => new URL(origin).origin));
  return async (ctx, next) => {
    const origin = ctx.req.headers.origin;
    if (origin === undefined || !allowed.has(origin)) return next();
    ctx.set('access-control-allow-origin', origin);
    ctx.vary('origin');
    if (ctx.method !== 'OPTIONS') return next();
    ctx.set('access-control-allow-methods', 'GET, POST, OPTIONS');
    ctx.set('access-control-allow-headers', 'authorization, content-type, x-request-id');
    ctx.set('access-control-expose-headers', 'x-request-id, etag');
    ctx.set('access-control-max-age', PREFLIGHT_SECONDS);
    ctx.status = 204;
  };
}
