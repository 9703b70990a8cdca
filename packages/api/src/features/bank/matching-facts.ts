import type { Base } from '../../kernel/context.js';
import type { Session } from '../../kernel/transaction.js';
import { readAgreements } from '../agreements/index.js';
import { type Remittance, readRemittances } from '../batches/index.js';
import { IGNORE_RULES } from './ignore-rules.rules.js';
import type { LineFacts, MatchingFacts, RemittanceFacts } from './matching.types.js';
import { findReferences } from './references.rules.js';
import { spendPort } from './spend-port.js';

export function remittanceFacts(remittance: Remittance): RemittanceFacts {
  const { _id, sponsorId, sponsorName, state, amountFen, receivedFen } = remittance;
  return {
    remittanceId: _id,
    sponsorKey: sponsorId || sponsorName,
    payerNames: [sponsorName],
    payerAccounts: [],
    leftFen: state === 'OPEN' ? amountFen - receivedFen : 0,
  };
}

/** What these lines are held against: what they name, and everything that still waits for money. */
export async function matchingFactsFor(
  base: Base,
  lines: readonly LineFacts[],
  session?: Session,
): Promise<MatchingFacts> {
  const ids = [
    ...new Set(lines.flatMap(({ memo, summary }) => findReferences(summary ? `${memo}\n${summary}` : memo))),
  ];
  const named = ids.length > 0 ? await readRemittances(base, { ids }, session) : [];
  const open = await readRemittances(base, { states: ['OPEN'] }, session);
  const facts = [...named, ...open].map(remittanceFacts);
  return {
    remittancesByReference: new Map(facts.map((one) => [one.remittanceId, one])),
    openRemittances: facts.slice(named.length),
    openSpends: await spendPort(base).readOpenSpends(base, session),
    sponsors: (await readAgreements(base)).map(({ sponsorUscc, sponsorName }) => {
      return { sponsorKey: sponsorUscc || sponsorName, payerNames: [sponsorName], payerAccounts: [] };
    }),
    rules: IGNORE_RULES,
  };
}
