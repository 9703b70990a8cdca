import { Readable } from 'node:stream';
import type Router from '@koa/router';
import { batchDocument } from '../features/batches/index.js';
import { downloadHeaders } from '../features/exports/index.js';
import type { Base } from '../kernel/context.js';
import { isRefusal } from '../kernel/refusal.js';
import { askedBy, sendRefusal } from './asked.js';

/**
 * `GET /batches/B202610.pdf` prints a batch, `GET /batches/B202610.xlsx` is the remittance order for the bank with all
 * lines. For the fund's people and auditors, by bearer token. 404 where there is none.
 */
export function batchRoutes(router: Router, base: Base): void {
  router.get('/batches/:file', async (ctx) => {
    const asked = await askedBy(ctx, base);
    if (isRefusal(asked)) return sendRefusal(ctx, asked);
    const [, batchId = '', kind = ''] =
      /^(B\d{6})\.(pdf|xlsx)$/.exec(String((ctx.params as { file?: string }).file)) ?? [];
    const document = await batchDocument(asked, { batchId, kind: kind === 'pdf' ? 'pdf' : 'xlsx' });
    if (isRefusal(document)) return sendRefusal(ctx, document);
    ctx.set(downloadHeaders({ fileName: document.fileName, kind: kind === 'pdf' ? 'pdf' : 'xlsx' }));
    ctx.body = document.body instanceof Readable ? document.body : Buffer.from(document.body);
  });
}
