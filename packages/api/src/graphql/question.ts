import type { IncomingMessage } from 'node:http';
import type { Context as KoaContext } from 'koa';
import { requestError } from './errors.js';
import { MOST_BODY_BYTES } from './yoga.js';

/** What a request asks, as text: the key under which a public answer is kept. */
export interface Question {
  readonly text: string;
  /** The form of the answer that was negotiated; null where it may be another (a stream, the page for developers). */
  readonly answerType: AnswerType | null;
  /** `Accept: application/json` and nothing beside it. */
  readonly takesPlainJsonAlone: boolean;
  /** The body for Yoga; undefined for GET. */
  parseBody(): object | undefined | Error;
}

export type AnswerType = 'application/json' | 'application/graphql-response+json';

const PLAIN: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*']);
const STRICT = 'application/graphql-response+json';

/**
 * What JSON a client takes, from its `Accept`. Only the few forms that pages and programs send are judged here; any other
 * header (a stream, parts, weights, an unknown type) is left to Yoga, and its answer is never kept for others.
 */
export function answerTypeOf(accept: string | undefined): AnswerType | null {
  if (accept === undefined || accept === '*/*') return 'application/json';
  const types = accept
    .toLowerCase()
    .split(',')
    .map((type) => type.trim());
  if (!types.every((type) => PLAIN.has(type) || type === STRICT)) return null;
  return types.includes(STRICT) ? STRICT : 'application/json';
}

/**
 * Reads the question out of the request. Only JSON is taken: a form, which a foreign page could send without the
 * browser asking first, is not. GET reads only (Yoga refuses a mutation there), and no cookie is ever looked at.
 */
export async function readQuestion(ctx: KoaContext): Promise<Question | Error> {
  const answerType = answerTypeOf(ctx.req.headers.accept);
  const takesPlainJsonAlone = /^application\/json *(;|$)/i.test(ctx.req.headers.accept ?? '');
  const negotiated = { answerType, takesPlainJsonAlone };
  const form = `${answerType ?? ''} `;
  if (ctx.method === 'GET') {
    return { text: `${form}GET ${ctx.querystring}`, ...negotiated, parseBody: () => undefined };
  }
  if (ctx.method !== 'POST') return requestError('METHOD', '只支持 GET 和 POST 请求。', 405);
  if (!/^application\/json *(;|$)/i.test(ctx.req.headers['content-type'] ?? '')) {
    return requestError('CONTENT_TYPE', '请求内容必须是 application/json。', 415);
  }
  const parsed = (ctx.request as { body?: unknown }).body;
  // The host's parser was here first; what it left is the question.
  if (parsed !== undefined)
    return { text: `${form}${JSON.stringify(parsed)}`, ...negotiated, parseBody: () => asBody(parsed) };
  const text = await readText(ctx.req);
  if (text === null) return requestError('BODY_TOO_LARGE', '请求内容太大，请减少后再试。', 413);
  return { text: `${form}${text}`, ...negotiated, parseBody: () => parseText(text) };
}

/** The body as text; null when it is too large. Written out, because the quickest answer spends most of its time here. */
function readText(request: IncomingMessage): Promise<string | null> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES) {
      resolve(null);
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MOST_BODY_BYTES) chunks.push(chunk);
      else resolve(null);
    });
    request.once('end', () => {
      resolve((chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)).toString('utf8'));
    });
    request.once('error', reject);
    request.once('aborted', () => reject(new Error('the client went away')));
  });
}

function parseText(text: string): object | Error {
  try {
    return asBody(JSON.parse(text));
  } catch {
    return requestError('BAD_REQUEST', '请求内容不是有效的 JSON。', 400);
  }
}

function asBody(body: unknown): object | Error {
  if (Array.isArray(body)) return requestError('BATCH_REFUSED', '不支持批量请求，请一次发一个。', 400);
  if (typeof body === 'object' && body !== null) return body;
  return requestError('BAD_REQUEST', '请求内容必须是一个 JSON 对象。', 400);
}
