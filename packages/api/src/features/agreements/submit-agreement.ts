import { denyUnless, personOf } from '../../kernel/authority.js';
import { refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { changeAgreement } from './agreement-changes.store.js';
import type { Agreement } from './agreements.store.js';

/** Hands a draft to the checker. Refusals: `KEY_INVALID`, `KEY_REUSED`, `AGREEMENT_UNKNOWN`, `NOT_DRAFT`. */
export async function submitAgreement(
  ctx: Context,
  input: { readonly idempotencyKey: string; readonly agreementId: string },
): Promise<Agreement | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const wrongKey = refuseKey(input.idempotencyKey);
  if (wrongKey) return wrongKey;
  const { agreementId, idempotencyKey } = input;
  const asked = { what: 'SUBMITTED', by: personOf(ctx), idempotencyKey, content: null } as const;
  return changeAgreement(ctx.base, agreementId, asked, async ({ state }) =>
    state === 'DRAFT' ? { state: 'SUBMITTED' } : refuse('NOT_DRAFT', '只有草稿可以提交复核，请刷新后查看它的状态。'),
  );
}
