import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal } from '../../kernel/refusal.js';
import { changeAgreement } from './agreement-changes.store.js';
import { refuseEnd } from './agreement-steps.rules.js';
import type { Agreement } from './agreements.store.js';

/**
 * Ends an agreement before its term is over, as another person asked: no new promise from now on. What buyers were shown
 * at placement is kept, so budgets and holds stay as they are (rule 5). `reason`: of the wish, as it was read. Refusals:
 * `KEY_INVALID`, `KEY_REUSED`, `REASON_INVALID`, `AGREEMENT_UNKNOWN`, `NOT_IN_FORCE`, `END_NOT_ASKED`, `SAME_PERSON`,
 * `CONTENT_CHANGED` (another reason is asked for by now).
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
  const by = personOf(ctx);
  const asked = { what: 'ENDED', by, idempotencyKey, reason, content: null } as const;
  return changeAgreement(
    ctx.base,
    agreementId,
    asked,
    async (agreement) => refuseEnd(agreement, { by, reason }) ?? { state: 'ENDED' },
  );
}
