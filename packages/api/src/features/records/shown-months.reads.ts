import type { Base } from '../../kernel/context.js';
import { shanghaiDay } from '../../kernel/shanghai.js';
import { readMonthsWithin } from './records.store.js';
import { isClosed, type KeptOfOrganisation, toldOrganisations } from './shown-money.rules.js';

/** Why a sum of money is not told. */
export type Untold = 'MONTH_OPEN' | 'FEW_BUYERS';

/** An organisation's month as others than the buyers may read it. Counts and points: up to the end of yesterday. */
export interface ShownMonth {
  readonly purchaseCount: number;
  readonly points: number;
  /** Null with `untold`: the month is not over, or too few bought (docs/decisions/0016-five-or-nothing.md). */
  readonly salesFen: number | null;
  readonly matchedFen: number | null;
  readonly untold: Untold | null;
}

/** `organisationId|month` → what may be read of it, for each of both; one read, however many are asked for. */
export async function readShownMonths(
  base: Base,
  query: { organisationIds: readonly string[]; months: readonly string[] },
): Promise<ReadonlyMap<string, ShownMonth>> {
  const nowMs = base.clock();
  const today = shanghaiDay(nowMs);
  const found = await readMonthsWithin(base, query);
  const shown = new Map<string, ShownMonth>();
  for (const month of query.months) {
    const closed = isClosed(month, nowMs);
    const ofMonth = found.filter((one) => one.month === month);
    const sales = ofMonth.map((one): KeptOfOrganisation => ({
      ...one,
      buyerCount: one.keptBuyerCount,
      fen: one.keptFen,
    }));
    const matched = ofMonth.map((one): KeptOfOrganisation => ({
      ...one,
      buyerCount: one.keptMatchedBuyerCount,
      fen: one.keptMatchedFen,
    }));
    const salesTold = closed ? toldOrganisations(sales) : null;
    const matchedTold = closed ? toldOrganisations(matched) : null;
    const byId = new Map(ofMonth.map((one) => [one.organisationId, one]));
    for (const organisationId of query.organisationIds) {
      const one = byId.get(organisationId);
      const newest = one && one.today.day >= today ? one.today : { purchaseCount: 0, points: 0 };
      const isEmpty = one === undefined || one.keptBuyerCount === 0;
      // That none of a few buyers had a yuan matched is told of them, too: only an empty month is told as nothing.
      const matchedIsTold = isEmpty || (one.keptMatchedFen > 0 && matchedTold?.has(organisationId));
      shown.set(`${organisationId}|${month}`, {
        purchaseCount: (one?.purchaseCount ?? 0) - newest.purchaseCount,
        points: (one?.points ?? 0) - newest.points,
        salesFen: salesTold && (isEmpty || salesTold.has(organisationId)) ? (one?.keptFen ?? 0) : null,
        matchedFen: matchedTold && matchedIsTold ? (one?.keptMatchedFen ?? 0) : null,
        untold: !closed ? 'MONTH_OPEN' : isEmpty || salesTold?.has(organisationId) ? null : 'FEW_BUYERS',
      });
    }
  }
  return shown;
}
