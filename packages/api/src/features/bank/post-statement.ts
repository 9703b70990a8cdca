import { denyUnless, personOf } from '../../kernel/authority.js';
import { refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import type { BankImport } from './bank.store.js';
import { wasConfirmed } from './import-states.js';
import { changeImport, findImport, takeAccount } from './imports.store.js';

export interface PostStatementInput {
  readonly idempotencyKey: string;
  readonly importId: string;
}

/**
 * A maker confirms a preview: from now on the zone itself brings it into the books, chunk by chunk, through any restart.
 * Confirmed twice is confirmed once. Refusals: `KEY_INVALID`, `IMPORT_UNKNOWN`, `NOT_PREVIEWED`, `PREVIEW_STALE` (another
 * statement of the account was posted since, or is being posted: preview again).
 */
export async function postStatement(ctx: Context, input: PostStatementInput): Promise<BankImport | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { base } = ctx;
  const bad = refuseKey(input.idempotencyKey);
  if (bad) return bad;
  const one = await findImport(base, input.importId);
  if (!one) return refuse('IMPORT_UNKNOWN', '没有找到这份账单，请刷新页面。', { path: 'importId' });
  if (wasConfirmed(one.state)) return one;
  if (one.state !== 'PREVIEWED') return refuse('NOT_PREVIEWED', '这份账单还没有预览成功，不能入账。');
  const isTaken = await inTransaction(base, async (session) => {
    if (!(await takeAccount(base, one, session))) return false;
    const posted = { state: 'POSTING', postedBy: personOf(ctx), postKey: input.idempotencyKey } as const;
    if (!(await changeImport(base, one, posted, session))) throw new Error('an import was posted twice at once');
    return true;
  });
  const now = await findImport(base, input.importId);
  if (isTaken && now) return now;
  if (now && wasConfirmed(now.state)) return now;
  return refuse('PREVIEW_STALE', '预览之后这个账户又有账单入账，请重新预览这份账单。');
}
