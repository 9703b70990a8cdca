import { denyUnless, personOf } from '../../kernel/authority.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { inTransaction } from '../../kernel/transaction.js';
import { spendHash } from './projects.rules.js';
import { changeSpend, readSpend, type Spend } from './spends.store.js';

/**
 * Whoever recorded a spend, or the wish to take one back, withdraws it before another person has decided: it never stood
 * in the books and uses nobody's yuan; what it was stays to be read. Twice gives the same answer. Refusals:
 * `SPEND_UNKNOWN`, `NOT_OWN`, `CHANGED_MEANWHILE` (decided by now, or not what was seen).
 */
export async function withdrawSpend(
  ctx: Context,
  input: { readonly spendId: string; readonly contentHash: string },
): Promise<Spend | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const { base } = ctx;
  return inTransaction(base, async (session) => {
    const spend = await readSpend(base, input.spendId, session);
    if (!spend) return refuse('SPEND_UNKNOWN', '没有找到这笔支出，请刷新后再看。', { path: 'spendId' });
    if (spend.recordedBy !== personOf(ctx)) {
      return refuse('NOT_OWN', '只有登记这笔支出的人可以撤回它；复核人可以退回。');
    }
    if (spend.state === 'WITHDRAWN') return spend;
    if (spend.state !== 'WAITING' || spendHash(spend) !== input.contentHash) {
      return refuse('CHANGED_MEANWHILE', '这笔支出已经复核过，不能再撤回；需要时请登记冲正。');
    }
    const change = { state: 'WITHDRAWN', decidedAt: new Date(base.clock()) } as const;
    await changeSpend(base, spend, change, session);
    return { ...spend, ...change };
  });
}
