import { denyUnless, personOf } from '../../kernel/authority.js';
import { checkReason, refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { changeAgreement } from './agreement-changes.store.js';
import { endAskedOf, notInForce } from './agreement-steps.rules.js';
import type { Agreement } from './agreements.store.js';

/**
 * Asks to end an agreement before its term is over; it holds on until a second person agrees (rule 22: it changes where
 * money goes). Refusals: `KEY_INVALID`, `KEY_REUSED`, `REASON_INVALID`, `AGREEMENT_UNKNOWN`, `NOT_IN_FORCE`, `END_ASKED`.
 */
export async function askEnd(
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
  const asked = { what: 'END_ASKED', by, idempotencyKey, reason, content: null } as const;
  return changeAgreement(ctx.base, agreementId, asked, async (agreement) => {
    if (agreement.state !== 'IN_FORCE') return notInForce();
    const before = endAskedOf(agreement);
    if (before) return refuse('END_ASKED', '已经有人申请提前终止这份协议，请等另一位复核人决定。');
    return {};
  });
}
