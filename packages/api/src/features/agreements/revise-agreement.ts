import { denyUnless, personOf } from '../../kernel/authority.js';
import { refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { changeAgreement } from './agreement-changes.store.js';
import type { Agreement } from './agreements.store.js';
import { checkedTerms } from './terms.reads.js';
import type { TermsInput } from './terms.rules.js';

/**
 * Writes a draft's terms anew. Only a draft: once in force nothing of it changes any more. Refusals: those of drafting,
 * `AGREEMENT_UNKNOWN`, `NOT_DRAFT`, `TOO_MANY_CHANGES`.
 */
export async function reviseAgreement(
  ctx: Context,
  input: { readonly idempotencyKey: string; readonly agreementId: string; readonly terms: TermsInput },
): Promise<Agreement | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const wrongKey = refuseKey(input.idempotencyKey);
  if (wrongKey) return wrongKey;
  const terms = await checkedTerms(ctx.base, input.terms);
  if (isRefusal(terms)) return terms;
  const { agreementId, idempotencyKey } = input;
  const asked = { what: 'REVISED', by: personOf(ctx), idempotencyKey, content: terms } as const;
  return changeAgreement(ctx.base, agreementId, asked, async ({ state }) =>
    state === 'DRAFT'
      ? terms
      : refuse('NOT_DRAFT', '只有草稿可以修改。已提交的请先由复核人退回；已生效的条款不再变动，请另起草一份替代协议。'),
  );
}
