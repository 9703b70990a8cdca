import type { Base } from '../../kernel/context.js';
import type { Refusal } from '../../kernel/refusal.js';
import { budgetIds, budgetMonthOf, readAgreements, readBudgetLeft, whyPromiseGone } from '../agreements/index.js';
import { catalogue } from '../catalogue/index.js';
import type { Draft } from './placement.rules.js';
import { promiseGone } from './placement.rules.js';

/** The refusal of a draft with the true reason why less is matched than was shown; read only where one is refused. */
export async function withReason(base: Base, draft: Draft, refusal: Refusal): Promise<Refusal> {
  const nowMs = draft.order.placedAt.getTime();
  const agreements = await readAgreements(base);
  const held = agreements.map((one) => ({ agreementId: one._id, ...budgetMonthOf(one, nowMs) }));
  const leftFen = await readBudgetLeft(base, held.flatMap(budgetIds));
  const products = [...draft.pieces.keys()].flatMap((id) => catalogue(base).product(id)?.product ?? []);
  return promiseGone(
    Number(refusal.details?.['promisedFen'] ?? 0),
    whyPromiseGone({ agreements, products, leftFen, nowMs }),
  );
}
