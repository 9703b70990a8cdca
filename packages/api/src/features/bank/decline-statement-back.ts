import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { BankImport } from './bank.store.js';
import { changeImport, findImport } from './imports.store.js';

/**
 * Lets a statement stand that was asked back: whoever asked withdraws it so, and a checker declines it. Twice is once.
 * Refusals: `IMPORT_UNKNOWN`, `BACK_NOT_ASKED` (nobody asks, or it is approved already).
 */
export async function declineStatementBack(
  ctx: Context,
  { importId }: { readonly importId: string },
): Promise<BankImport | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker', 'fund-checker');
  if (denied) return denied;
  const { base } = ctx;
  const one = await findImport(base, importId);
  if (!one) return refuse('IMPORT_UNKNOWN', '没有找到这份账单，请刷新页面。', { path: 'importId' });
  const { back } = one;
  if (one.state === 'POSTED' && back?.declinedAt) return one;
  const declined = back && { ...back, declinedBy: personOf(ctx), declinedAt: new Date(base.clock()) };
  const isDeclined =
    one.state === 'BACK_ASKED' && declined && (await changeImport(base, one, { state: 'POSTED', back: declined }));
  if (!isDeclined) {
    return refuse('BACK_NOT_ASKED', '这份账单没有等待同意的撤回申请，请刷新页面查看。', { path: 'importId' });
  }
  return (await findImport(base, importId)) ?? one;
}
