import type { Middleware, ParameterizedContext } from 'koa';
import getRawBody from 'raw-body';
import { type PaidNotice, paymentPort, type RefundNotice } from '../features/payments/index.js';
import { type Clock, systemClock } from '../kernel/clock.js';
import type { Base } from '../kernel/context.js';
import { isRefusal, type Refusal } from '../kernel/refusal.js';

export interface PaymentNoticeHandlerOptions {
  readonly base: Base;
  /** Resolves when what the notice says is durable. A refusal (or a throw) makes the provider send it again later. */
  readonly onPaid: (notice: PaidNotice) => Promise<Refusal | null | void>;
  readonly onRefund: (notice: RefundNotice) => Promise<Refusal | null | void>;
  /**
   * Tells the age of a signature. The machine's clock unless a test says otherwise, and not `base.clock`: the stamp in a
   * notice is the provider's wall clock, whatever day the zone lives in.
   */
  readonly clock?: Clock;
  /** The provider hangs up after 5 s and counts it as a failure; answering before that tells it so in words. */
  readonly answerWithinMs?: number;
}

/** A notice is about 1 kB. */
const MAX_BODY_BYTES = 64 * 1024;
const ANSWER_WITHIN_MS = 4_500;

interface Answer {
  readonly status: number;
  /** Why, for the log and the provider; null for an accepted notice. */
  readonly fault: string | null;
}

/**
 * `POST <mount>/payments/wechat/notices`, anonymous: the signature is the only credential, and it covers the raw bytes.
 * So mount it before any body parser, or let the host's parser keep the bytes in `ctx.request.rawBody` (koa-bodyparser
 * does). A parser that ate them makes this answer 500 and log it: nothing can be verified then, and nothing is.
 */
export function paymentNoticeHandler(options: PaymentNoticeHandlerOptions): Middleware {
  const { log } = options.base;
  return async (ctx) => {
    const work = answerNotice(ctx, options).catch((error: unknown): Answer => {
      log.error({ err: error }, 'a payment notice failed');
      return { status: 500, fault: 'internal error' };
    });
    const { status, fault } = await withinTime(work, options.answerWithinMs ?? ANSWER_WITHIN_MS);
    ctx.status = status;
    ctx.body = fault === null ? { code: 'SUCCESS' } : { code: 'FAIL', message: fault };
    // The provider tries whether we look at signatures: a refusal is what it wants to see.
    const isProbe = fault?.endsWith('signature-probe') === true;
    if (fault !== null) log[isProbe ? 'info' : 'warn']({ status, fault }, 'a payment notice was not accepted');
    // What is left of an unread body must not be taken for the next request.
    if (status === 413) ctx.set('connection', 'close');
  };
}

async function answerNotice(ctx: ParameterizedContext, options: PaymentNoticeHandlerOptions): Promise<Answer> {
  const rawBody = await readRawBody(ctx);
  if (rawBody === 'consumed') {
    options.base.log.error(
      'a body parser consumed a payment notice: mount the zone before it, or keep request.rawBody',
    );
    return { status: 500, fault: 'the raw body is gone' };
  }
  if (rawBody === 'too-large') return { status: 413, fault: 'the body is too large' };
  const nowMs = (options.clock ?? systemClock)();
  const notice = await paymentPort(options.base).readNotice({ headers: ctx.req.headers, rawBody, nowMs });
  if (isRefusal(notice)) {
    const fault = `${notice.code} ${String(notice.details?.['reason'] ?? '')}`.trim();
    return { status: notice.code === 'PAYMENT_NOTICE_FORGED' ? 401 : 400, fault };
  }
  const result = notice.kind === 'paid' ? await options.onPaid(notice) : await options.onRefund(notice);
  return isRefusal(result) ? { status: 400, fault: result.code } : { status: 200, fault: null };
}

async function readRawBody(ctx: ParameterizedContext): Promise<Buffer | 'consumed' | 'too-large'> {
  const { rawBody } = ctx.request as { rawBody?: unknown };
  if (Buffer.isBuffer(rawBody) || typeof rawBody === 'string') {
    const bytes = Buffer.from(rawBody as string);
    return bytes.length > MAX_BODY_BYTES ? 'too-large' : bytes;
  }
  if (ctx.req.readableDidRead || ctx.req.readableEnded) return 'consumed';
  try {
    return await getRawBody(ctx.req, { limit: MAX_BODY_BYTES });
  } catch (error) {
    if ((error as { type?: unknown }).type === 'entity.too.large') return 'too-large';
    throw error;
  }
}

/** The work goes on when time is up: it is idempotent, and the provider's next notice finds it done. */
async function withinTime(work: Promise<Answer>, limitMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve({ status: 503, fault: 'not done in time' }), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
