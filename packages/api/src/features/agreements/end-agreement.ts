import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { changeAgreement } from './agreement-changes.store.js';
import type { Agreement } from './agreements.store.js';

/**
 * Ends an agreement before its term is over: no new promise from now on. What buyers were shown at placement is kept, so
 * budgets and holds stay as they are (rule 5). Refusals: `KEY_INVALID`, `KEY_REUSED`, `REASON_INVALID`,
 * `AGREEMENT_UNKNOWN`, `NOT_IN_FORCE`.
 */
export async function endAgreement(
  ctx: Context,
  input: { readonly idempotencyKey: string; readonly agreementId: string; readonly reason: string },
): Promise<Agreement | Refusal> {
  const denied = denyUnless(ctx, 'fund-checker');
  if (denied) return denied;
  const wrongKey = refuseKey(input.idempotencyKey);
  if (wrongKey) return wrongKey;
  const reason = checkReason(input.reason);
  if (isRefusal(reason)) return reason;
  const { agreementId, idempotencyKey } = input;
  const asked = { what: 'ENDED', by: personOf(ctx), idempotencyKey, reason, content: null } as const;
  return changeAgreement(ctx.base, agreementId, asked, async ({ state }) =>
    state === 'IN_FORCE'
      ? { state: 'ENDED' }
      : refuse('NOT_IN_FORCE', '只有生效中的协议可以提前终止，请刷新后查看它的状态。'),
  );
}
