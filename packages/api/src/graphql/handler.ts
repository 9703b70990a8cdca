import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import type { Context as KoaContext, Middleware } from 'koa';
import { authenticate } from '../features/portal/index.js';
import type { Actor } from '../kernel/authority.js';
import type { Base } from '../kernel/context.js';
import { newId } from '../kernel/ids.js';
import { clientAddress } from '../kernel/client-address.js';
import { retryAfterSeconds, tooManyReads } from '../kernel/read-limit.js';
import { isRefusal } from '../kernel/refusal.js';
import { slot } from '../kernel/slot.js';
import type { GraphqlContext } from './context.js';
import { requestError, unauthenticated } from './errors.js';
import { type PublicAnswer, publicAnswers } from './public-answers.js';
import { readQuestion } from './question.js';
import { createZoneYoga, type YogaOptions } from './yoga.js';

export interface GraphqlOptions extends YogaOptions {
  readonly publicUrl: string;
  readonly sandboxPayPage: string | null;
}

/**
 * `<mount>/graphql`. A question that everybody may ask and somebody has just asked is answered from bytes, before
 * anything is parsed; all others go through Yoga.
 */
export function graphqlHandler(base: Base, options: GraphqlOptions): Middleware {
  const yoga = createZoneYoga(options);
  const answers = publicAnswers(base);

  return async (ctx) => {
    const question = await readQuestion(ctx);
    const actor = heardBefore(ctx, base) ?? (await whoAsks(ctx, base));
    if (!(question instanceof Error) && !(actor instanceof Error) && question.answerType !== null) {
      const ready = answers.get(question.text);
      if (ready) return sendPublic(ctx, ready);
    }
    const requestId = requestIdOf(ctx, base);
    ctx.set('x-request-id', requestId);
    if (question instanceof Error) return sendError(ctx, question, requestId);
    if (actor instanceof Error) return sendError(ctx, actor, requestId);
    const clientIp = clientAddress(ctx.ip);
    const tooMany = await tooManyReads(base, { actor, clientIp });
    if (tooMany) {
      ctx.set('retry-after', String(retryAfterSeconds(tooMany)));
      return sendError(ctx, requestError(tooMany.code, tooMany.message, 429), requestId);
    }

    const version = answers.version();
    const body = question.parseBody();
    if (body instanceof Error) return sendError(ctx, body, requestId);
    const context: GraphqlContext = {
      base,
      actor,
      requestId,
      log: base.log.child({ requestId }),
      clientIp,
      takesPlainJsonAlone: question.takesPlainJsonAlone,
      publicUrl: options.publicUrl,
      sandboxPayPage: options.sandboxPayPage,
      outcome: { isPublic: false },
    };
    const response = await askYoga(ctx, { context, body, answerType: question.answerType });
    const type = response.headers.get('content-type') ?? '';
    // Kept for all is only what everybody may read, in the very form that its key names.
    const isKeyed = question.answerType !== null && type.startsWith(question.answerType);
    if (!isKeyed || !context.outcome.isPublic || response.status !== 200) {
      return await sendResponse(ctx, response, base);
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    // An answer with an error in it is somebody's bad moment, not the shelf.
    if (!bytes.includes('"errors":')) return sendPublic(ctx, answers.keep(question.text, { bytes, type }, version));
    ctx.set('content-type', type);
    ctx.body = bytes;
  };

  async function askYoga(
    ctx: KoaContext,
    asked: { readonly context: GraphqlContext; readonly body: object | undefined; readonly answerType: string | null },
  ): Promise<Response> {
    const { context, body, answerType } = asked;
    // What was negotiated is what Yoga writes: it does not read the header in its own way again.
    if (answerType !== null) ctx.req.headers.accept = answerType;
    // Yoga takes a body that is there already and does not read the stream again.
    if (body !== undefined) Object.assign(ctx.req, { body });
    return await yoga.handleNodeRequestAndResponse(ctx.req, ctx.res, context);
  }
}

const ANONYMOUS: Actor = { kind: 'anonymous' };

/** Who was heard on a connection, by which header. */
interface Heard {
  readonly header: string;
  readonly actor: Actor;
  readonly sinceMs: number;
}

/** Nobody is believed longer without a look at the token's own dates. */
const HEARD_MS = 1_000;
/** A connection may carry requests to two zones of one process, whose portals differ: each zone has its own. */
const heard = slot('heard on connections', () => new WeakMap<Socket, Heard>());

/** Connections are kept alive: the same header that was good on this one a moment ago need not be hashed again. */
function heardBefore(ctx: KoaContext, base: Base): Actor | null {
  const header = ctx.req.headers.authorization;
  if (header === undefined) return ANONYMOUS;
  const before = heard(base).get(ctx.req.socket);
  return before?.header === header && base.clock() - before.sinceMs < HEARD_MS ? before.actor : null;
}

async function whoAsks(ctx: KoaContext, base: Base): Promise<Actor | Error> {
  const header = ctx.req.headers.authorization ?? '';
  const actor = await authenticate(base, header);
  if (isRefusal(actor)) return unauthenticated(actor);
  heard(base).set(ctx.req.socket, { header, actor, sinceMs: base.clock() });
  return actor;
}

/** A proxy's id is taken over when it is a plain word, so that one id runs through all logs. */
function requestIdOf(ctx: KoaContext, base: Base): string {
  const given = ctx.req.headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId(base.random);
}

/** Past Koa's own answering: nothing is left to find out about these bytes. */
function sendPublic(ctx: KoaContext, answer: PublicAnswer): void {
  const { req, res } = ctx;
  ctx.respond = false;
  const isKnown = req.method === 'GET' && req.headers['if-none-match'] === answer.etag;
  if (isKnown) res.writeHead(304, { etag: answer.etag, 'cache-control': 'no-cache' }).end();
  else res.writeHead(200, answer.headers).end(answer.bytes);
}

function sendError(ctx: KoaContext, error: Error, requestId: string): void {
  const { extensions, message } = error as ReturnType<typeof requestError>;
  const { http, ...told } = extensions as { http?: { status?: number } };
  ctx.status = http?.status ?? 400;
  // What is left of an unread body must not be taken for the next request.
  if (ctx.status === 413) ctx.set('connection', 'close');
  ctx.set('cache-control', 'no-store');
  ctx.body = { errors: [{ message, extensions: told }], extensions: { requestId } };
}

async function sendResponse(ctx: KoaContext, response: Response, base: Base): Promise<void> {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (!isStream) {
    ctx.status = response.status;
    ctx.set('cache-control', 'no-store');
    ctx.set('content-type', response.headers.get('content-type') ?? 'text/plain');
    ctx.body = Buffer.from(await response.arrayBuffer());
    return;
  }
  // Koa would log every page that is closed as a premature end; here that is how a stream ends.
  ctx.respond = false;
  ctx.res.writeHead(response.status, { ...Object.fromEntries(response.headers), 'x-accel-buffering': 'no' });
  try {
    if (response.body) await pipeline(response.body, ctx.res, { signal: base.stopping });
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_STREAM_PREMATURE_CLOSE' && name !== 'AbortError') base.log.warn({ err: error }, 'a stream broke');
  } finally {
    ctx.res.end();
  }
}
