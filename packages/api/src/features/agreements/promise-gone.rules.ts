import type { Agreement } from './agreements.store.js';
import { budgetIds, budgetMonthOf } from './budgets.rules.js';
import { coverageOf, type ScopedProduct } from './scope.rules.js';

/**
 * Why less is matched than a page had shown: the total is used up, this month's part of it is, the agreement was ended
 * before its term, its term is over; or what it covers and gives is another by now.
 */
export type PromiseGone = 'CAP_REACHED' | 'MONTH_REACHED' | 'ENDED_EARLY' | 'TERM_OVER' | 'CHANGED';

/** A page that stood open for longer is no reason to speak of an agreement that is over. */
const MOST_PAGE_AGE_MS = 7 * 24 * 3_600_000;

interface Asked {
  readonly agreements: readonly Agreement[];
  readonly products: readonly ScopedProduct[];
  /** Of the agreements' budgets, total and month. */
  readonly leftFen: ReadonlyMap<string, number>;
  readonly nowMs: number;
}

/** The true reason, told to the buyer: what holds for a product as a whole goes before what holds for a part of it. */
export function whyPromiseGone(asked: Asked): PromiseGone {
  const found = asked.products.map((product) => ofProduct(product, asked)).filter((one) => one !== null);
  return (found.find(({ isWhole }) => isWhole) ?? found[0])?.why ?? 'CHANGED';
}

function ofProduct(product: ScopedProduct, asked: Asked): { why: PromiseGone; isWhole: boolean } | null {
  const { agreements, nowMs } = asked;
  const covering = agreements.filter((one) => one.validFrom.getTime() <= nowMs && coverageOf(one)(product));
  const live = covering.find((one) => one.state === 'IN_FORCE' && nowMs < one.validUntil.getTime());
  if (live) return ofBudgets(live, asked);
  const [last] = covering
    .map((one) => ({ one, ...endOf(one) }))
    .filter(({ atMs }) => atMs <= nowMs && nowMs - atMs <= MOST_PAGE_AGE_MS)
    .sort((a, b) => b.atMs - a.atMs);
  return last ? { why: last.why, isWhole: true } : null;
}

/** Which of the two caps is the nearer one, and whether not even one unit is left of it. */
function ofBudgets(agreement: Agreement, { leftFen, nowMs }: Asked): { why: PromiseGone; isWhole: boolean } {
  const held = { agreementId: agreement._id, ...budgetMonthOf(agreement, nowMs) };
  const [totalFen = 0, monthFen = Infinity] = budgetIds(held).map((id) => leftFen.get(id) ?? 0);
  return {
    why: monthFen < totalFen ? 'MONTH_REACHED' : 'CAP_REACHED',
    isWhole: Math.min(totalFen, monthFen) < agreement.amountFenPerUnit,
  };
}

/** An agreement that was replaced ended early, too; only, its products are covered by the other one then. */
function endOf({ state, history, validUntil }: Agreement): { atMs: number; why: PromiseGone } {
  const ended = state === 'ENDED' ? history.find(({ what }) => what === 'ENDED') : undefined;
  const untilMs = validUntil.getTime();
  if (ended && ended.at.getTime() < untilMs) return { atMs: ended.at.getTime(), why: 'ENDED_EARLY' };
  return { atMs: state === 'DRAFT' || state === 'SUBMITTED' ? Infinity : untilMs, why: 'TERM_OVER' };
}
