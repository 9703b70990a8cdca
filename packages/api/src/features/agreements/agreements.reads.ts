import type { Base } from '../../kernel/context.js';
import { type Agreement, type AgreementState, readAgreements, readBudgetLeft } from './agreements.store.js';
import { budgetIds, budgetMonthOf } from './budgets.rules.js';

/** An agreement with what is left of it. */
export interface ShownAgreement extends Agreement {
  /** Of the total. */
  readonly leftFen: number;
  /** Of this month's cap; null where there is none, or it is not in force. */
  readonly monthLeftFen: number | null;
}

const SIGNED: readonly AgreementState[] = ['IN_FORCE', 'ENDED'];

/** It came into force, whether it still holds or not. A draft is the fund's own business. */
export function isSigned({ state }: Pick<Agreement, 'state'>): boolean {
  return SIGNED.includes(state);
}

/** All that came into force, tens of them, each with what is left. */
export async function shownAgreements(base: Base): Promise<ShownAgreement[]> {
  return (await listAgreements(base)).filter(isSigned);
}

/** Drafts too; `sponsorUscc`: only those of these sponsors. */
export async function listAgreements(
  base: Base,
  filter: { readonly sponsorUscc?: readonly string[] } = {},
): Promise<ShownAgreement[]> {
  const agreements = await readAgreements(base, filter);
  const held = agreements.map((one) => ({ agreementId: one._id, ...budgetMonthOf(one, base.clock()) }));
  const leftFen = await readBudgetLeft(base, held.flatMap(budgetIds));
  return agreements.map((agreement, index) => {
    const [total = '', month = ''] = budgetIds(held[index] ?? { agreementId: agreement._id });
    // Before it is in force nobody has taken anything.
    const untouchedFen = isSigned(agreement) ? 0 : agreement.capFen;
    return { ...agreement, leftFen: leftFen.get(total) ?? untouchedFen, monthLeftFen: leftFen.get(month) ?? null };
  });
}

export async function showAgreement(base: Base, agreement: Agreement): Promise<ShownAgreement> {
  const found = (await listAgreements(base)).find((one) => one._id === agreement._id);
  if (!found) throw new Error(`agreement ${agreement._id} has vanished`);
  return found;
}

/** The name under which a sponsor signed last; null for one that never did. */
export async function knownSponsorName(base: Base, sponsorUscc: string): Promise<string | null> {
  return (await readAgreements(base, { sponsorUscc: [sponsorUscc] })).at(-1)?.sponsorName ?? null;
}
