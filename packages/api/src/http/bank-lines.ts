import type Router from '@koa/router';
import { bankLineTable, LINE_STATES } from '../features/bank/index.js';
import { downloadHeaders } from '../features/exports/index.js';
import type { Base } from '../kernel/context.js';
import { isRefusal } from '../kernel/refusal.js';
import { askedBy, sendRefusal } from './asked.js';

/** Longer words than this are in no memo. */
const MOST_SEARCHED = 60;

/**
 * `GET /bank/lines.xlsx` and `/bank/lines.csv`: the desk's lines as a table, `?state=OPEN&text=…` as on the screen. For the
 * fund's people and auditors, by bearer token.
 */
export function bankLineRoutes(router: Router, base: Base): void {
  router.get('/bank/:file', async (ctx, next) => {
    const { file } = ctx.params as { file?: string };
    if (file !== 'lines.csv' && file !== 'lines.xlsx') {
      await next();
      return;
    }
    const asked = await askedBy(ctx, base);
    if (isRefusal(asked)) return sendRefusal(ctx, asked);
    const kind = file === 'lines.csv' ? 'csv' : 'xlsx';
    const query = new URLSearchParams(ctx.querystring);
    const state = LINE_STATES.find((each) => each === query.get('state'));
    const text = query.get('text')?.slice(0, MOST_SEARCHED);
    const filter = {
      ...(state ? { states: [state] } : {}),
      ...(text ? { text } : {}),
      ...dayOf('fromDay', query.get('from')),
      ...dayOf('toDay', query.get('to')),
    };
    const table = bankLineTable(asked, { filter, kind });
    if (isRefusal(table)) return sendRefusal(ctx, table);
    ctx.set(downloadHeaders({ fileName: '银行流水', kind }));
    ctx.body = table;
  });
}

function dayOf(name: 'fromDay' | 'toDay', day: string | null): { fromDay?: string; toDay?: string } {
  return day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { [name]: day } : {};
}
