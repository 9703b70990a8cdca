import type { Base } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { requireFiles } from '../files/index.js';
import { type AgreementTerms, readAgreement } from './agreements.store.js';
import { knownProductIds } from './scoped-products.store.js';
import { type TermsInput, checkTerms } from './terms.rules.js';

/** The terms in their normal form, with products and a replaced agreement that there are; or the refusal. */
export async function checkedTerms(base: Base, input: TermsInput): Promise<AgreementTerms | Refusal> {
  const terms = checkTerms(input);
  if (isRefusal(terms)) return terms;
  const known = await knownProductIds(base, terms.productIds);
  const unknown = terms.productIds.find((id) => !known.has(id));
  if (unknown !== undefined) {
    return refuse('PRODUCT_UNKNOWN', `没有编号为“${unknown}”的产品，请重新选择。`, { path: 'productIds' });
  }
  if (terms.replacesId !== null && !(await readAgreement(base, terms.replacesId))) {
    return refuse('REPLACED_UNKNOWN', '没有找到要替代的协议，请重新选择。', { path: 'replacesId' });
  }
  const { fileIds } = terms;
  return (await requireFiles(base, { fileIds, purpose: 'agreement', path: 'fileIds' })) ?? terms;
}
