import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import { findHold } from './back-holds.js';
import type { BankImport } from './bank.store.js';
import { changeImport, findAccount, findImport } from './imports.store.js';
import { holdAccount } from './taken-chunks.store.js';

/**
 * Approves that a statement that another person asked back leaves the books: from now on the zone itself takes it out, chunk by
 * chunk, through any restart. Twice is once. Refusals: `IMPORT_UNKNOWN`, `BACK_NOT_ASKED`, `SAME_PERSON`, `ACCOUNT_BUSY`
 * (another statement of the account is on its way), and what keeps it in the books: `OVERLAPPED`, `DECIDED`, `RECEIPTED`,
 * `DISCLOSED`, `SPENT`.
 */
export async function takeStatementBack(
  ctx: Context,
  { importId }: { readonly importId: string },
): Promise<BankImport | Refusal> {
  const denied = denyUnless(ctx, 'fund-checker');
  if (denied) return denied;
  const { base } = ctx;
  const one = await findImport(base, importId);
  if (!one) return refuse('IMPORT_UNKNOWN', '没有找到这份账单，请刷新页面。', { path: 'importId' });
  if (one.state === 'TAKING_BACK' || one.state === 'TAKEN_BACK') return one;
  const { back } = one;
  if (one.state !== 'BACK_ASKED' || !back) {
    return refuse('BACK_NOT_ASKED', '还没有人申请撤回这份账单，请经办人先申请。', { path: 'importId' });
  }
  const by = personOf(ctx);
  if (back.askedBy === by) return refuse('SAME_PERSON', '申请撤回和同意撤回不能是同一个人，请另一位管理员办理。');
  // Read before all else: whoever posts a statement of the account meanwhile moves its revision.
  const account = await findAccount(base, one.accountId);
  if (!account) throw new Error('the account of a statement is gone');
  const held = await findHold(base, one);
  if (held) return held;
  const approved = { ...back, approvedBy: by, approvedAt: new Date(base.clock()) };
  const isTaken = await inTransaction(base, async (session) => {
    if (!(await holdAccount(base, { account, importId }, session))) return false;
    if (await changeImport(base, one, { state: 'TAKING_BACK', back: approved }, session)) return true;
    throw new Error('a statement was taken back twice at once');
  });
  const now = await findImport(base, importId);
  if (now && (isTaken || now.state === 'TAKING_BACK' || now.state === 'TAKEN_BACK')) return now;
  return refuse('ACCOUNT_BUSY', '这个账户有另一份账单正在入账或撤回，请等它完成后再试。');
}
