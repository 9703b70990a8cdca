import { gzipSync } from 'node:zlib';
import type Router from '@koa/router';
import type Koa from 'koa';
import { readPicture } from '../features/catalogue/index.js';
import type { Base } from '../kernel/context.js';

interface Served {
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
}

/** About 15 kB each with both forms: at most some 15 MB of a process. */
const MAX_KEPT = 1_000;
const KNOWN_ID = /^[a-z0-9-]{1,64}$/;
const FOREVER = 'public, max-age=31536000, immutable';
const SHORT = 'public, max-age=300';

/**
 * `GET /pictures/<id>.svg?v=<version>`: the picture of a product or a story. Public. With the version of the picture in
 * the address it may be kept forever; without it, for five minutes.
 */
export function pictureRoutes(router: Router, base: Base): void {
  // In order of use: the first of the map is the one used longest ago.
  const kept = new Map<string, Served>();

  const find = async (id: string, version: string | null): Promise<Served | null> => {
    const held = kept.get(id);
    // An address with another version tells that the picture was changed since we kept it.
    const fresh = held && (version === null || held.etag.startsWith(version)) ? held : await load(base, id);
    kept.delete(id);
    if (!fresh) return null;
    kept.set(id, fresh);
    if (kept.size > MAX_KEPT) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
    return fresh;
  };

  router.get('/pictures/:file', async (ctx) => {
    const id = String(ctx.params.file).replace(/\.svg$/, '');
    const version = typeof ctx.query.v === 'string' && ctx.query.v ? ctx.query.v : null;
    const picture = KNOWN_ID.test(id) ? await find(id, version) : null;
    if (!picture) {
      ctx.status = 404;
      ctx.body = '没有这张图片';
      return;
    }
    send(ctx, picture, version !== null && picture.etag.startsWith(version));
  });
}

async function load(base: Base, id: string): Promise<Served | null> {
  const picture = await readPicture(base, id);
  if (!picture) return null;
  const plain = Buffer.from(picture.svg);
  return { etag: picture.etag, plain, gzip: gzipSync(plain, { level: 9 }) };
}

function send(ctx: Koa.Context, picture: Served, versioned: boolean): void {
  ctx.set('Cache-Control', versioned ? FOREVER : SHORT);
  ctx.set('Vary', 'Accept-Encoding');
  ctx.set('X-Content-Type-Options', 'nosniff');
  // Opened as a page of its own, the picture may style itself and do nothing else.
  ctx.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  ctx.etag = picture.etag;
  ctx.status = 200;
  ctx.type = 'image/svg+xml';
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const gzip = ctx.acceptsEncodings('gzip', 'identity') === 'gzip';
  if (gzip) ctx.set('Content-Encoding', 'gzip');
  ctx.body = gzip ? picture.gzip : picture.plain;
}
