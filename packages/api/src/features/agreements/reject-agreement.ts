import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal } from '../../kernel/refusal.js';
import { changeAgreement } from './agreement-changes.store.js';
import { refuseCheck } from './agreement-steps.rules.js';
import type { Agreement } from './agreements.store.js';

/**
 * Gives a submitted agreement back to its maker, as a draft, with the reason. Refusals: `KEY_INVALID`, `KEY_REUSED`,
 * `REASON_INVALID`, `AGREEMENT_UNKNOWN`, `NOT_SUBMITTED`, `SAME_PERSON`.
 */
export async function rejectAgreement(
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
  const asked = { what: 'REJECTED', by, idempotencyKey, reason, content: null } as const;
  return changeAgreement(
    ctx.base,
    agreementId,
    asked,
    async (agreement) => refuseCheck(agreement, by) ?? { state: 'DRAFT' },
  );
}
