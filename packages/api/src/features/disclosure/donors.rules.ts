import type { AgreementFacts } from './facts.types.js';
import type { DonorRow, Period, ReceivedRow } from './pack.types.js';

/** What stands in the place of a donor who refuses publication (慈善法 art. 82). */
export const UNPUBLISHED = '未公开';

export function donorName(agreement: AgreementFacts | undefined): string {
  return agreement === undefined || agreement.refusesPublication ? UNPUBLISHED : agreement.sponsorName;
}

/** Who gave how much, the largest first; those who refuse publication in one row at the end, so that no row tells one. */
export function donorsOf(received: readonly ReceivedRow[]): DonorRow[] {
  const rows = new Map<string, DonorRow>();
  for (const { donor, amountFen } of received) {
    const before = rows.get(donor) ?? { donor, remittanceCount: 0, receivedFen: 0 };
    rows.set(donor, {
      donor,
      remittanceCount: before.remittanceCount + 1,
      receivedFen: before.receivedFen + amountFen,
    });
  }
  return [...rows.values()].sort(
    (a, b) =>
      Number(a.donor === UNPUBLISHED) - Number(b.donor === UNPUBLISHED) ||
      b.receivedFen - a.receivedFen ||
      byText(a.donor, b.donor),
  );
}

export function isOfPeriod(day: string, { from, until }: Period): boolean {
  return from <= day && day <= until;
}

/** By code units: the same order on every machine, whatever its language. */
export function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
