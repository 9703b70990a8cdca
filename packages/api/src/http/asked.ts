import type { Context as KoaContext } from 'koa';
import { authenticate } from '../features/portal/index.js';
import type { Base, Context } from '../kernel/context.js';
import { newId } from '../kernel/ids.js';
import { clientAddress } from '../kernel/client-address.js';
import { retryAfterSeconds, tooManyReads } from '../kernel/read-limit.js';
import { isRefusal, type Refusal } from '../kernel/refusal.js';

/** Who asks over plain HTTP, told by the bearer token as in GraphQL; the answer carries the request's id. */
export async function askedBy(ctx: KoaContext, base: Base): Promise<Context | Refusal> {
  const actor = await authenticate(base, ctx.req.headers.authorization);
  if (isRefusal(actor)) return actor;
  const tooMany = await tooManyReads(base, { actor, clientIp: clientAddress(ctx.ip) });
  if (tooMany) return tooMany;
  const requestId = newId(base.random);
  ctx.set('x-request-id', requestId);
  return { base, actor, requestId, log: base.log.child({ requestId }) };
}

/** A refusal as HTTP says it: the status for programs, the sentence for the person. */
export function sendRefusal(ctx: KoaContext, refusal: Refusal): void {
  ctx.set('cache-control', 'no-store');
  ctx.status = statusOf(refusal);
  if (ctx.status === 429) ctx.set('retry-after', String(retryAfterSeconds(refusal)));
  ctx.body = { code: refusal.code, message: refusal.message };
}

function statusOf(refusal: Refusal): number {
  switch (refusal.code) {
    case 'FILE_TOO_LARGE':
      return 413;
    case 'FILE_KIND':
    case 'CONTENT_TYPE':
      return 415;
    case 'FILE_UNKNOWN':
    case 'BATCH_UNKNOWN':
      return 404;
    case 'NOT_ALLOWED':
      return 403;
    case 'RATE_LIMITED':
      return 429;
    case 'PORTAL_UNREACHABLE':
      return 503;
    case 'FILE_NAME':
    case 'FILE_EMPTY':
    case 'BAD_REQUEST':
      return 400;
    default:
      return 401;
  }
}
