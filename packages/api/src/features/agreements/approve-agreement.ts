import { denyUnless, personOf } from '../../kernel/authority.js';
import { refuseKey } from '../../kernel/command-input.js';
import type { Base, Context } from '../../kernel/context.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import type { Session } from '../../kernel/transaction.js';
import { type Change, changeAgreement, endReplaced, openBudgets, takeTurn } from './agreement-changes.store.js';
import { termsHash } from './agreement-hash.js';
import { refuseCheck } from './agreement-steps.rules.js';
import { type Agreement, readAgreements } from './agreements.store.js';
import { overlaps } from './scope.rules.js';
import { readScopedProducts } from './scoped-products.store.js';

const NAMED_PRODUCTS = 3;

export interface ApproveAgreementInput {
  readonly idempotencyKey: string;
  readonly agreementId: string;
  /** Of the content that the checker has read: another content is not approved. */
  readonly contentHash: string;
}

/**
 * Brings a submitted agreement into force and opens its budgets, in one transaction; an agreement that it replaces ends in
 * the same moment. Refusals: `KEY_INVALID`, `KEY_REUSED`, `AGREEMENT_UNKNOWN`, `NOT_SUBMITTED`, `SAME_PERSON`,
 * `CONTENT_CHANGED`, `TERM_OVER`, `OVERLAP` (a product would carry two promises at once).
 */
export async function approveAgreement(ctx: Context, input: ApproveAgreementInput): Promise<Agreement | Refusal> {
  const denied = denyUnless(ctx, 'fund-checker');
  if (denied) return denied;
  const wrongKey = refuseKey(input.idempotencyKey);
  if (wrongKey) return wrongKey;
  const { agreementId, idempotencyKey, contentHash } = input;
  const by = personOf(ctx);
  const asked = { what: 'APPROVED', by, idempotencyKey, content: contentHash } as const;
  return changeAgreement(ctx.base, agreementId, asked, async (agreement, session) => {
    const refused = refuseCheck(agreement, by) ?? refuseContent(ctx.base, { agreement, contentHash });
    if (refused) return refused;
    return bringIntoForce(ctx.base, { agreement, by, key: idempotencyKey }, session);
  });
}

function refuseContent(base: Base, seen: { agreement: Agreement; contentHash: string }): Refusal | null {
  const { agreement, contentHash } = seen;
  if (termsHash(agreement) !== contentHash) {
    return refuse('CONTENT_CHANGED', '协议内容和您看到的不一样了，请刷新、重新核对后再批准。', { path: 'contentHash' });
  }
  if (agreement.validUntil.getTime() > base.clock()) return null;
  return refuse('TERM_OVER', '协议的期限已经过了，不能生效；请退回修改。');
}

async function bringIntoForce(
  base: Base,
  approval: { agreement: Agreement; by: string; key: string },
  session: Session,
): Promise<Change | Refusal> {
  const { agreement } = approval;
  await takeTurn(base, session);
  const inForce = (await readAgreements(base, {}, session)).filter((one) => one.state === 'IN_FORCE');
  const begun = agreement.validFrom.getTime() <= base.clock();
  const replaced = begun ? inForce.find((one) => one._id === agreement.replacesId) : undefined;
  const [overlap] = overlaps({
    agreement,
    inForce: inForce.filter((one) => one !== replaced),
    products: await readScopedProducts(base, session),
  });
  if (overlap) {
    const { other, products } = overlap;
    const names = products.slice(0, NAMED_PRODUCTS).map((one) => `“${one.title}”`);
    const message =
      `与生效中的 ${other.number}（${other.sponsorName}）重叠：${names.join('、')}` +
      `${products.length > NAMED_PRODUCTS ? ` 等 ${products.length} 种产品` : ''}会同时属于两份协议。` +
      '请退回修改范围或期限，或先终止原协议。';
    return refuse('OVERLAP', message);
  }
  if (replaced) await endReplaced(base, { replaced, ...approval }, session);
  await openBudgets(base, agreement, session);
  return { state: 'IN_FORCE' };
}
