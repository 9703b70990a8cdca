import type Router from '@koa/router';
import type { Context as KoaContext } from 'koa';
import getRawBody from 'raw-body';
import { z } from 'zod';
import { applyDirectoryEvent, redeemTicket } from '../features/portal/index.js';
import type { Base } from '../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';

/** A ticket or an event is some hundred bytes. */
const MOST_BODY_BYTES = 16_384;

const entry = z.object({ ticket: z.string().min(1).max(8_192), nonce: z.string().min(8).max(128) });
const directoryEvent = z.object({ event: z.string().min(1).max(8_192) });

/**
 * What the portal's side calls beside GraphQL: `POST /enter {ticket, nonce}` exchanges an entry ticket for a session of
 * the zone, `POST /directory-events {event}` takes over one signed event of the directory.
 */
export function enterRoutes(router: Router, base: Base): void {
  router.post('/enter', async (ctx) => {
    // A session in a shared cache would be somebody else's session.
    ctx.set('cache-control', 'no-store');
    const body = entry.safeParse(await readJson(ctx));
    answer(ctx, body.success ? await redeemTicket(base, body.data) : badBody());
  });
  router.post('/directory-events', async (ctx) => {
    const body = directoryEvent.safeParse(await readJson(ctx));
    answer(ctx, body.success ? await applyDirectoryEvent(base, body.data.event) : badBody());
  });
}

function answer(ctx: KoaContext, outcome: object): void {
  ctx.status = isRefusal(outcome) ? statusOf(outcome) : 200;
  ctx.body = isRefusal(outcome) ? { code: outcome.code, message: outcome.message } : outcome;
}

function statusOf(refusal: Refusal): number {
  switch (refusal.code) {
    case 'BAD_REQUEST':
      return 400;
    case 'PORTAL_UNREACHABLE':
      return 503;
    case 'DIRECTORY_UNKNOWN':
      return 404;
    default:
      return 401;
  }
}

function badBody(): Refusal {
  return refuse('BAD_REQUEST', '请求的内容不完整，请回到门户重新进入专区。');
}

/** The body as JSON; the host portal may have parsed it already. Undefined when it is none or too long. */
async function readJson(ctx: KoaContext): Promise<unknown> {
  const parsed = (ctx.request as { body?: unknown }).body;
  if (parsed !== undefined) return parsed;
  try {
    return JSON.parse(await getRawBody(ctx.req, { limit: MOST_BODY_BYTES, encoding: 'utf8' }));
  } catch {
    // Whatever is wrong with it, the sender hears the same: the shape that is expected.
    return undefined;
  }
}
