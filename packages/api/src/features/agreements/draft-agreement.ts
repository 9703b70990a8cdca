import { denyUnless, personOf } from '../../kernel/authority.js';
import { refuseKey } from '../../kernel/command-input.js';
import type { Context } from '../../kernel/context.js';
import { derivedId } from '../../kernel/ids.js';
import { type Refusal, isRefusal } from '../../kernel/refusal.js';
import { insertDraft } from './agreement-changes.store.js';
import type { Agreement } from './agreements.store.js';
import { checkedTerms } from './terms.reads.js';
import type { TermsInput } from './terms.rules.js';

/**
 * Writes a new agreement as a draft: it promises nothing yet. Refusals: `KEY_INVALID`, `KEY_REUSED`, `TERMS_INVALID`
 * (path names the field), `USCC_INVALID`, `PRODUCT_UNKNOWN`, `REPLACED_UNKNOWN`, `FILE_UNKNOWN`,
 * `NUMBER_TAKEN`.
 */
export async function draftAgreement(
  ctx: Context,
  input: { readonly idempotencyKey: string; readonly terms: TermsInput },
): Promise<Agreement | Refusal> {
  const denied = denyUnless(ctx, 'fund-maker');
  if (denied) return denied;
  const wrongKey = refuseKey(input.idempotencyKey);
  if (wrongKey) return wrongKey;
  const terms = await checkedTerms(ctx.base, input.terms);
  if (isRefusal(terms)) return terms;
  const by = personOf(ctx);
  const asked = { what: 'DRAFTED', by, idempotencyKey: input.idempotencyKey, content: terms } as const;
  return insertDraft(ctx.base, { _id: derivedId('agreement', by, input.idempotencyKey), terms, asked });
}
