import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import type Router from '@koa/router';
import type { Context } from 'koa';
import type { Logger } from 'pino';

interface Served {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A built folder has some dozens of files; more is another folder. */
const MOST_FILES = 500;
/** `chunks/page-Ab12Cd34.js`: its content can only change together with its name. */
const HASHED = /-[\w-]{8}\.\w+$/;

/**
 * `GET /widgets/*`: the built elements, read into memory at the start. Chunks with a hash in the name are kept forever
 * by browsers; `aixin.js` is asked for each time and answered 304. `GET /verify`: the page that checks a proof, which is
 * one file, works without the zone, and says so itself by its own content security policy.
 */
export async function widgetRoutes(router: Router, folder: string, log: Logger): Promise<void> {
  const files = await readFolder(folder, log);
  router.get('/widgets/*path', (ctx) => answer(ctx, files.get((ctx.params as { path?: string }).path ?? '')));
  router.get('/verify', (ctx) => answer(ctx, files.get('verify.html')));
}

function answer(ctx: Context, file: Served | undefined): void {
  if (!file) {
    ctx.status = 404;
    ctx.body = '没有这个文件';
    return;
  }
  ctx.set('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  ctx.set('vary', 'accept-encoding');
  ctx.set('x-content-type-options', 'nosniff');
  ctx.etag = file.etag;
  ctx.status = 200;
  ctx.type = file.type;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const zipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (zipped) ctx.set('content-encoding', 'gzip');
  ctx.body = zipped ? file.gzip : file.plain;
}

async function readFolder(folder: string, log: Logger): Promise<Map<string, Served>> {
  const files = new Map<string, Served>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
  if (!entries) {
    log.warn('the widgets are not built: their addresses answer 404');
    return files;
  }
  if (entries.length > MOST_FILES)
    throw new Error(`the widgets' folder holds ${entries.length} files; is it another folder?`);
  for (const entry of entries) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const plain = await readFile(join(entry.parentPath, entry.name));
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
    files.set(path, {
      type,
      plain,
      gzip: gzipSync(plain),
      etag: createHash('sha256').update(plain).digest('base64url').slice(0, 27),
      immutable: HASHED.test(path),
    });
  }
  return files;
}
