import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerApi } from './api.js';
import { answerPage } from './buyer.js';
import { type Desk, ProviderError } from './desk.js';
import { answerDev } from './dev.js';

const MAX_BODY_BYTES = 64 * 1024;

export interface Site {
  readonly desk: Desk;
  readonly publicUrl: string;
  readonly notifyUrl: string | undefined;
  readonly merchantName: string;
}

/** One request: the merchant's API, the buyer's pages, or a script's buttons. */
export async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await readBody(request);
    const target = request.url ?? '/';
    const method = request.method ?? 'GET';
    if (target.startsWith('/v3/')) return await sendApi(site, { method, target, body }, request, response);
    const url = new URL(target, site.publicUrl);
    if (url.pathname === '/health') return sendJson(response, 200, { status: 'ok' });
    if (url.pathname.startsWith('/dev/')) {
      return sendJson(response, 200, await answerDev(site.desk, method, url.pathname, body));
    }
    if (url.pathname !== '/pay' && !url.pathname.startsWith('/pay/')) return sendJson(response, 404, {});
    const page = answerPage(site.desk, site.merchantName, method, url, body);
    response.writeHead(page.status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      ...(page.location === undefined ? {} : { Location: page.location }),
    });
    response.end(page.html ?? '');
  } catch (error) {
    const known = error instanceof ProviderError;
    const status = known ? error.status : error instanceof SyntaxError ? 400 : 500;
    if (status === 500) console.error(error);
    sendJson(response, status, { code: known ? error.code : 'PARAM_ERROR', message: known ? error.message : '' });
  }
}

async function sendApi(
  site: Site,
  { method, target, body }: { method: string; target: string; body: string },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { authorization } = request.headers;
  const result = await answerApi(site, { method, target, body, authorization });
  if (result === null) {
    response.destroy();
    return;
  }
  const type = typeof result.body === 'string' ? 'application/json; charset=utf-8' : 'application/octet-stream';
  const content = result.body === '' ? {} : { 'Content-Type': type };
  response.writeHead(result.status, { ...content, ...result.headers });
  response.end(result.body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  if (request.method === 'GET') return '';
  const chunks: Buffer[] = [];
  let lengthBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    lengthBytes += chunk.length;
    if (lengthBytes > MAX_BODY_BYTES) throw new ProviderError(413, 'PARAM_ERROR', '请求主体过大');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
