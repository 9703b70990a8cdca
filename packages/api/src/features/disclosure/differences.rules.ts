import { byText } from './donors.rules.js';
import type { DisclosureFacts } from './facts.types.js';
import type { OpenDifferences } from './pack.types.js';

/** What does not close yet, as it is known on the day of the draft. It is said, not hidden. */
export function differencesOf(facts: DisclosureFacts): OpenDifferences {
  const approved = new Map(facts.batches.map((batch) => [batch.batchId, batch.approvedDay]));
  const { until } = facts.period;
  return {
    bankLines: [...facts.bankLines].sort((a, b) => byText(a.month, b.month)),
    unpaid: facts.remittances
      .filter((one) => one.state === 'OPEN' && (approved.get(one.batchId) ?? '9') <= until)
      .map((one) => ({
        remittanceId: one.remittanceId,
        approvedDay: approved.get(one.batchId) ?? '',
        amountFen: one.amountFen,
        missingFen: one.amountFen - one.receivedFen,
      }))
      .sort((a, b) => byText(a.remittanceId, b.remittanceId)),
    withoutReceipt: facts.remittances
      .filter((one) => one.state === 'REMITTED' && one.receivedDay !== null && one.receivedDay <= until)
      .map((one) => ({
        remittanceId: one.remittanceId,
        receivedDay: one.receivedDay ?? '',
        amountFen: one.receivedFen,
      }))
      .sort((a, b) => byText(a.remittanceId, b.remittanceId)),
    bills: [...facts.bills].sort((a, b) => byText(a.kind, b.kind)),
  };
}
