import { denyUnless } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { BankImport } from './bank.store.js';
import { wasConfirmed } from './import-states.js';
import { changeImport, dropChunks, findImport } from './imports.store.js';

/**
 * Puts a preview away: its lines are dropped, what it was stays to be read. Refusals: `IMPORT_UNKNOWN`, `ALREADY_POSTED`.
 */
export async function discardStatement(
  ctx: Context,
  { importId }: { readonly importId: string },
): Promise<BankImport | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const one = await findImport(ctx.base, importId);
  if (!one) return refuse('IMPORT_UNKNOWN', '没有找到这份账单，请刷新页面。', { path: 'importId' });
  if (one.state === 'DISCARDED') return one;
  const isDropped = !wasConfirmed(one.state) && (await changeImport(ctx.base, one, { state: 'DISCARDED' }));
  if (!isDropped) return refuse('ALREADY_POSTED', '这份账单已经入账或正在入账，不能放弃；导错了文件，请申请撤回。');
  await dropChunks(ctx.base, importId);
  return (await findImport(ctx.base, importId)) ?? one;
}
