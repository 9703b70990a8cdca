import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type Router from '@koa/router';
import type { Context as KoaContext } from 'koa';
import {
  isFilePurpose,
  mayReadFile,
  mostBytesOf,
  openFile,
  readFiles,
  shownInline,
  type StoredFile,
  uploadFile,
} from '../features/files/index.js';
import type { Base, Context } from '../kernel/context.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { askedBy, sendRefusal } from './asked.js';

/** What a browser does not show, and does not guess at, and what it shows may do nothing. */
const GUARD = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  'cross-origin-resource-policy': 'same-site',
  'cache-control': 'private, no-cache',
} as const;

/**
 * `POST /files?name=…&purpose=…` takes the raw body (`application/octet-stream`) as a file and answers what is known of
 * it; `GET /files/<id>` gives the bytes to whoever may read them, `?download=1` never shows them. Who asks is told by the
 * bearer token, as in GraphQL; a file that is not there and one that is not yours cannot be told apart.
 */
export function fileRoutes(router: Router, base: Base): void {
  router.post('/files', async (ctx) => {
    ctx.set('cache-control', 'no-store');
    const asked = await askedBy(ctx, base);
    const outcome = isRefusal(asked) ? asked : await takeUpload(ctx, asked);
    if (isRefusal(outcome)) return sendRefusal(ctx, outcome);
    const { fileId: id, name, contentType, sizeBytes, sha256, purpose, at } = outcome;
    ctx.body = { id, name, contentType, sizeBytes, sha256, purpose, at };
  });
  router.get('/files/:id', async (ctx) => {
    const asked = await askedBy(ctx, base);
    if (isRefusal(asked)) return sendRefusal(ctx, asked);
    const fileId = String((ctx.params as { id?: string }).id);
    const file = (await readFiles(base, [fileId])).get(fileId);
    if (!file || !(await mayReadFile(base, asked.actor, file))) return sendRefusal(ctx, unknownFile(asked));
    await sendFile(ctx, base, file);
  });
}

async function takeUpload(ctx: KoaContext, asked: Context): Promise<StoredFile | Refusal> {
  const { name, purpose } = ctx.query;
  if (typeof name !== 'string' || !isFilePurpose(purpose)) {
    return refuse('BAD_REQUEST', '上传的地址不完整，请刷新页面后重新上传。');
  }
  // A form could be sent by a foreign page without the browser asking first; this type cannot.
  if (ctx.req.headers['content-type'] !== 'application/octet-stream') {
    return refuse('CONTENT_TYPE', '上传的内容类型必须是 application/octet-stream。');
  }
  if (ctx.req.readableDidRead) throw new Error('a body parser consumed an upload: mount the zone before it');
  // Left open when it is refused half-way: the sentence must still reach the sender.
  const stream = ctx.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  const outcome = await uploadFile(asked, { name, purpose, stream });
  // Whoever sends listens only after all is sent: somewhat too much is read and thrown away, an endless body is not.
  if (isRefusal(outcome) && !(await readToEnd(ctx.req, mostBytesOf(purpose)))) ctx.set('connection', 'close');
  return outcome;
}

/** Reads what is left and keeps nothing of it. False when it is more than `mostBytes`, or the sender went away. */
async function readToEnd(request: IncomingMessage, mostBytes: number): Promise<boolean> {
  let leftBytes = mostBytes;
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      leftBytes -= piece.length;
      if (leftBytes < 0) return false;
    }
    return true;
  } catch {
    // Nobody is left to hear the refusal.
    return false;
  }
}

function unknownFile({ actor }: Context): Refusal {
  return actor.kind === 'anonymous'
    ? refuse('SIGNED_OUT', '您还没有登录，请从门户重新进入专区。')
    : refuse('FILE_UNKNOWN', '没有找到这个文件，或者您的身份不能查看它。');
}

async function sendFile(ctx: KoaContext, base: Base, file: StoredFile): Promise<void> {
  ctx.set(GUARD);
  ctx.etag = file.sha256;
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const extension = /\.\w+$/.exec(file.name)?.[0] ?? '';
  const isShown = shownInline(file.contentType) && ctx.query['download'] === undefined;
  ctx.attachment(file.name, { type: isShown ? 'inline' : 'attachment', fallback: `file${extension}` });
  ctx.set('content-type', file.contentType);
  ctx.length = file.sizeBytes;
  const opened = await openFile(base, file.fileId);
  if (!opened) throw new Error('a file lost its bytes');
  // Past Koa's own answering, which would log every reader who goes away half-way.
  ctx.respond = false;
  try {
    await pipeline(opened.stream, ctx.res);
  } catch (error) {
    // The length was announced, so the reader sees that it is not whole.
    ctx.res.destroy();
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_STREAM_PREMATURE_CLOSE') base.log.warn({ err: error }, 'a file could not be sent whole');
  }
}
