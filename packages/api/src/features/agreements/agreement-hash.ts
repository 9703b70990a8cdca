import { contentHash } from '../../kernel/canonical.js';
import type { AgreementTerms } from './agreements.store.js';

/** SHA-256 of what was agreed, state and history apart: what a checker has seen is what comes into force. */
export function termsHash(terms: AgreementTerms): string {
  const { number, sponsorUscc, sponsorName, publishesName, fundName, amountFenPerUnit, unit } = terms;
  const { capFen, monthlyCapFen, validFrom, validUntil, productIds, properties, fileIds, replacesId } = terms;
  return contentHash({
    ...{ number, sponsorUscc, sponsorName, publishesName, fundName, amountFenPerUnit, unit },
    ...{ capFen, monthlyCapFen, validFrom, validUntil, productIds, properties, fileIds, replacesId },
  });
}
