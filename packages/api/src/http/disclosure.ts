import type Router from '@koa/router';
import type { Context as KoaContext } from 'koa';
import { correctionsFeed, PACK_FILE_KINDS, type PackFileKind, readPackFile } from '../features/disclosure/index.js';
import { downloadHeaders } from '../features/exports/index.js';
import type { Base } from '../kernel/context.js';

const KNOWN_FILE = /^(GS\d{8}-\d{8}(?:-G\d{1,3})?)\.(json|pdf|xlsx)$/;
/** A published pack never changes; how its pages are laid out may, with a new version of the zone. */
const A_DAY = 'public, max-age=86400';
const A_MOMENT = 'public, max-age=60';

/**
 * What the fund tells the public, for anybody: `GET /disclosure/<pack>.json`, the canonical bytes whose SHA-256 is the
 * pack's hash; `.pdf` and `.xlsx`, made from them; `GET /disclosure/corrections.json`, a JSON feed of what was corrected.
 */
export function disclosureRoutes(router: Router, base: Base, publicUrl: string): void {
  router.get('/disclosure/corrections.json', async (ctx) => {
    send(ctx, { bytes: Buffer.from(await correctionsFeed(base, publicUrl)), cacheControl: A_MOMENT });
    ctx.type = 'application/feed+json; charset=utf-8';
  });
  router.get('/disclosure/:file', async (ctx) => {
    const [, packId, kind] = KNOWN_FILE.exec(String((ctx.params as { file?: string }).file)) ?? [];
    const isKnown = packId !== undefined && PACK_FILE_KINDS.some((one) => one === kind);
    const file = isKnown ? await readPackFile(base, packId, kind as PackFileKind) : null;
    if (!file) {
      ctx.status = 404;
      ctx.set('cache-control', 'no-store');
      ctx.body = '没有这份公示';
      return;
    }
    ctx.set(downloadHeaders({ fileName: file.name, kind: file.kind }));
    ctx.etag = file.sha256;
    send(ctx, { bytes: file.bytes, cacheControl: A_DAY });
  });
}

function send(ctx: KoaContext, { bytes, cacheControl }: { bytes: Buffer; cacheControl: string }): void {
  ctx.set('cache-control', cacheControl);
  ctx.set('x-content-type-options', 'nosniff');
  // Anybody may check it, from any page.
  ctx.set('access-control-allow-origin', '*');
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.body = bytes;
}
