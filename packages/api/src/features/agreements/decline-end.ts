import { denyUnless, hasRole, personOf } from '../../kernel/authority.js';
import { checkReason, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { changeAgreement } from './agreement-changes.store.js';
import { endAskedOf } from './agreement-steps.rules.js';
import type { Agreement } from './agreements.store.js';

/**
 * The agreement holds on: another person declines the wish to end it, or whoever asked takes it back. Refusals:
 * `KEY_INVALID`, `KEY_REUSED`, `REASON_INVALID`, `AGREEMENT_UNKNOWN`, `END_NOT_ASKED`, `NOT_ALLOWED` (a maker who did not ask).
 */
export async function declineEnd(
  ctx: Context,
  input: { readonly idempotencyKey: string; readonly agreementId: string; readonly reason: string },
): Promise<Agreement | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker', 'fund-checker');
  if (denied) return denied;
  const wrongKey = refuseKey(input.idempotencyKey);
  if (wrongKey) return wrongKey;
  const reason = checkReason(input.reason);
  if (isRefusal(reason)) return reason;
  const { agreementId, idempotencyKey } = input;
  const by = personOf(ctx);
  const asked = { what: 'END_DECLINED', by, idempotencyKey, reason, content: null } as const;
  return changeAgreement(ctx.base, agreementId, asked, async (agreement) => {
    const wish = endAskedOf(agreement);
    if (!wish) return refuse('END_NOT_ASKED', '没有等待决定的终止申请，请刷新后查看。');
    if (wish.by === by || hasRole(ctx.actor, 'fund-checker')) return {};
    return refuse('NOT_ALLOWED', '只有申请人可以撤回，或由复核人退回。');
  });
}
