import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../kernel/authority.js';
import { draftRemittance } from './batches.rules.js';
import { remittanceReaders } from './remittances.graphql.js';

const sponsor = (sponsorId: string): Actor => ({
  kind: 'person',
  memberId: 'p',
  roles: [{ name: 'sponsor', sponsorId }],
});
const draft = draftRemittance({
  ...{ _id: 'AX202610-01', batchId: 'B202610', agreementId: 'a', agreementNumber: 'n', sponsorName: 's' },
  ...{ sponsorId: 'own', linesFen: 100, carriedInFen: 0 },
});

describe('a remittance', () => {
  it('is its sponsor’s to read once it was approved, and no other sponsor’s', () => {
    const open = { ...draft, state: 'OPEN' } as const;
    expect([draft, open].map((one) => remittanceReaders.allows(sponsor('own'), one))).toEqual([false, true]);
    expect(remittanceReaders.allows(sponsor('other'), open)).toBe(false);
  });
});
