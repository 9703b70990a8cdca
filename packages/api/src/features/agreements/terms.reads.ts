import type { Base } from '../../kernel/context.js';
import { type Refusal, isRefusal, refuse } from '../../kernel/refusal.js';
import { requireFiles } from '../files/index.js';
import { type AgreementTerms, readAgreement } from './agreements.store.js';
import { firstUnknown } from './scoped-products.store.js';
import { type TermsInput, checkTerms } from './terms.rules.js';

/** The terms in their normal form, with products and a replaced agreement that there are; or the refusal. */
export async function checkedTerms(base: Base, input: TermsInput): Promise<AgreementTerms | Refusal> {
  const terms = checkTerms(input);
  if (isRefusal(terms)) return terms;
  const unknown = await unknownScope(base, terms);
  if (unknown) return unknown;
  if (terms.replacesId !== null && !(await readAgreement(base, terms.replacesId))) {
    return refuse('REPLACED_UNKNOWN', '没有找到要替代的协议，请重新选择。', { path: 'replacesId' });
  }
  const { fileIds } = terms;
  return (await requireFiles(base, { fileIds, purpose: 'agreement', path: 'fileIds' })) ?? terms;
}

async function unknownScope(base: Base, { productIds, properties }: AgreementTerms): Promise<Refusal | null> {
  const product = await firstUnknown(base, 'products', productIds);
  if (product !== undefined) {
    return refuse('PRODUCT_UNKNOWN', `没有编号为“${product}”的产品，请重新选择。`, { path: 'productIds' });
  }
  for (const [path, collection, label] of [
    ['countyCodes', 'counties', '区县'],
    ['categoryKeys', 'categories', '类别'],
    ['supplierIds', 'suppliers', '供应商'],
  ] as const) {
    const unknown = await firstUnknown(base, collection, properties?.[path] ?? []);
    if (unknown !== undefined) return refuse('TERMS_INVALID', `没有“${unknown}”这个${label}，请重新选择。`, { path });
  }
  return null;
}
